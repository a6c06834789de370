/** The commissioning wizard, by the code of `npm run cuff -- commission`: it says what to do, asks, and keeps its numbers on the cuff. */
import { effect, signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { WantedBoard } from '../../../../tools/board/open-board.ts';
import type { DrivePins } from '../../../../tools/build/drive-pins.ts';
import { decimal } from '../../../../tools/input/number-words.ts';
import type { Person } from '../../../commission/bench.ts';
import { LINE_RULES, lineText, PARTS, type Part } from '../../../commission/lines.ts';
import type { Report } from '../../../commission/wizard.ts';
import { cuff } from '../../link/page-cuff.ts';
import { commissionCuff } from '../../link/service-work.ts';
import { WorkNotes, WorkView } from './work-view.tsx';

interface Prompt {
  readonly text: string;
  readonly number: boolean;
  readonly answer: (value: number) => void;
}

const notes = new WorkNotes();
const prompt = signal<Prompt | undefined>(undefined);
const report = signal<Report | undefined>(undefined);

/** What was done to one cuff is not said of another. */
effect(() => {
  cuff.met.value;
  notes.clear();
  report.value = undefined;
});

function ask(text: string, number: boolean): Promise<number> {
  notes.asks.value = false;
  const answered = new Promise<number>((resolve) => {
    prompt.value = {
      text,
      number,
      answer: resolve,
    };
  });
  return Promise.race([answered, cuff.line.interruption()]).finally(() => {
    prompt.value = undefined;
  });
}

const person: Person = {
  say: notes.say,
  yes: async (_id, text) => (await ask(text, false)) === 1,
  number: (_id, text) => ask(text, true),
};

async function begin(
  build: { readonly board: WantedBoard; readonly pins: DrivePins },
  after: Part | undefined,
): Promise<void> {
  notes.clear();
  report.value = undefined;
  report.value = await cuff.work('commission', (open, port, lent) =>
    commissionCuff(open, port, lent, { ...build, person, after }),
  );
  prompt.value = undefined;
  notes.asks.value = false;
}

function Asked({ asked }: { readonly asked: Prompt }) {
  const [text, setText] = useState('');
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), [asked]);
  const value = decimal(text.trim());
  return (
    <section ref={place} class="service" aria-label="Question">
      <p>
        <strong>{asked.text}</strong>
      </p>
      {asked.number ? (
        <form
          class="row"
          onSubmit={(event) => {
            event.preventDefault();
            if (value !== undefined) asked.answer(value);
          }}
        >
          <input
            aria-label="Your reading"
            inputMode="decimal"
            value={text}
            onInput={(e) => setText(e.currentTarget.value)}
          />
          <button type="submit" disabled={value === undefined}>
            That is it
          </button>
          <button type="button" onClick={() => asked.answer(Number.NaN)}>
            Cannot be measured
          </button>
        </form>
      ) : (
        <div class="row">
          <button type="button" onClick={() => asked.answer(1)}>
            Yes
          </button>
          <button type="button" onClick={() => asked.answer(0)}>
            No
          </button>
        </div>
      )}
    </section>
  );
}

function Lines({ of: { lines, passed, endedBy } }: { readonly of: Report }) {
  return (
    <>
      <p class={passed ? 'done' : 'inhibit'} role="status">
        {passed
          ? 'Every line was measured and is good. The numbers are on the cuff.'
          : `Not passed${endedBy === '' ? '' : `, ended by: ${endedBy}`}. Nobody wears this build; no session starts on it.`}
      </p>
      <ul class="said">
        {lines
          .filter((line) => !line.passed)
          .map((line) => (
            <li key={line.id} title={LINE_RULES[line.id].what}>
              {lineText(line)}
            </li>
          ))}
      </ul>
    </>
  );
}

export function CommissionCard({ board, pins }: { readonly board: WantedBoard; readonly pins: DrivePins }) {
  const [after, setAfter] = useState<Part | ''>('');
  const busy = cuff.connection.value.at === 'working';
  return (
    <details class="card" open={busy || report.value !== undefined}>
      <summary>Commissioning: measure the build before anybody wears it</summary>
      <p>
        A bottle, a second gauge, a relief valve and an hour. Every step makes the next one safe; runs are
        started with the cuff’s own button. docs/commissioning.md says what is needed.
      </p>
      {report.value === undefined ? null : <Lines of={report.value} />}
      {busy ? null : (
        <div class="row">
          <label>
            What was changed{' '}
            <select
              value={after}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                setAfter(PARTS.find((part) => part === chosen) ?? '');
              }}
            >
              <option value="">everything is new</option>
              {PARTS.map((part) => (
                <option key={part} value={part}>
                  {part}
                </option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => void begin({ board, pins }, after === '' ? undefined : after)}>
            Begin
          </button>
        </div>
      )}
      {prompt.value === undefined ? null : <Asked asked={prompt.value} />}
      <WorkView notes={notes} />
    </details>
  );
}
