/**
 * A measurement of the occlusion pressure on the image and on the core in the loop: the extra readings come at the same times and say the
 * same, so that both give the same pressure. Must never need an interpreter.
 */
import { describe, expect, it } from 'vitest';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { CoreLevel } from '../../sim/core/core-level.ts';
import { runLockstep } from '../../sim/interpreter/lockstep.ts';
import { subject } from '../../sim/people/measure.ts';
import { filesFor, MEASUREMENT_PLAN, rigOf } from '../../sim/people/measure-rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { TICK_MS } from '../../src/limits.ts';
import { PHASE_LOP } from '../../src/phases.ts';

describe('a measurement in the image', () => {
  it('goes tick by tick as in the core, extra readings included, to the same pressure', async () => {
    const stored = filesFor(false);
    const rig = () => rigOf(subject(92_001, 2, 'rest', 'even'));
    const core = new CoreLevel(rig(), { files: stored });
    const image = new ImageLevel(rig(), { files: await flashed('mprls', stored) });
    const extra = core.core.sensing.sensor.extra;
    let measuring = 0;
    let listening = 0;
    runLockstep([core, image], {
      plan: MEASUREMENT_PLAN,
      ticks: Math.ceil(95_000 / TICK_MS),
      onTick: ([row]) => {
        if (row?.phase === PHASE_LOP) measuring++;
        if (extra?.wanted) listening++;
      },
    });
    const { result } = core.core.measurement.lop;
    expect(result.refusal).toBe(0);
    expect(measuring * TICK_MS).toBeGreaterThan(40_000);
    expect(listening * TICK_MS).toBeGreaterThan(25_000);
    expect(core.core.settings.lopMmHg).toBe(Math.round(result.mmHg));
    image.close();
  }, 120_000);
});
