/** Why the device did what it did, at the tick under the cursor; and going on from there. */
import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { clock } from '../../../report/figures.ts';
import type { ExplainAsked, Explained } from '../../engine/messages.ts';
import { startWorker } from '../../engine/workers.ts';
import { cursorRow, runsCame, secret, spec, theRun } from './model.ts';
import { withoutRule } from './roulette.ts';
import { forkAt } from './run-actions.ts';

/** The cursor must stand for so long, ms. */
const STILL_MS = 140;

const explained = signal<Explained | null>(null);
/** Why nothing can be explained; '' = nothing went wrong. */
const trouble = signal('');
let worker: Worker | null = null;
let id = 0;

function ask(row: number): void {
  if (worker === null) {
    const made = startWorker('explain');
    made.onmessage = ({ data }: MessageEvent<Explained>) => {
      if (data.id === id) explained.value = data;
    };
    // the next question starts another one
    made.onerror = ({ message }) => {
      made.terminate();
      worker = null;
      explained.value = null;
      trouble.value = `This could not be explained: ${message}. Put the cursor on another moment, or reload the page.`;
    };
    worker = made;
  }
  trouble.value = '';
  const asked: ExplainAsked = { kind: 'explain', id: ++id, spec: spec.peek(), row };
  worker.postMessage(asked);
}

/** Goes on from there. The button that was pressed goes away with its run: the next one is Play. */
function fork(row: number): void {
  forkAt(row);
  document.querySelector<HTMLElement>('.play')?.focus();
}

function useAnswers(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      const row = cursorRow.value;
      clearTimeout(timer);
      if (row >= 0) timer = setTimeout(() => ask(row), STILL_MS);
    });
    const drop = effect(() => {
      // what was said of another run says nothing of this one
      runsCame.value;
      explained.value = null;
    });
    return () => {
      clearTimeout(timer);
      stop();
      drop();
    };
  }, []);
}

export function ExplainPanel() {
  useAnswers();
  const shown = explained.value;
  if (shown === null) {
    return (
      <section class="card explain" aria-labelledby="explain-title">
        <h2 id="explain-title">Why?</h2>
        <p class="faint">
          Put the cursor on a moment of the chart, with the pointer or with the arrow keys: here stands what
          the firmware decided in that tick, and why.
        </p>
        {trouble.value === '' ? null : (
          <p class="refused" role="alert">
            {trouble.value}
          </p>
        )}
      </section>
    );
  }
  const row = Math.min(shown.row, theRun().rows - 1);
  return (
    <section class="card explain" aria-labelledby="explain-title">
      <h2 id="explain-title">
        Why, at {clock(Math.floor(shown.atMs / 1000))}
        <span class="faint">.{String(Math.round(shown.atMs % 1000)).padStart(3, '0')}</span>
        <button type="button" class="fork" onClick={() => fork(row)}>
          Go on from here
        </button>
      </h2>
      <dl>
        {(secret.value ? withoutRule(shown.lines) : shown.lines).map(({ what, text }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
