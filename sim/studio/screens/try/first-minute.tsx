/** The first minute: one thing to try at a time, above the chart. It goes on when the thing was done; it can be skipped, and comes once. */
import { useEffect, useState } from 'preact/hooks';
import { addressOf } from '../../shell/route.ts';
import { type Asked, askedIn, FIRST_STEPS, stepDue } from './first-steps.ts';
import { deeds, face, nextDeed } from './model.ts';

/** Where each of it is. */
const AT: Readonly<Record<Asked | '', string>> = {
  '': '',
  press: '.training',
  fault: '.fault',
  knob: '.knob',
};
const KEPT = 'cuffloop-first-minute';

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

/** Brings what is asked for into view: on a narrow screen it is below the chart. */
function showAsked(): void {
  const asked = AT[nextDeed.value];
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (asked !== '')
    document.querySelector(asked)?.scrollIntoView({ block: 'center', behavior: calm ? 'instant' : 'smooth' });
}

export function FirstMinute() {
  const [gone, setGone] = useState(seen);
  const step = gone ? undefined : stepDue(deeds.value);
  const asked = askedIn(step, face.value?.phase ?? -1);
  useEffect(() => {
    nextDeed.value = asked;
  }, [asked]);
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
        {FIRST_STEPS.indexOf(step) + 1} of {FIRST_STEPS.length}
      </span>
      <button type="button" class="show-me" onClick={showAsked}>
        Show me
      </button>
      <button type="button" onClick={end}>
        Skip
      </button>
    </aside>
  );
}
