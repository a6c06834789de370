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

/** Name and firmware of the cuff that is connected, "here" while that is not known; '' = none: everything on the page is simulated. */
export const realCuff = signal('');

export interface Badge {
  readonly text: string;
  readonly title: string;
  readonly isReal: boolean;
}

const SIMULATED: Badge = {
  text: 'Simulated',
  title: 'No person, no cuff: the firmware runs on a simulated cuff and limb.',
  isReal: false,
};

const RECORDED: Badge = {
  text: 'Recorded',
  title:
    'What is opened here was recorded earlier, by a cuff or by the simulator. Nothing on this screen is live.',
  isReal: false,
};

const NONE: Badge = { text: 'No cuff', title: 'No cuff is connected.', isReal: false };

/** What is said of a screen: a real cuff is seen on `cuff` alone, what the others show is never its doing. */
export function badgesOf(screen: string, real: string): readonly Badge[] {
  const cuff = { text: `Real cuff: ${real}`, title: 'What this screen shows comes from it.', isReal: true };
  if (screen === 'cuff') return real === '' ? [NONE] : [cuff];
  const own = screen === 'logs' ? RECORDED : SIMULATED;
  if (real === '') return [own];
  const title = `Real cuff: ${real}. It is on the screen “My cuff”; nothing on this one comes from it.`;
  return [own, { text: 'Cuff connected', title, isReal: true }];
}
