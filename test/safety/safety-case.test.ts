import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CoreLevel } from '../../sim/core/core-level.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import * as limits from '../../src/limits.ts';
import { tick } from '../../src/loop.ts';
import { isHazard } from '../../src/safety/state.ts';
import { TRIP_COUNT, TRIP_INTERNAL, tripRow } from '../../src/safety/trips.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/safety-case.md', root), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the safety case', () => {
  it('has one row for each trip in code, no other, and its severity', () => {
    const named = rows.map((cells) => cells[1]?.replaceAll('`', ''));
    const codes = Array.from({ length: TRIP_COUNT - 1 }, (_, i) => tripRow(i + 1).code);
    expect(named.slice().sort()).toEqual(codes.slice().sort());
    for (let i = 1; i < TRIP_COUNT; i++) {
      const row = rows.find((cells) => cells[1] === `\`${tripRow(i).code}\``);
      expect(row?.[4]).toBe(tripRow(i).severity);
      expect(isHazard(i)).toBe(tripRow(i).severity === 'hazard');
      expect(row?.[6]?.length ?? 0).toBeGreaterThan(10);
    }
  });
  it('names a test for each rule, and that test exists', () => {
    const tests = new Map(
      readdirSync(new URL('test/safety/', root))
        .filter((f) => f.endsWith('.test.ts'))
        .map((f) => [f, readFileSync(new URL(`test/safety/${f}`, root), 'utf8')]),
    );
    for (const cells of rows) {
      const [file, name] = (cells[7] ?? '').split(': ');
      expect(tests.get(file ?? '') ?? '', cells[1]).toContain(`'${name}`);
    }
  });
  it('states the limits that the code has', () => {
    expect([limits.MAX_CUFF_MMHG, limits.MAX_FAULT_MMHG, limits.MAX_SETPOINT_MMHG]).toEqual([300, 330, 250]);
    expect([limits.MAX_LOP_PERMILLE, limits.VENTED_MMHG, limits.VENT_LIMIT_MS]).toEqual([800, 15, 30_000]);
    expect([limits.MAX_LEG_MS, limits.MAX_ARM_MS, limits.RELEASE_MS]).toEqual([1_200_000, 900_000, 180_000]);
    expect([limits.DOUBT_LIMIT_MS, limits.LEASE_MS]).toEqual([240, 5 * limits.TICK_MS]);
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
