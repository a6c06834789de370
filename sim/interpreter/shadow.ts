/**
 * Shadow mode: one level runs its own closed loop and its inputs are written down; another is given the very same inputs, whatever
 * it puts out. Where it then decides otherwise, the difference is its own and not the loop's.
 */

import { EXACT_FIELDS } from '../../tools/view-fields.ts';
import type { Level } from '../level/level.ts';
import { Wearer, type WearerPlan } from '../level/wearer.ts';
import { Rig, type RigSpec } from '../plant/rig.ts';
import type { Reading } from '../plant/sensor.ts';
import { type Difference, differences, type Row, rowOf } from './compare.ts';

const EXACT: ReadonlySet<string> = new Set(EXACT_FIELDS);

/** Everything that a firmware can learn from its rig, by time, and the button edges. */
export interface Inputs {
  readonly readings: Map<number, Reading>;
  readonly railMv: Map<number, number>;
  readonly edges: { readonly button: number; readonly down: boolean; readonly atMs: number }[];
}

export function noInputs(): Inputs {
  return { readings: new Map(), railMv: new Map(), edges: [] };
}

/** A rig that writes down what it shows. */
export class RecordingRig extends Rig {
  readonly inputs = noInputs();

  override read(): Reading {
    const reading = super.read();
    this.inputs.readings.set(this.nowMs, reading);
    return reading;
  }

  override get railMv(): number {
    const mv = super.railMv;
    this.inputs?.railMv.set(this.nowMs, mv);
    return mv;
  }
}

/** A rig that shows what another has shown, at the same times; it answers by itself only when the other was not asked then. */
export class ReplayRig extends Rig {
  readonly #inputs: Inputs;

  constructor(spec: RigSpec, seed: number, inputs: Inputs) {
    super(spec, seed);
    this.#inputs = inputs;
  }

  override read(): Reading {
    const own = super.read();
    return this.#inputs.readings.get(this.nowMs) ?? own;
  }

  override get railMv(): number {
    const own = super.railMv;
    return #inputs in this ? (this.#inputs.railMv.get(this.nowMs) ?? own) : own;
  }
}

/** Run `level` (on a RecordingRig) for `ticks`; its rows, with the button edges noted in `inputs`. */
export function recordLevel(level: Level, inputs: Inputs, plan: WearerPlan, ticks: number): Row[] {
  const noting: Level = {
    name: level.name,
    rig: level.rig,
    get view() {
      return level.view;
    },
    nextTick: () => level.nextTick(),
    button: (button, down, atMs) => {
      inputs.edges.push({ button, down, atMs });
      level.button(button, down, atMs);
    },
    stored: (name) => level.stored(name),
    close: () => level.close(),
  };
  const wearer = new Wearer(noting, plan);
  const rows: Row[] = [];
  for (let i = 0; i < ticks; i++) {
    level.nextTick();
    wearer.look();
    rows.push(rowOf(level));
  }
  return rows;
}

/** Give `level` (on a ReplayRig) the inputs; where its decisions part from `rows`, undefined when they never do. */
export function shadow(
  level: Level,
  inputs: Inputs,
  rows: readonly Row[],
): readonly Difference[] | undefined {
  for (const e of inputs.edges) level.button(e.button, e.down, e.atMs);
  for (const row of rows) {
    level.nextTick();
    // its rig is not the one whose inputs it gets: the true pressures say nothing here
    const found = differences(row, { ...level.view, p1: row.p1, p2: row.p2 });
    const decided = found.filter((d) => EXACT.has(d.field));
    if (decided.length > 0) return decided;
    if (found.length > 0) return found;
  }
  return undefined;
}
