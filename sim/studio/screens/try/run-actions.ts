/** What can be done to a run: presses, faults, movements, knobs, another end. While it goes on it happens now; to a finished run at the cursor. */
import { specOf, type TryEvent, type TrySpec, upTo } from '../../engine/try-spec.ts';
import {
  begin,
  cursorRow,
  did,
  look,
  nextDeed,
  over,
  pace,
  problem,
  proof,
  proven,
  redrawWith,
  resolved,
  spec,
  tell,
  theRun,
} from './model.ts';

/** Where something that is done to a finished run lands: at the cursor, else a third into it. ms */
function landingMs(): number {
  const row = cursorRow.value >= 0 ? cursorRow.value : Math.floor(theRun().rows / 3);
  return Math.round((theRun().t[row] ?? 0) * 1000) + 1;
}

export function buttonDown(down: boolean): void {
  if (over.value === null) tell({ kind: 'press', button: 1, down });
  else if (!down) presses([[0, 200]]);
  did('press');
}

/** Presses of the training button: pause before each, and its length, ms. */
export function presses(list: readonly (readonly [pauseMs: number, forMs: number])[]): void {
  did('press');
  if (over.value === null) {
    tell({ kind: 'presses', presses: list });
    return;
  }
  let atMs = landingMs();
  const press = list.map(([pauseMs, forMs]) => {
    const one = { button: 1, atMs: atMs + pauseMs, forMs };
    atMs = one.atMs + forMs;
    return one;
  });
  redrawWith({ ...spec.value, press: [...spec.value.press, ...press] });
}

/** `kind` or `kind:size` of the simulator's faults. */
export function breakNow(fault: string): void {
  did('fault');
  if (over.value === null) {
    tell({ kind: 'fault', text: fault });
    return;
  }
  const [kind = '', size] = fault.split(':');
  const text = `${kind}@${landingMs() / 1000}${size === undefined ? '' : `:${size}`}`;
  redrawWith({ ...spec.value, fault: [...spec.value.fault, text] });
}

export function happen(kind: TryEvent['kind']): void {
  if (over.value === null) tell({ kind: 'event', event: kind });
  else redrawWith({ ...spec.value, event: [...spec.value.event, { kind, atMs: landingMs() }] });
}

/** Another session, wearer, movement or seed. */
export function choose(change: Partial<Pick<TrySpec, 'protocol' | 'plant' | 'motion' | 'seed'>>): void {
  redrawWith({ ...spec.value, ...change, press: [], fault: [], event: [] });
}

export function settingOf(name: string): number {
  return (resolved.value.settings as unknown as Record<string, number>)[name] ?? 0;
}

/** Null = as it was. */
export function turnKnob(name: string, value: number | null): void {
  did('knob');
  const others = spec.value.set.filter((pair) => !pair.startsWith(`${name}=`));
  // the first minute shows a whole session: what was done to the run in its earlier steps would end it early
  const done = nextDeed.value === 'knob' ? { press: [], fault: [], event: [] } : {};
  const next = { ...spec.value, ...done, set: value === null ? others : [...others, `${name}=${value}`] };
  try {
    specOf(next);
  } catch (error) {
    problem.value = (error as Error).message;
    return;
  }
  spec.value = next;
  redrawWith(next);
}

/** Goes on from a moment of this run: the same up to there, then whatever is done to it. */
export function forkAt(row: number): void {
  did('fork');
  const atMs = Math.round((theRun().t[row] ?? 0) * 1000);
  proof.value = null;
  proven.value = '';
  look();
  begin(upTo(spec.value, atMs), {
    fastToMs: atMs,
    pace: pace.value === 'most' ? 10 : pace.value,
    playing: false,
  });
}
