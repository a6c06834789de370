import { describe, expect, it } from 'vitest';
import { filesFor } from '../../sim/bench/sessions-plants.ts';
import { CoreLevel } from '../../sim/core/core-level.ts';
import { TickTiming } from '../../sim/core/tick-timing.ts';
import { sampleLimb } from '../../sim/plant/limb-params.ts';
import { Random } from '../../sim/plant/random.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { samplePlant } from '../../sim/plant/sampler.ts';
import { SENSORS } from '../../sim/plant/sensor-params.ts';
import { judgeAir } from '../../src/safety/air-rules.ts';
import { builtInProtocol } from '../../src/session/library.ts';
import { heldBook } from './book-stand.ts';

const PERIOD_MS = 50;
const PRESSES = Array.from({ length: 12 }, (_, i) => i);

/** What the air book takes the pump of build `index` for when its first fill is over, mmHg/s; the button is pressed in another tick each time, and the ticks come late. */
function measured(index: number, press: number): number {
  const plant = samplePlant(new Random(7).fork(index), { limb: 'thigh', build: 'any' });
  const limb = sampleLimb(new Random(3), 'rest');
  const rig = new Rig({ plant, limb, sensor: SENSORS.MPRLS, targetMmHg: 100 }, 5);
  const timing = new TickTiming('late', PERIOD_MS, new Random(press));
  const level = new CoreLevel(rig, { files: filesFor(builtInProtocol(0), 0, plant.lopMmHg, false), timing });
  while (rig.nowMs < 12_000 + 37 * press) level.nextTick();
  level.button(1, true, rig.nowMs + 1);
  level.button(1, false, rig.nowMs + 201);
  while (!level.core.supervisor.reached && rig.nowMs < 60_000) level.nextTick();
  expect(level.core.supervisor.reached).toBe(true);
  return level.core.supervisor.air.pumpMmHgPerS;
}

describe('the measure of the pump', () => {
  it.each([1, 3, 4])('does not hang on how the ticks come at the start of a fill, build %d', (index) => {
    const rates = PRESSES.map((press) => measured(index, press)).sort((a, b) => a - b);
    const middle = rates[PRESSES.length / 2] as number;
    expect(middle).toBeGreaterThan(10);
    expect(rates[0]).toBeGreaterThan((middle * 3) / 4);
    expect(rates.at(-1)).toBeLessThan((middle * 4) / 3);
  });

  it('does not begin before the setpoint of the fill is known', () => {
    const { s, t, b } = heldBook();
    Object.assign(s, { reached: false, targetMmHg: 0, pumpMs: 9400, bledMs: 520 });
    Object.assign(b, { bookKept: false, rateKnown: false, rateFromMmHg: 0, ratePumpMs: 9000 });
    t.filteredMmHg = 0.1;
    judgeAir(s, t);
    expect([b.pumpMmHgPerS, b.rateKnown, b.rateEnded]).toEqual([20, false, false]);
    expect([b.seenPumpMs, b.seenBledMs, s.trip]).toEqual([9400, 520, 0]);
  });
});
