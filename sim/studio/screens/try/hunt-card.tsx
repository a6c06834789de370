/** "Break it" by the computer: a button, how far it has come, and the worst session so far with the link that shows it. */
import { useEffect } from 'preact/hooks';
import { toWords } from '../../engine/try-spec.ts';
import { addressOf } from '../../shell/route.ts';
import { type Hunted, MOST_SESSIONS, untouched } from './hunt.ts';
import { type Search, search, startSearch, stopSearch } from './hunt-search.ts';
import { secret, spec } from './model.ts';

function aboveWords({ aboveS, peakMmHg, lopMmHg }: Hunted): string {
  const peak = `highest ${peakMmHg.toFixed(0)} mmHg, ${(peakMmHg / lopMmHg).toFixed(2)} of the occlusion pressure`;
  return `${aboveS.toFixed(1)} s above it at a stretch; ${peak}`;
}

function Worst({ of }: { readonly of: Hunted }) {
  const link = addressOf('try', toWords(of.spec, { rows: of.rows, sum: of.sum }));
  return (
    <p class="hunt-worst">
      <strong>Worst: {of.spec.fault.join(' and ')}.</strong> {aboveWords(of)}.{' '}
      {of.trip === '' ? 'No rule tripped.' : `Tripped: ${of.trip}`} <a href={link}>Show this session</a>
    </p>
  );
}

function Found({ now }: { readonly now: Search }) {
  const { of, done, healthy, worst, problem, isOn } = now;
  const others = toWords(of, null) !== toWords(untouched(spec.value), null);
  return (
    <>
      {isOn ? <progress aria-label="Sessions with faults" max={MOST_SESSIONS} value={done} /> : null}
      <p role="status">
        {done} of {MOST_SESSIONS} sessions{isOn ? '' : ', ended'}
        {others ? '; with the settings and the session of before' : ''}.
      </p>
      {problem === '' ? null : (
        <p class="refused" role="alert">
          {problem}
        </p>
      )}
      {healthy === null ? null : <p>Without them: {aboveWords(healthy)}.</p>}
      {worst === null ? null : <Worst of={worst} />}
    </>
  );
}

export function HuntCard() {
  const now = search.value;
  // nobody watches it on another screen
  useEffect(() => stopSearch, []);
  return (
    <section class="card hunt" aria-labelledby="hunt-title">
      <h2 id="hunt-title">Let the computer break it</h2>
      <p>
        {MOST_SESSIONS} sessions with your settings, each with one or two random faults, while the computer
        has nothing else to do. The one that is worst for the limb is shown: longest above the occlusion
        pressure, then highest.
      </p>
      {now?.isOn === true ? (
        <button type="button" onClick={stopSearch}>
          Stop it
        </button>
      ) : (
        <button type="button" disabled={secret.value} onClick={() => startSearch(spec.peek())}>
          Throw faults at it
        </button>
      )}
      {now === null ? null : <Found now={now} />}
    </section>
  );
}
