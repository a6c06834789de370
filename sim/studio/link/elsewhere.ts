/**
 * What another tab, which has the cuff, says of it, and a STOP that is asked of that tab. Must never leave a reader waiting for a tab that does not
 * answer, nor go on showing what a tab has said that says nothing more.
 */
import { signal } from '@preact/signals';
import type { Kind } from './connection.ts';

/** What the tab that has the cuff says, every second. */
export interface Told {
  /** What it says of a STOP; '' = nothing. */
  readonly words: string;
  /** It is sending STOP. */
  readonly stops: boolean;
  /** By which way it has the cuff. */
  readonly kind: Kind | undefined;
}

/** A STOP is asked for again so often, ms. */
const ASK_EVERY_MS = 300;
/** An answer is waited for so long, ms. */
export const ANSWER_MS = 1500;
/** A STOP is asked for so long where nobody answers: a tab that takes the cuff over is deaf for a moment, ms. */
const ASK_FOR_MS = 10_000;
/** What was said is true for so long, ms. It comes every second, in a hidden tab every two. */
export const STALE_MS = 5000;

const ASKED = 'STOP is asked of the tab that has the cuff…';
export const NOBODY =
  'No tab of this page answers: STOP may not have reached the cuff. Press the button on the cuff and open the strap.';

export class Elsewhere {
  /** What stands beside the button. */
  readonly words = signal('');
  /** How the other tab has the cuff; undefined = not said. */
  readonly kind = signal<Kind | undefined>(undefined);
  readonly #send: () => void;
  #askedAt = 0;
  #asking: ReturnType<typeof setInterval> | undefined;
  #stale: ReturnType<typeof setTimeout> | undefined;
  /** The other tab was sending STOP when it was heard last. */
  #stops = false;

  /** `send`: asks every other tab for a STOP. */
  constructor(send: () => void) {
    this.#send = send;
  }

  /** Asks for a STOP until it is answered. */
  ask(): void {
    this.#askedAt = Date.now();
    this.words.value = ASKED;
    clearInterval(this.#asking);
    this.#asking = setInterval(() => this.#again(), ASK_EVERY_MS);
    this.#send();
  }

  heard({ words, stops, kind }: Told): void {
    this.kind.value = kind;
    // it may have been on its way before the STOP was asked for
    if (this.#asking !== undefined && !stops) return;
    this.#answered();
    this.#stops = stops;
    this.words.value = words;
    clearTimeout(this.#stale);
    this.#stale = setTimeout(() => this.lost(), STALE_MS);
  }

  /** The tab that had the cuff says nothing more, or has let go of it. */
  lost(): void {
    this.kind.value = undefined;
    clearTimeout(this.#stale);
    if (this.#asking !== undefined) return;
    this.words.value = this.#stops ? NOBODY : '';
    this.#stops = false;
  }

  /** This tab has the cuff: what another has said is over. */
  forget(): void {
    this.#answered();
    this.#stops = false;
    this.lost();
  }

  #answered(): void {
    clearInterval(this.#asking);
    this.#asking = undefined;
  }

  #again(): void {
    const lasts = Date.now() - this.#askedAt;
    if (lasts >= ANSWER_MS) this.words.value = NOBODY;
    if (lasts >= ASK_FOR_MS) this.#answered();
    else this.#send();
  }
}
