/** What has to be equal between two levels of simulation, tick by tick. */
import type { View } from '../../src/ports.ts';
import { EXACT_FIELDS, NEAR_FIELDS } from '../../tools/view-fields.ts';
import type { Level } from '../level/level.ts';

/** Pressures are equal within this. */
export const ANALOGUE_MMHG = 0.001;

/** One tick of one level: its view, and the true pressures of its rig. */
export interface Row extends View {
  /** Cuff and manifold, mmHg. */
  readonly p2: number;
  readonly p1: number;
}

export function rowOf(level: Level): Row {
  return { ...level.view, p2: level.rig.p2, p1: level.rig.p1 };
}

export interface Difference {
  readonly tick: number;
  readonly ms: number;
  readonly field: string;
  readonly a: number;
  readonly b: number;
}

function near(a: number, b: number): boolean {
  return Object.is(a, b) || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= ANALOGUE_MMHG;
}

/** Fields in which two rows differ; those that decide come first. */
export function differences(a: Row, b: Row): Difference[] {
  const found: Difference[] = [];
  const note = (field: keyof Row): void => {
    found.push({ tick: a.tick, ms: a.now, field, a: a[field], b: b[field] });
  };
  for (const field of EXACT_FIELDS) if (a[field] !== b[field]) note(field);
  for (const field of [...NEAR_FIELDS, 'p2', 'p1'] as const) if (!near(a[field], b[field])) note(field);
  return found;
}

/** All of a mismatch in words: tick, fields, both values. */
export function explain(nameA: string, nameB: string, found: readonly Difference[]): string {
  const first = found[0];
  if (first === undefined) return `${nameA} and ${nameB} are equal`;
  const fields = found.map((d) => `${d.field} ${d.a} (${nameA}) against ${d.b} (${nameB})`);
  return `tick ${first.tick}, ${first.ms} ms: ${fields.join('; ')}`;
}
