import { describe, expect, it } from 'vitest';
import { ImageLevel } from '../../../sim/board/image-level.ts';
import { CoreLevel } from '../../../sim/core/core-level.ts';
import { InterpreterLevel } from '../../../sim/interpreter/interpreter-level.ts';
import { runLockstep } from '../../../sim/interpreter/lockstep.ts';
import type { Level } from '../../../sim/level/level.ts';
import { subject } from '../../../sim/people/measure.ts';
import { filesFor, MEASUREMENT_PLAN, rigOf } from '../../../sim/people/measure-rig.ts';
import { Rig } from '../../../sim/plant/rig.ts';
import type { RunSpec } from '../../../sim/setup/resolve.ts';
import { TICK_MS } from '../../../src/limits.ts';
import { PHASE_LOP } from '../../../src/phases.ts';
import { figure } from './figures.ts';
import { flashOf, needInterpreter, specOf } from './setup.ts';

const TEN_MINUTES = Math.ceil(600_000 / TICK_MS);

async function threeLevels(
  spec: Pick<RunSpec, 'files'>,
  rig: () => Rig,
): Promise<{ levels: Level[]; interpreter: InterpreterLevel }> {
  const files = await flashOf(spec);
  const core = new CoreLevel(rig(), { files: spec.files });
  const image = new ImageLevel(rig(), { files });
  const interpreter = new InterpreterLevel(rig(), { interpreter: needInterpreter(), files, ram: true });
  return { levels: [core, image, interpreter], interpreter };
}

async function compare(
  spec: Pick<RunSpec, 'files' | 'plan'>,
  rig: () => Rig,
  ticks: number,
  name: string,
): Promise<Set<number>> {
  const { levels, interpreter } = await threeLevels(spec, rig);
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
    const spec = specOf('run', 1);
    const phases = await compare(spec, () => new Rig(spec.rig, spec.seed), TEN_MINUTES, 'run');
    expect(phases.size).toBeGreaterThanOrEqual(4);
  });

  it('over two minutes of leg press with the cuff on in the rests', async () => {
    const spec = specOf('leg-press', 2);
    await compare(spec, () => new Rig(spec.rig, spec.seed), Math.ceil(120_000 / TICK_MS), 'leg press');
  });

  it('over a whole measurement of the occlusion pressure, extra readings and calculation included', async () => {
    const spec = { files: filesFor(false), plan: MEASUREMENT_PLAN };
    const rig = (): Rig => rigOf(subject(92_001, 2, 'rest', 'even'));
    const phases = await compare(spec, rig, Math.ceil(95_000 / TICK_MS), 'measurement');
    expect(phases).toContain(PHASE_LOP);
  });
});
