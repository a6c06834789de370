import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CoreLevel } from '../../sim/core/core-level.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import * as limits from '../../src/limits.ts';
import { tick } from '../../src/loop.ts';
import { TRIP_ROWS } from '../../src/safety/rows/all.ts';
import { TRIP_INTERNAL } from '../../src/safety/rows/firmware.ts';
import { isClearedByPress, isHazard, tripName } from '../../src/safety/trips.ts';

const root = new URL('../../', import.meta.url);

describe('the safety case', () => {
  it('has rows in the order of their codes, each with a code and a name of its own and something to say', () => {
    expect(TRIP_ROWS.map((row) => row.code)).toEqual(
      [...new Set(TRIP_ROWS.map((row) => row.code))].sort((a, b) => a - b),
    );
    expect(TRIP_ROWS[0]?.code).toBe(1);
    expect(new Set(TRIP_ROWS.map((row) => row.name)).size).toBe(TRIP_ROWS.length);
    for (const row of TRIP_ROWS) {
      expect(row.name, row.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const text of [row.message, row.hint, row.hazard, row.control])
        expect(text.length, row.name).toBeGreaterThan(8);
      for (const [name, value, , source] of row.limits) {
        expect(name.length * source.length, `${row.name}: ${name}`).toBeGreaterThan(0);
        expect(value, `${row.name}: ${name}`).toSatisfy((v) => typeof v === 'string' || v > 0);
      }
    }
  });
  it('is what the image keeps of the rows: names, severities, what clears them', () => {
    for (const row of TRIP_ROWS) {
      expect(tripName(row.code)).toBe(row.name);
      expect(isHazard(row.code), row.name).toBe(row.severity === 'hazard');
      expect(isClearedByPress(row.code), row.name).toBe(row.clear === 'vented');
    }
    expect([tripName(0), isHazard(0), isClearedByPress(0)]).toEqual(['none', false, true]);
    for (let code = 1; code < Math.max(...TRIP_ROWS.map((row) => row.code)); code++)
      if (!TRIP_ROWS.some((row) => row.code === code))
        expect([tripName(code), isHazard(code), isClearedByPress(code)]).toEqual(['unused', false, false]);
    expect([tripName(999), isHazard(999), isClearedByPress(999)]).toEqual(['internal-error', false, false]);
  });
  it('names a test for each rule, and that test exists', () => {
    const tests = new Map(
      readdirSync(new URL('test/safety/', root))
        .filter((f) => f.endsWith('.test.ts'))
        .map((f) => [f, readFileSync(new URL(`test/safety/${f}`, root), 'utf8')]),
    );
    for (const row of TRIP_ROWS) {
      const [file, name] = row.test.split(': ');
      expect(tests.get(file ?? '') ?? '', row.name).toContain(`'${name}`);
    }
  });
  it('states the limits that the code has', () => {
    expect([limits.MAX_CUFF_MMHG, limits.MAX_FAULT_MMHG, limits.MAX_SETPOINT_MMHG]).toEqual([300, 330, 250]);
    expect([limits.MAX_LOP_PERMILLE, limits.VENTED_MMHG, limits.VENT_LIMIT_MS]).toEqual([800, 15, 30_000]);
    expect([limits.MAX_LEG_MS, limits.MAX_ARM_MS, limits.RELEASE_MS]).toEqual([1_200_000, 900_000, 180_000]);
    expect([limits.DOUBT_LIMIT_MS, limits.LEASE_MS]).toEqual([240, 250]);
  });
});

describe('an exception in the loop', () => {
  it('vents, is recorded, and the watchdog is never kicked again', () => {
    const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('rest'), sensor: 'MPRLS' }, 1);
    const level = new CoreLevel(rig, {});
    const core = level.core;
    let kicks = 0;
    Object.assign(core.ports.watchdog, { kick: () => kicks++ });
    for (let i = 0; i < 5; i++) level.nextTick();
    expect(kicks).toBe(5);
    Object.assign(core.session, { protocol: undefined, phase: 3, step: 0 });
    core.tick.outVent = false;
    rig.valve = 1;
    for (let i = 0; i < 4 && !core.dead; i++) level.nextTick();
    const before = kicks;
    expect([core.dead, core.supervisor.trip, core.tick.outVent ? 1 : 0, rig.valve, rig.pump]).toEqual([
      true,
      TRIP_INTERNAL,
      1,
      0,
      0,
    ]);
    tick(core, 1e6);
    expect([kicks, rig.valve]).toEqual([before, 0]);
  });
});
