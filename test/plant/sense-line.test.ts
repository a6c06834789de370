import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sim/plant/faults.ts';
import { NOMINAL_THIGH, type PlantParams } from '../../sim/plant/params.ts';
import type { Rig } from '../../sim/plant/rig.ts';
import { SENSORS } from '../../sim/plant/sensor-params.ts';
import { fill, makeRig, TIGHT_THIGH } from './rigs.ts';

const AT = 12_000;

function ready(fault: Fault): Rig {
  const rig = makeRig({ plant: TIGHT_THIGH, faults: [fault] }, 1);
  fill(rig, 150);
  rig.advanceTo(AT);
  return rig;
}

/** What the part shows now, mmHg above the room as an ideal part sees it. */
function shown(rig: Rig): number {
  const part = SENSORS.MPRLS;
  rig.convert();
  rig.advanceTo(rig.nowMs + 6);
  return (rig.read().code - part.codeZero) / part.codesPerMmHg - part.ambientMmHg;
}

function pumpFor(rig: Rig, ms: number): void {
  rig.pump = 1;
  rig.advanceTo(rig.nowMs + ms);
  rig.pump = 0;
}

describe('the line to the sensor', () => {
  it('pinched: the value stands while the cuff fills, the noise goes on', () => {
    const rig = ready({ kind: 'sense-line', atMs: AT });
    const before = shown(rig);
    pumpFor(rig, 2000);
    const words = Array.from({ length: 20 }, () => shown(rig));
    expect(rig.p2).toBeGreaterThan(180);
    for (const word of words) expect(Math.abs(word - before)).toBeLessThan(0.8);
    expect(new Set(words).size).toBeGreaterThan(15);
  });

  it('half shut: follows with its time constant', () => {
    const rig = ready({ kind: 'sense-line', atMs: AT, lagS: 5 });
    const before = shown(rig);
    pumpFor(rig, 1000);
    const rise = rig.p2 - before;
    for (let i = 0; i < 100; i++) shown(rig);
    rig.advanceTo(AT + 6000);
    const share = (shown(rig) - before) / rise;
    expect(share).toBeGreaterThan(0.45);
    expect(share).toBeLessThan(0.75);
  });

  it('a pinch that grows is open at first', () => {
    const rig = ready({ kind: 'sense-line', atMs: AT, growS: 60 });
    pumpFor(rig, 1000);
    rig.advanceTo(rig.nowMs + 500);
    expect(Math.abs(shown(rig) - rig.p2)).toBeLessThan(2);
  });

  it('what stands in a leaky line sinks', () => {
    const rig = ready({ kind: 'sense-line', atMs: AT, emptyS: 10 });
    const before = shown(rig);
    for (let ms = AT + 50; ms < AT + 10_000; ms += 50) {
      rig.advanceTo(Math.max(rig.nowMs, ms));
      shown(rig);
    }
    expect(shown(rig) / before).toBeCloseTo(Math.exp(-1), 1);
  });

  it('is open again when the fault has healed', () => {
    const rig = ready({ kind: 'sense-line', atMs: AT, untilMs: AT + 3000 });
    pumpFor(rig, 2000);
    rig.advanceTo(AT + 4000);
    expect(Math.abs(shown(rig) - rig.p2)).toBeLessThan(2);
  });
});

describe('faults that come later', () => {
  it('jumps go on', () => {
    const rig = ready({ kind: 'sensor-jump', atMs: AT, mmHg: 5, everyS: 10 });
    const before = shown(rig);
    const p = rig.p2;
    rig.advanceTo(AT + 25_000);
    expect(shown(rig) - before - (rig.p2 - p)).toBeCloseTo(10, 0);
  });

  it('can be planted in a rig that runs', () => {
    const rig = makeRig({ plant: TIGHT_THIGH }, 1);
    fill(rig, 150);
    rig.addFault({ kind: 'burst', atMs: rig.nowMs });
    rig.advanceTo(rig.nowMs + 1000);
    expect(rig.p2).toBeLessThan(15);
  });
});

describe('the room', () => {
  const at = (ambientMmHg: number): PlantParams => ({ ...NOMINAL_THIGH, ambientMmHg });

  it('in thin air the same pump takes longer, and the gas books close', () => {
    const times = [370, 760, 830].map((ambient) => {
      const rig = makeRig({ plant: at(ambient) }, 1);
      fill(rig, 150);
      expect(Math.abs(rig.gasError)).toBeLessThan(1e-6);
      return rig.nowMs;
    });
    expect(times[0]).toBeGreaterThan(1.2 * (times[1] as number));
    expect(times[2]).toBeLessThan(times[1] as number);
  });
});
