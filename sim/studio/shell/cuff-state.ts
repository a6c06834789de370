/**
 * What every screen may know of a real cuff: whether one is connected, and how to stop it. The screen that opens a connection
 * sets both and clears them when it ends. STOP is asked of the cuff without a question to the reader: stopping is always safe.
 */
import { signal } from '@preact/signals';

export interface StopPlace {
  /** What became of a STOP, in words: "Vented: 3 mmHg."; '' = none was sent yet. */
  readonly said: string;
  /** Sends STOP, again and again until the cuff says that it has vented. */
  readonly press: () => void;
}

/** Null = no real cuff is connected, and there is nothing to stop. */
export const stopPlace = signal<StopPlace | null>(null);

/** Name and firmware of the cuff that is connected; '' = none: everything on the page is simulated. */
export const realCuff = signal('');
