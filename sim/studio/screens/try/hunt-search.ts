/**
 * "Break it" while the computer has nothing else to do: session after session with random faults and the reader's settings, the worst is kept. It has
 * an end, can be stopped at any moment, and touches nothing of the run that is shown.
 */
import { signal } from '@preact/signals';
import type { HuntAnswer, HuntAsked } from '../../engine/messages.ts';
import type { TrySpec } from '../../engine/try-spec.ts';
import { startWorker } from '../../engine/workers.ts';
import { type Hunted, huntSpec, isWorse, MOST_SESSIONS, untouched } from './hunt.ts';

export interface Search {
  readonly of: TrySpec;
  /** Sessions with faults that are over. */
  readonly done: number;
  readonly isOn: boolean;
  /** The session as it is, without more faults. */
  readonly healthy: Hunted | null;
  readonly worst: Hunted | null;
  /** Why it ended early; '' = it did not. */
  readonly problem: string;
}

export const search = signal<Search | null>(null);

let worker: Worker | null = null;

/** When the page has nothing to do, or shortly after in a browser that does not say so. */
function idle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work, 50);
}

function change(to: Partial<Search>): void {
  if (search.value !== null) search.value = { ...search.value, ...to };
}

/** Ends it, in the middle of a session too. What was found stays. */
export function stopSearch(): void {
  worker?.terminate();
  worker = null;
  if (search.value?.isOn === true) change({ isOn: false });
}

function ask(number: number): void {
  const now = search.value;
  const to = worker;
  if (now === null || to === null) return;
  if (number > MOST_SESSIONS) {
    stopSearch();
    return;
  }
  const asked: HuntAsked = { kind: 'hunt', id: number, spec: huntSpec(now.of, number) };
  idle(() => {
    if (worker === to) to.postMessage(asked);
  });
}

function took({ id, found }: HuntAnswer): void {
  const worst = search.value?.worst ?? null;
  if (id === 0) change({ healthy: found });
  else change({ done: id, worst: worst === null || isWorse(found, worst) ? found : worst });
  ask(id + 1);
}

/** Begins with the settings, the session and the wearer of `spec`. */
export function startSearch(spec: TrySpec): void {
  stopSearch();
  const made = startWorker('hunt');
  worker = made;
  made.onmessage = ({ data }: MessageEvent<HuntAnswer>) => took(data);
  made.onerror = ({ message }) => {
    stopSearch();
    change({ problem: `The worker has ended: ${message}. Start it again.` });
  };
  search.value = { of: untouched(spec), done: 0, isOn: true, healthy: null, worst: null, problem: '' };
  ask(0);
}
