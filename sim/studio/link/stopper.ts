/**
 * STOP: sent at once, past everything, and again as long as there is a connection, until the cuff says that it is empty. It asks nobody, waits for
 * no tool, and goes on over a new connection. It must never say "vented" of a cuff that has not said so itself, nor go on saying it when the cuff
 * says otherwise or says nothing.
 */
import { signal } from '@preact/signals';
import { STOP_TEXT, type State, saysEmpty, stateIn } from '../../../tools/board/frames.ts';

const EVERY_MS = 300;
/** Not empty after this long: a person has to open the strap. The sending goes on, ms. */
const WARN_MS = 10_000;
/** No word from the cuff for so long: the reader must not go on waiting for this page, ms. */
const SILENT_MS = 3000;
/** A console complains of a STOP; a cuff would have answered by now, ms. */
const CONSOLE_MS = 1500;
/** Without a connection for so long, it is no longer waited for: a cuff that is found much later may be another, or worn anew, ms. */
const GIVE_UP_MS = 120_000;
/** What else the page does waits so long for a STOP, ms. The sending goes on beside it: a cuff whose sensor is broken never says that it is empty. */
const ALONE_MS = 120_000;
const BARE_STOP = '\n~S\n';
/** A line is shorter than this. */
const KEPT = 200;

export type StopState =
  | { readonly at: 'none' }
  /** `unreachable`: no wire is open at the moment. */
  | { readonly at: 'sent'; readonly mmHg: number; readonly unreachable: boolean; readonly byHand: boolean }
  | { readonly at: 'vented'; readonly mmHg: number }
  /** A console answers in the place of a cuff. */
  | { readonly at: 'console' }
  | { readonly at: 'unconfirmed'; readonly mmHg: number };

const BY_HAND = 'Press the button on the cuff and open the strap.';

/** What stands beside the button. */
export function stopWords(s: StopState): string {
  if (s.at === 'none') return '';
  if (s.at === 'vented') return `Vented: ${s.mmHg} mmHg.`;
  if (s.at === 'console')
    return 'A console answers, not a cuff: in service mode the outputs are asleep. If the cuff is tight, open the strap.';
  const seen = Number.isFinite(s.mmHg) ? ` Last seen: ${s.mmHg} mmHg.` : '';
  if (s.at === 'unconfirmed') return `Not confirmed.${seen} ${BY_HAND}`;
  if (s.unreachable) return `No connection: STOP goes out when it is back. ${BY_HAND}`;
  return s.byHand
    ? `STOP is sent again and again, not empty yet.${seen} ${BY_HAND}`
    : `STOP sent. Waiting…${seen}`;
}

export class Stopper {
  readonly state = signal<StopState>({ at: 'none' });
  readonly #send: (text: string) => boolean;
  #heard = '';
  #since = 0;
  #heardAt = 0;
  #reachedAt = 0;
  #mmHg = Number.NaN;
  #console = false;
  /** What the cuff has said of itself meanwhile. */
  onState: (state: State) => void = () => {};
  #timer: ReturnType<typeof setInterval> | undefined;
  #waiting: (() => void)[] = [];

  /** `send`: past all queues; false = there is no connection. */
  constructor(send: (text: string) => boolean) {
    this.#send = send;
  }

  get isActive(): boolean {
    return this.#timer !== undefined;
  }

  press(): void {
    this.#since = Date.now();
    this.#heardAt = this.#since;
    this.#reachedAt = this.#since;
    this.#mmHg = Number.NaN;
    this.#heard = '';
    this.#console = false;
    this.#timer ??= setInterval(() => this.#again(), EVERY_MS);
    this.#again();
  }

  /** A connection has come (back). */
  opened(): void {
    if (this.isActive) this.#again();
  }

  /** What the cuff says. An answer brings the next STOP at once: a hidden page's timers are slow. */
  heard(text: string): void {
    if (!this.isActive) return;
    this.#heard = (this.#heard + text).slice(-KEPT);
    const said = stateIn(this.#heard);
    if (said === undefined) {
      this.#console ||= this.#heard.includes('Uncaught');
      return;
    }
    this.#heard = '';
    this.onState(said);
    this.#heardAt = Date.now();
    this.#mmHg = said.mmHg;
    if (saysEmpty(said)) this.#end({ at: 'vented', mmHg: said.mmHg });
    else this.#again();
  }

  /** What the cuff says when no STOP is under way: its button may have gone on, and "vented" stands only as long as it is true. */
  saw(state: State): void {
    const { at } = this.state.value;
    if (at === 'none' || this.isActive) return;
    if (!saysEmpty(state)) {
      if (at !== 'unconfirmed') this.#end({ at: 'none' });
    } else if (at !== 'vented') this.#end({ at: 'vented', mmHg: state.mmHg });
  }

  /** Nobody watches the cuff from now on. A STOP under way goes on, and one that was not confirmed stays told. */
  unwatched(): void {
    if (!this.isActive && this.state.value.at !== 'unconfirmed') this.#end({ at: 'none' });
  }

  /** The reader has let go of the cuff: what became of an earlier STOP is no longer told. One under way goes on. */
  letGo(): void {
    if (!this.isActive) this.#end({ at: 'none' });
  }

  /** Resolves when no STOP is under way, or one has had the line for long enough. */
  over(): Promise<void> {
    const isAlone = this.isActive && Date.now() - this.#since < ALONE_MS;
    return isAlone ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  #again(): void {
    const now = Date.now();
    const lasts = now - this.#since;
    const isAlone = lasts < ALONE_MS;
    // a question of STOP's own takes the place of every other one on the cuff: who watches it asks
    const reached = this.#send(isAlone ? STOP_TEXT : BARE_STOP);
    if (reached) this.#reachedAt = now;
    if (!isAlone) this.#letOthers();
    if (now - this.#reachedAt >= GIVE_UP_MS) this.#end({ at: 'unconfirmed', mmHg: this.#mmHg });
    else if (this.#console && lasts >= CONSOLE_MS) this.#end({ at: 'console' });
    else {
      const byHand = lasts >= WARN_MS || now - this.#heardAt >= SILENT_MS;
      this.state.value = { at: 'sent', mmHg: this.#mmHg, unreachable: !reached, byHand };
    }
  }

  #end(state: StopState): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.state.value = state;
    this.#letOthers();
  }

  #letOthers(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
