import { beforeAll, describe, expect, it } from 'vitest';
import { drawFor } from '../../sim/bench/faults-draw.ts';
import { BUILDS, type Cell, FAULTS, phaseTimes, runCell, shapeFor } from '../../sim/bench/faults-matrix.ts';
import { levelOf, SessionDriver } from '../../sim/bench/faults-run.ts';
import { SHAPES } from '../../sim/bench/faults-sessions.ts';
import { shareOf } from '../../sim/bench/faults-share.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { SENSORS } from '../../sim/plant/sensor-params.ts';
import { tripName } from '../../src/safety/trips.ts';

/** Fault, phase, build; rules that may find it; within so many s; true peak at most; 15 mmHg within so many s (-1: it cannot). */
const CELLS: readonly (readonly [string, string, string, readonly string[], number, number, number])[] = [
  ['burst', 'set', 'reference', ['pressure-vanished', 'air-unaccounted'], 3, 230, 5],
  ['hose off', 'rest', 'stiff hose', ['pressure-vanished', 'hose-blocked'], 3, 230, 5],
  ['hose kinked', 'set', 'reference', ['hose-blocked', 'not-venting', 'air-unaccounted'], 60, 300, -1],
  ['valve stuck open', 'rest', 'small valve', ['pressure-vanished', 'leak', 'air-unaccounted'], 30, 230, 45],
  ['valve stuck shut', 'set', 'reference', ['valve-without-effect', 'not-venting'], 90, 300, -1],
  ['pump dead', 'fill', 'weak pump', ['no-rise', 'fill-unanswered'], 15, 230, 45],
  ['sensor frozen', 'vent', 'small valve', ['sensor-frozen'], 2, 230, 45],
  ['sensor silent', 'fill', 'weak pump', ['sensor-lost'], 1, 230, 30],
  ['sensor reads the room', 'set', 'valve at the cuff', ['pressure-vanished', 'hose-blocked'], 3, 300, 15],
  ['sense line pinched', 'fill', 'reference', ['fill-unanswered'], 15, 230, 45],
  ['sense line pinched', 'rest', 'reference', ['sensor-flat'], 30, 230, 45],
  ["pump's driver shorted on", 'rest', 'reference', ['pump-live'], 3, 300, -1],
  ["pump's driver dead", 'fill', 'reference', ['pump-dead'], 4, 230, 20],
  ["valve's driver dead", 'rest', 'reference', ['valve-dead'], 2, 230, 20],
  ["valve's driver shorted on", 'vent', 'reference', ['valve-live'], 3, 230, -1],
  ["a driver's fault pin", 'set', 'reference', ['driver-fault'], 2, 230, 20],
  ['battery to 62 %', 'rest', 'reference', ['battery'], 8, 230, 30],
];

describe('faults on the image in the loop', () => {
  const times: Record<string, Record<string, number>> = {};
  beforeAll(async () => {
    for (const build of new Set(CELLS.map(([, , build]) => build))) times[build] = await phaseTimes(build, 3);
  }, 120_000);

  it.each(CELLS)(
    '%s in %s, %s',
    async (name, phase, build, rules, withinS, peak, emptyS) => {
      const fault = FAULTS.find((f) => f.name === name);
      const at = times[build]?.[phase];
      if (fault === undefined || at === undefined) throw new Error(`no ${name} in ${phase}`);
      const cell: Cell = await runCell(build, phase, fault, at, 3);
      expect(rules).toContain(tripName(cell.trip));
      expect(cell.delayMs).toBeLessThan(withinS * 1000);
      expect(cell.peakMmHg).toBeLessThan(peak);
      if (emptyS < 0) expect(cell.emptyMs).toBe(-1);
      else {
        expect(cell.emptyMs).toBeGreaterThanOrEqual(0);
        expect(cell.emptyMs).toBeLessThan(emptyS * 1000);
      }
      expect(cell.logged).toBe(true);
    },
    60_000,
  );
});

describe('leak and drift on sampled devices', () => {
  const found = (name: string, shape: string): number => {
    const fault = FAULTS.find((f) => f.name === name)?.fault;
    if (fault === undefined) throw new Error(name);
    return shareOf(name, fault, shape, 4, 7).inTime;
  };
  it('a leak of 3 mmHg/s at rest', () => {
    expect(found('leak 3 mmHg/s', 'rest')).toBe(4);
  }, 120_000);
  it('a drift of -0.5 mmHg/s at rest', () => {
    expect(found('sensor drifts -0.5/s', 'rest')).toBe(4);
  }, 120_000);
});

describe('what is no fault', () => {
  it('a session of every kind without one ends without a trip', () => {
    for (const shape of SHAPES) {
      const level = levelOf(drawFor(shape, 4, 0, true), shape, []);
      const driver = new SessionDriver(level, shape);
      while (!driver.over && level.rig.nowMs < 300_000) driver.step();
      expect(tripName(level.view.trip), shape.name).toBe('none');
      expect(driver.over, shape.name).toBe(true);
    }
  }, 120_000);
  it('the refill of a soft cuff by a weak pump while the limb settles: 17 of 81 mmHg in the slack part', () => {
    const shape = SHAPES.find((s) => s.name === 'run-released');
    if (shape === undefined) throw new Error('run-released');
    const level = levelOf(drawFor(shape, 32, 73, true), shape, []);
    const driver = new SessionDriver(level, shape);
    while (!driver.over && level.rig.nowMs < 300_000) driver.step();
    expect(tripName(level.view.trip)).toBe('none');
  }, 60_000);
  it('the nominal builds have no trip in the sessions that faults are planted in', () => {
    for (const plant of Object.values(BUILDS)) {
      const shape = shapeFor(plant);
      const draw = { seed: 5, plant, limb: nominalLimb(shape.kind), sensor: SENSORS.MPRLS };
      const level = levelOf(draw, shape, []);
      const driver = new SessionDriver(level, shape);
      while (!driver.over && level.rig.nowMs < 200_000) driver.step();
      expect(tripName(level.view.trip)).toBe('none');
    }
  }, 120_000);
});
