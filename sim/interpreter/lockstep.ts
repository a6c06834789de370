/** Run the same session on several levels side by side and compare every tick. */
import type { Level } from '../level/level.ts';
import { Wearer, type WearerPlan } from '../level/wearer.ts';
import { type Difference, differences, explain, type Row, rowOf } from './compare.ts';

export interface LockstepOptions {
  readonly plan: WearerPlan;
  readonly ticks: number;
  /** Called with the rows of a tick, in the order of the levels. */
  readonly onTick?: (rows: readonly Row[]) => void;
}

export class LockstepMismatch extends Error {
  readonly found: readonly Difference[];

  constructor(message: string, found: readonly Difference[]) {
    super(message);
    this.found = found;
  }
}

/**
 * Ticks compared. The first level is the one that the others have to equal; the first tick on which one does not ends the run with
 * a `LockstepMismatch`. Each level needs a rig of its own, made from the same spec and seed.
 */
export function runLockstep(levels: readonly Level[], options: LockstepOptions): number {
  const wearers = levels.map((level) => new Wearer(level, options.plan));
  for (let i = 0; i < options.ticks; i++) {
    levels.forEach((level, k) => {
      level.nextTick();
      wearers[k]?.look();
    });
    const rows = levels.map(rowOf);
    compareRows(levels, rows);
    options.onTick?.(rows);
  }
  return options.ticks;
}

function compareRows(levels: readonly Level[], rows: readonly Row[]): void {
  const [first] = rows;
  if (first === undefined) return;
  rows.forEach((row, k) => {
    const found = differences(first, row);
    if (found.length === 0) return;
    const text = explain(levels[0]?.name ?? '', levels[k]?.name ?? '', found);
    throw new LockstepMismatch(text, found);
  });
}
