import { describe, expect, it } from 'vitest';
import { ImageLevel } from '../../../sim/board/image-level.ts';
import { CoreLevel } from '../../../sim/core/core-level.ts';
import { InterpreterLevel } from '../../../sim/interpreter/interpreter-level.ts';
import { runLockstep } from '../../../sim/interpreter/lockstep.ts';
import { Rig } from '../../../sim/plant/rig.ts';
import type { Level } from '../../../sim/run/level.ts';
import type { RunSpec } from '../../../sim/setup/spec.ts';
import { TICK_MS } from '../../../src/limits.ts';
import { figure } from './figures.ts';
import { flashOf, needInterpreter, specOf } from './setup.ts';

const TEN_MINUTES = Math.ceil(600_000 / TICK_MS);

async function threeLevels(spec: RunSpec): Promise<{ levels: Level[]; interpreter: InterpreterLevel }> {
  const files = await flashOf(spec);
  const rig = (): Rig => new Rig(spec.rig, spec.seed);
  const core = new CoreLevel(rig(), { files: spec.files });
  const image = new ImageLevel(rig(), { files });
  const interpreter = new InterpreterLevel(rig(), { interpreter: needInterpreter(), files, ram: true });
  return { levels: [core, image, interpreter], interpreter };
}

async function compare(spec: RunSpec, ticks: number, name: string): Promise<Set<number>> {
  const { levels, interpreter } = await threeLevels(spec);
  const phases = new Set<number>();
  const start = performance.now();
  try {
    const compared = runLockstep(levels, {
      plan: spec.plan,
      ticks,
      onTick: (rows) => phases.add(rows[0]?.phase ?? -1),
    });
    const perSecond = compared / ((performance.now() - start) / 1000);
    const minutes = ((compared * TICK_MS) / 60_000).toFixed(1);
    figure(
      `ticks compared, ${name}`,
      `${compared} at 3 levels (${minutes} min, ${perSecond.toFixed(0)} ticks/s)`,
    );
    expect(interpreter.board.mishaps).toEqual([]);
    expect(compared).toBe(ticks);
  } finally {
    for (const level of levels) level.close();
  }
  return phases;
}

describe('core, image and interpreter decide the same on every tick', () => {
  it('over ten minutes of the default session', async () => {
    const phases = await compare(specOf('run', 1), TEN_MINUTES, 'run');
    expect(phases.size).toBeGreaterThanOrEqual(4);
  });

  it('over two minutes of leg press with the cuff on in the rests', async () => {
    await compare(specOf('leg-press', 2), Math.ceil(120_000 / TICK_MS), 'leg press');
  });
});
