/** What a tick takes, as the board measures it: what of it counts, and what the regulator is told. */
import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { noteTook } from '../../src/pace.ts';
import { Device } from './device.ts';

/** The valve shut, no tick looked at yet. */
function shut(): Device {
  const d = new Device();
  d.core.tick.outVent = false;
  return d;
}

/** Mean and worst after ticks that took `took` ms. */
function paceAfter(took: readonly number[], d: Device = shut()): number[] {
  for (const ms of took) noteTook(d.core, ms);
  return [d.core.pace.meanMs, d.core.pace.worstMs];
}

describe('what a tick takes', () => {
  it('is nothing before the first one under pressure', () => {
    expect(paceAfter([])).toEqual([0, 0]);
  });
  it('is the first one whole, then follows by a sixteenth, up and down', () => {
    expect(paceAfter([32])).toEqual([32, 32]);
    expect(paceAfter([32, 48])).toEqual([33, 48]);
    expect(paceAfter([32, 48, 17])).toEqual([32, 48]);
  });
  it('at worst is the longest one', () => {
    expect(paceAfter([32, 48, 40])[1]).toBe(48);
    expect(paceAfter([48, 48, 49])[1]).toBe(49);
  });
  it('counts those that stood still in between: more than 35 ms longer than the mean', () => {
    const d = shut();
    const stalls = (...took: number[]): number => {
      paceAfter(took, d);
      return d.core.pace.stalls;
    };
    expect(stalls(200)).toBe(0);
    d.core.pace.meanMs = 40;
    expect(stalls(75)).toBe(0);
    d.core.pace.meanMs = 40;
    expect(stalls(76, 40, 90)).toBe(2);
  });
  it('of no time at all is a tick too', () => {
    expect(paceAfter([32, 0])).toEqual([30, 32]);
  });
  it.each([Number.NaN, -1, 251, Number.POSITIVE_INFINITY])('of %s ms is no tick', (ms) => {
    expect(paceAfter([ms])).toEqual([0, 0]);
    expect(paceAfter([32, ms])).toEqual([32, 32]);
  });
  it('of a quarter of a second is one', () => {
    expect(paceAfter([250])).toEqual([250, 250]);
  });
  it('does not count on a vented cuff: that has other work', () => {
    const d = shut();
    d.core.tick.outVent = true;
    expect(paceAfter([32], d)).toEqual([0, 0]);
  });
  it('is looked ahead by, to seven tenths: the outputs are written before a tick ends', () => {
    const d = new Device().fill();
    const before = d.core.regulator.sampleAgeSlots;
    paceAfter([20], d);
    expect(d.core.regulator.sampleAgeSlots - before).toBeCloseTo(14 / TICK_MS, 12);
    paceAfter([52], d);
    expect(d.core.regulator.sampleAgeSlots - before).toBeCloseTo((22 * 7) / 10 / TICK_MS, 12);
  });
});
