/** The quiz "which fault is it?": a session is drawn with a fault that is not told; the reader finds it from chart and lamps. */
import { signal } from '@preact/signals';
import { begin, face, over, reveal, secret } from './model.ts';
import { type Round, roundOf, type Suspect } from './roulette.ts';

const KEPT = 'cuffloop-round';

const round = signal<Round | null>(null);
/** What the reader has said; null = nothing yet. */
const said = signal<Suspect | null>(null);
/** Rounds that were answered, and answered rightly, since the page was opened. */
const score = signal({ right: 0, all: 0 });

function lastRound(): number {
  try {
    const kept = Number(localStorage.getItem(KEPT));
    return Number.isInteger(kept) && kept > 0 ? kept : 0;
  } catch {
    return 0;
  }
}

function keepRound(number: number): void {
  try {
    localStorage.setItem(KEPT, String(number));
  } catch {
    // It begins with the first round again.
  }
}

function play(): void {
  const next = roundOf((round.value?.number ?? lastRound()) + 1);
  keepRound(next.number);
  round.value = next;
  said.value = null;
  begin(next.spec, { fastToMs: 0, pace: 'most', playing: true, secret: true });
}

function answer(suspect: Suspect, right: Suspect): void {
  said.value = suspect;
  score.value = { right: score.value.right + (suspect === right ? 1 : 0), all: score.value.all + 1 };
  reveal();
}

function foundBy(): string {
  const shown = face.value;
  if (shown === null || shown.trip === 0)
    return 'No rule tripped on it: the session went on as well as it could.';
  return `Found by the rule ${shown.tripName}: ${shown.tripText}`;
}

function Answered({ of: { right }, mine }: { readonly of: Round; readonly mine: Suspect }) {
  return (
    <div role="status">
      <p>
        <strong>{mine === right ? 'Right' : 'No'}.</strong> {right.label}. {right.tell}
      </p>
      <p>{foundBy()}</p>
      <p class="faint">
        {score.value.right} of {score.value.all} found.
      </p>
    </div>
  );
}

function Asked({ of: { choices, right } }: { readonly of: Round }) {
  return (
    <>
      <p>What is wrong in this session? Look at the chart and at the lamps.</p>
      <fieldset class="chips" aria-label="What is wrong">
        {choices.map((suspect) => (
          <button
            key={suspect.fault}
            type="button"
            disabled={over.value === null}
            onClick={() => answer(suspect, right)}
          >
            {suspect.label}
          </button>
        ))}
      </fieldset>
    </>
  );
}

export function RouletteCard() {
  const now = round.value;
  // another run has taken the place of the riddle's: it is over
  const asked = now !== null && said.value === null && secret.value;
  return (
    <section class="card roulette" aria-labelledby="roulette-title">
      <h2 id="roulette-title">
        Which fault is it? {now === null ? null : <span class="faint">round {now.number}</span>}
      </h2>
      {now !== null && asked ? <Asked of={now} /> : null}
      {now !== null && said.value !== null ? <Answered of={now} mine={said.value} /> : null}
      {asked ? null : (
        <p>
          {now === null ? 'A session with a fault that is not told: you find it. ' : ''}
          <button type="button" onClick={play}>
            {now === null ? 'Hide a fault' : 'Next round'}
          </button>
        </p>
      )}
    </section>
  );
}
