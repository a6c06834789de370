/**
 * One tab of the page has the cuff, and tells the others every second what is so. Another tab says so, may take it over, and hands a STOP to the one
 * that has it. A browser without locks has one tab, as far as this page knows.
 */
import type { Told } from './elsewhere.ts';

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
/** Asks the tab that has the cuff to tell what is so. */
const WHO = 'who';
/** The tab that had the cuff has let go of it. */
const GONE = 'gone';
const TELL_EVERY_MS = 1000;

export class Owner {
  readonly #locks: PageLocks | undefined;
  readonly #channel: PageChannel | undefined;
  /** Another tab has taken the cuff. */
  onRobbed: () => void = () => {};
  /** Another tab asks for a STOP. */
  onStop: () => void = () => {};
  /** What the tab that has the cuff tells. */
  onTold: (told: Told) => void = () => {};
  /** No tab has the cuff any more. */
  onGone: () => void = () => {};
  readonly #says: () => Told;
  #letGo: (() => void) | undefined;
  #telling: ReturnType<typeof setInterval> | undefined;

  /** `says`: what this tab tells the others, while it has the cuff. */
  constructor(locks: PageLocks | undefined, channel: PageChannel | undefined, says: () => Told) {
    this.#locks = locks;
    this.#channel = channel;
    this.#says = says;
    channel?.addEventListener('message', ({ data }) => this.#heard(data));
  }

  /** True when this tab has the cuff now. `steal`: takes it from another. */
  take(steal: boolean): Promise<boolean> {
    const locks = this.#locks;
    if (locks === undefined || this.#letGo !== undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      const held = (lock: unknown): Promise<void> => {
        resolve(lock !== null);
        if (lock === null) {
          this.#channel?.postMessage(WHO);
          return Promise.resolve();
        }
        this.#telling = setInterval(() => this.tell(), TELL_EVERY_MS);
        return new Promise((letGo) => {
          this.#letGo = letGo;
        });
      };
      locks.request(NAME, steal ? { steal } : { ifAvailable: true }, held).catch(() => {
        this.#ends();
        this.onRobbed();
      });
    });
  }

  release(): void {
    if (this.#letGo === undefined) return;
    this.#letGo();
    this.#ends();
    this.#channel?.postMessage(GONE);
  }

  /** To the tab that has the cuff. */
  askStop(): void {
    this.#channel?.postMessage(STOP);
  }

  /** To the tabs that do not have it. */
  tell(): void {
    if (this.#letGo !== undefined) this.#channel?.postMessage(this.#says());
  }

  #ends(): void {
    clearInterval(this.#telling);
    this.#letGo = undefined;
  }

  #heard(data: unknown): void {
    if (this.#letGo !== undefined) {
      if (data === STOP) this.onStop();
      if (data === WHO) this.tell();
    } else if (data === GONE) this.onGone();
    else if (isTold(data)) this.onTold(data);
  }
}

function isTold(data: unknown): data is Told {
  const { words, stops, kind } = Object(data) as { readonly [Key in keyof Told]?: unknown };
  return (
    typeof words === 'string' &&
    typeof stops === 'boolean' &&
    (kind === undefined || kind === 'usb' || kind === 'ble')
  );
}
