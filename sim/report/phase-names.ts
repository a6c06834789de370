/** The firmware's phases with the kind that the report draws and counts them as. */
import { phaseName } from '../../src/phases.ts';
import type { PhaseKind, PhaseName } from './run-log.ts';

const KINDS: Readonly<Record<string, PhaseKind>> = {
  fill: 'fill',
  work: 'work',
  rest: 'rest',
  released: 'vent',
  deflate: 'vent',
  paused: 'vent',
  done: 'done',
  tripped: 'trip',
  lop: 'measure',
};

export function phaseNames(): PhaseName[] {
  const names: PhaseName[] = [];
  for (let code = 0; phaseName(code) !== 'unknown'; code++) {
    const name = phaseName(code);
    names.push({ code, name, kind: KINDS[name] ?? 'idle' });
  }
  return names;
}
