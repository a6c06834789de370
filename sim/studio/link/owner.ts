/**
 * One tab of the page has the cuff. Another tab says so, may take it over, and hands a STOP to the one that has it. A browser without locks has
 * one tab, as far as this page knows.
 */

/** `navigator.locks`, as far as it is used. */
export interface PageLocks {
  request(
    name: string,
    options: { ifAvailable?: boolean; steal?: boolean },
    held: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
}

/** A BroadcastChannel. */
export interface PageChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', heard: (event: { readonly data: unknown }) => void): void;
}

const NAME = 'cuffloop-cuff';
const STOP = 'stop';

export class Owner {
  readonly #locks: PageLocks | undefined;
  readonly #channel: PageChannel | undefined;
  /** Another tab has taken the cuff. */
  onRobbed: () => void = () => {};
  /** Another tab asks for a STOP. */
  onStop: () => void = () => {};
  /** What the tab that has the cuff says of a STOP. */
  onSaid: (words: string) => void = () => {};
  #letGo: (() => void) | undefined;

  constructor(locks: PageLocks | undefined, channel: PageChannel | undefined) {
    this.#locks = locks;
    this.#channel = channel;
    channel?.addEventListener('message', ({ data }) => this.#heard(data));
  }

  /** True when this tab has the cuff now. `steal`: takes it from another. */
  take(steal: boolean): Promise<boolean> {
    const locks = this.#locks;
    if (locks === undefined || this.#letGo !== undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      const held = (lock: unknown): Promise<void> => {
        resolve(lock !== null);
        if (lock === null) return Promise.resolve();
        return new Promise((letGo) => {
          this.#letGo = letGo;
        });
      };
      locks.request(NAME, steal ? { steal } : { ifAvailable: true }, held).catch(() => {
        this.#letGo = undefined;
        this.onRobbed();
      });
    });
  }

  release(): void {
    this.#letGo?.();
    this.#letGo = undefined;
  }

  /** To the tab that has the cuff. */
  askStop(): void {
    this.#channel?.postMessage(STOP);
  }

  /** To the tabs that do not have it. */
  tell(words: string): void {
    if (this.#letGo !== undefined) this.#channel?.postMessage({ words });
  }

  #heard(data: unknown): void {
    if (data === STOP) {
      if (this.#letGo !== undefined) this.onStop();
      return;
    }
    const { words } = Object(data) as { words?: unknown };
    if (typeof words === 'string') this.onSaid(words);
  }
}
