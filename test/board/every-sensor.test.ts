import { describe, expect, test } from 'vitest';
import { judge, simulate } from '../../sim/cli/run.ts';
import { type RunOptions, SENSORS_BY_NAME } from '../../sim/setup/resolve.ts';
import { resolveSpec } from '../../sim/setup/spec.ts';
import { PHASE_DONE } from '../../src/phases.ts';
import { choices } from '../../tools/build/project.ts';

const DEFAULT: RunOptions = { scenario: 'run', set: [], fault: [], seed: 1, level: 'image', cost: true };

/**
 * Share of the moving time in band that the reference build must reach with its own chip's ticks: the scenario's own number with the
 * reference sensor. Those that answer later cost the tick more, and miss it by up to two points (docs/lab/tick-cost.md).
 */
const IN_BAND = (sensor: string): number => (sensor === 'mprls' ? 0.87 : 0.85);

test('every sensor that has a driver can be simulated, and no other is offered', () => {
  expect(Object.keys(SENSORS_BY_NAME).sort()).toEqual(choices('sensors'));
});

/**
 * One part of each way to speak: a command and its answer, registers, a voltage. The others play their short session in every-board.test.ts, and the
 * whole one in `npm run bench:boards`.
 */
const SHORT_ONLY = ['abp2', 'hx710b', 'mpx5050-ads1115'];

describe('the image for a sensor, that part on its wires', () => {
  test.each(choices('sensors').filter((sensor) => !SHORT_ONLY.includes(sensor)))(
    '%s: completes the default session, held, below LOP and empty at the end',
    async (sensor) => {
      const spec = resolveSpec({ ...DEFAULT, sensor });
      const run = await simulate(spec, 'test', false);
      const { log, notStarted } = run;
      const { metrics } = judge(spec, run);
      expect(notStarted).toEqual([]);
      expect(metrics.trips).toEqual([]);
      expect(metrics.moving.within10).toBeGreaterThanOrEqual(IN_BAND(sensor));
      expect(metrics.peakMmHg).toBeLessThan(spec.chosen.plant.lopMmHg);
      expect([...log.columns.phase]).toContain(PHASE_DONE);
      expect(metrics.vents.length).toBeGreaterThan(0);
      for (const vent of metrics.vents) expect(vent.secondsTo15).toBeLessThan(10);
    },
    180_000,
  );

  test('with another part there than the image is for, no session starts', async () => {
    const spec = resolveSpec({ ...DEFAULT, sensor: 'xgzp6847d' });
    const other = resolveSpec({ ...DEFAULT, sensor: 'mpx5050' });
    const { notStarted } = await simulate({ ...spec, rig: other.rig }, 'test', false);
    expect(notStarted[0]).toMatch(/sensor does not answer/);
  }, 180_000);
});

test('a sensor that the board has no pins for is refused before anything runs, with what to take instead', () => {
  expect(() => resolveSpec({ ...DEFAULT, board: 'xiao', sensor: 'hx710b' })).toThrow(
    /--sensor "hx710b": with --board xiao: this board has no two pins left for it: take a sensor on the bus/,
  );
});

test('a board for the bench is simulated with its --dev image, and the strap fitted', async () => {
  const spec = resolveSpec({ ...DEFAULT, board: 'esp32s3', sensor: 'mprls', protocol: 'intro' });
  const { log, notStarted } = await simulate(spec, 'test', false);
  expect(notStarted).toEqual([]);
  expect([...log.columns.phase]).toContain(PHASE_DONE);
}, 180_000);

test('the core level says that it knows one sensor only', () => {
  expect(() => resolveSpec({ ...DEFAULT, level: 'core', cost: false, sensor: 'abp2' })).toThrow(
    /--sensor "abp2": goes with --level image/,
  );
});
