/** The first minute: one thing to try at a time, above the chart. It goes on when the thing was done; it can be skipped, and comes once. */
import { useEffect, useState } from 'preact/hooks';
import { addressOf } from '../../shell/route.ts';
import { deeds, nextDeed } from './model.ts';

const KEPT = 'cuffloop-first-minute';

type Deed = 'press' | 'fault' | 'knob';

const STEPS: readonly { readonly deed: Deed; readonly say: string; readonly doThis: string }[] = [
  {
    deed: 'press',
    say: 'This is the firmware itself. It holds a simulated cuff on a running leg, ten times as fast as it is.',
    doThis: 'Press the button of the device.',
  },
  {
    deed: 'fault',
    say: 'It vented at once: a press always stops. Once the cuff is empty, another press goes on.',
    doThis: 'Pull the hose, under “Break it”.',
  },
  {
    deed: 'knob',
    say: 'It sees what is wrong, vents, and says what to do next.',
    doThis: 'Turn a knob: the whole session is drawn anew, the one before stays behind it, dashed.',
  },
];

function seen(): boolean {
  try {
    return localStorage.getItem(KEPT) === 'seen';
  } catch {
    return false;
  }
}

function keepSeen(): void {
  try {
    localStorage.setItem(KEPT, 'seen');
  } catch {
    // It comes again with the next visit.
  }
}

export function FirstMinute() {
  const [gone, setGone] = useState(seen);
  const step = gone ? undefined : STEPS.find(({ deed }) => !deeds.value.has(deed));
  useEffect(() => {
    nextDeed.value = step?.deed ?? '';
  }, [step]);
  if (gone) return null;
  const end = (): void => {
    keepSeen();
    setGone(true);
  };
  if (step === undefined) {
    return (
      <aside class="first-minute" aria-label="First minute">
        <p role="status">That is all there is to it. What now?</p>
        <a class="as-button" href={addressOf('learn')} onClick={end}>
          I want to build one
        </a>
        <a class="as-button" href={addressOf('cuff')} onClick={end}>
          I have one
        </a>
        <button type="button" onClick={end}>
          Play on
        </button>
      </aside>
    );
  }
  return (
    <aside class="first-minute" aria-label="First minute">
      <p role="status">
        {step.say} <strong>{step.doThis}</strong>
      </p>
      <span class="faint">
        {STEPS.indexOf(step) + 1} of {STEPS.length}
      </span>
      <button type="button" onClick={end}>
        Skip
      </button>
    </aside>
  );
}
