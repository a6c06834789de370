/** How the session went: figures when it is over, and the events as a list. */
import { clock } from '../../../report/figures.ts';
import { over, rowsCame, theRun } from './model.ts';

/** The newest come first; all of them are marks on the chart. */
const SHOWN = 12;

function Events() {
  rowsCame.value;
  const { events, rows, t } = theRun();
  const nowMs = (t[rows - 1] ?? 0) * 1000;
  const past = events.filter((event) => event.tMs <= nowMs).sort((a, b) => b.tMs - a.tMs);
  return (
    <ol class="events">
      {past.slice(0, SHOWN).map((event, i) => (
        <li key={`${event.tMs} ${event.text} ${i}`} class={`kind-${event.kind}`}>
          <span class="at">{clock(event.tMs / 1000)}</span> {event.text}
        </li>
      ))}
    </ol>
  );
}

export function Outcome() {
  const end = over.value;
  return (
    <section class="card" aria-labelledby="outcome-title">
      <h2 id="outcome-title">{end === null ? 'What happened so far' : 'How it went'}</h2>
      {end === null ? null : (
        <>
          {end.notStarted.length === 0 ? null : (
            <p class="refused">No session was started: {end.notStarted.join('; ')}</p>
          )}
          <dl class="figures">
            {end.figures.slice(0, 6).map((figure) => (
              <div key={figure.label} class={figure.verdict}>
                <dt>{figure.label}</dt>
                <dd>{figure.value}</dd>
              </div>
            ))}
          </dl>
          <p class="faint sum">
            {end.rows} ticks, sum {end.sum}, worked out in {(end.workedMs / 1000).toFixed(2)} s. Simulated;
            says nothing about a person.
          </p>
        </>
      )}
      <Events />
    </section>
  );
}
