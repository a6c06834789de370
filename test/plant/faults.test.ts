import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sim/plant/faults.ts';
import { nominalLimb } from '../../sim/plant/limb.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import type { Rig } from '../../sim/plant/rig.ts';
import { fill, makeRig, TIGHT_THIGH } from './rigs.ts';

const AT = 12_000;

/** A thigh filled to 150 mmHg with the fault to come at 12 s; time stands just before it. */
function ready(fault: Fault, seed = 1): Rig {
  const rig = makeRig({ plant: TIGHT_THIGH, faults: [fault] }, seed);
  fill(rig, 150);
  rig.advanceTo(AT);
  return rig;
}

function codeAfter(rig: Rig, ms: number): number {
  rig.advanceTo(rig.nowMs + ms);
  rig.convert();
  rig.advanceTo(rig.nowMs + 6);
  return rig.read().code;
}

describe('faults', () => {
  it('leak: falls at the rate it says, as an orifice', () => {
    const rig = ready({ kind: 'leak', atMs: AT, mmHgPerMin: 200 });
    const before = rig.p2;
    rig.advanceTo(AT + 3000);
    expect(before - rig.p2).toBeGreaterThan(8.5);
    expect(before - rig.p2).toBeLessThan(11);
  });

  it('leak as large as the pump: more than 25 mmHg/s, and the pump cannot hold', () => {
    const idle = ready({ kind: 'leak', atMs: AT, mmHgPerMin: 3000 });
    const before = idle.p2;
    idle.advanceTo(AT + 1000);
    expect(before - idle.p2).toBeGreaterThan(25);
    const pumped = ready({ kind: 'leak', atMs: AT, mmHgPerMin: 3000 });
    pumped.pump = 1;
    pumped.advanceTo(AT + 3000);
    expect(pumped.p2).toBeLessThan(140);
  });

  it('hose off: the manifold is at zero at once, the cuff below 15 within a second', () => {
    const rig = ready({ kind: 'hose-off', atMs: AT });
    rig.advanceTo(AT + 20);
    expect(Math.abs(rig.p1)).toBeLessThan(5);
    rig.advanceTo(AT + 1000);
    expect(rig.p2).toBeLessThan(15);
    rig.pump = 1;
    rig.advanceTo(AT + 3000);
    expect(rig.p2).toBeLessThan(3);
    expect(Math.abs(rig.gasError)).toBeLessThan(1e-6);
  });

  it('burst: the cuff is empty within a second', () => {
    const rig = ready({ kind: 'burst', atMs: AT });
    rig.advanceTo(AT + 1000);
    expect(rig.p2).toBeLessThan(15);
  });

  it('kink: the manifold leaps when pumping, empties at once when venting, and the cuff stays up', () => {
    const pumped = ready({ kind: 'kink', atMs: AT });
    const before = pumped.p1;
    pumped.pump = 1;
    pumped.advanceTo(AT + 200);
    expect(pumped.p1 - before).toBeGreaterThan(70);
    const vented = ready({ kind: 'kink', atMs: AT });
    vented.valve = 0;
    vented.advanceTo(AT + 60);
    expect(vented.p1).toBeLessThan(15);
    vented.advanceTo(AT + 10_000);
    expect(vented.p2).toBeGreaterThan(120);
  });

  it('kink: the pulse does not reach a sensor at the pump', () => {
    const limb = { ...nominalLimb('rest'), pulseMmHg: 2 };
    const swing = (faults: Fault[]): number => {
      const rig = makeRig({ plant: TIGHT_THIGH, limb, faults });
      fill(rig, 130);
      rig.advanceTo(AT + 500);
      let lo = 999;
      let hi = 0;
      while (rig.nowMs < AT + 2500) {
        rig.advanceTo(rig.nowMs + 10);
        lo = Math.min(lo, rig.p1);
        hi = Math.max(hi, rig.p1);
      }
      return hi - lo;
    };
    const healthy = swing([]);
    expect(healthy).toBeGreaterThan(1);
    expect(swing([{ kind: 'kink', atMs: AT, factor: 10_000 }])).toBeLessThan(healthy / 2);
  });

  it('cuff off the limb: near zero within half a second', () => {
    const rig = ready({ kind: 'cuff-off', atMs: AT });
    rig.advanceTo(AT + 500);
    expect(rig.p2).toBeLessThan(25);
  });

  it('valve stuck open: falls like a vent without a command; stuck shut: no fall with one', () => {
    const open = ready({ kind: 'valve-stuck-open', atMs: AT });
    open.advanceTo(AT + 1000);
    expect(open.p2).toBeLessThan(90);
    const shut = ready({ kind: 'valve-stuck-shut', atMs: AT });
    const before = shut.p2;
    shut.valve = 0;
    shut.advanceTo(AT + 5000);
    expect(before - shut.p2).toBeLessThan(1);
  });

  it('pump cut out by heat: pumps for so long, rests as long, and both again; no fault, no rest', () => {
    const moving = (faults: Fault[]): number[] => {
      const rig = makeRig({ plant: TIGHT_THIGH, faults });
      rig.valve = 1;
      rig.pump = 1;
      return Array.from({ length: 12 }, (_, i) => {
        const before = rig.p2;
        rig.advanceTo(1000 * (i + 1));
        return rig.p2 > before + 6 ? 1 : 0;
      });
    };
    expect(moving([{ kind: 'pump-hot', atMs: 0 }])).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0]);
    expect(moving([{ kind: 'pump-hot', atMs: 0, untilMs: 4000 }]).slice(4)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('valve dropped out of its hold: open until it was switched off and on again', () => {
    const rig = ready({ kind: 'valve-drop', atMs: AT });
    expect(rig.opening).toBe(0);
    rig.advanceTo(AT + 500);
    expect(rig.opening).toBe(1);
    rig.valve = 0;
    rig.advanceTo(AT + 520);
    rig.valve = 1;
    rig.advanceTo(AT + 600);
    expect(rig.opening).toBe(0);
    rig.addFault({ kind: 'leak', atMs: AT + 600, mmHgPerMin: 1 });
    rig.advanceTo(AT + 700);
    expect(rig.opening).toBe(0);
  });

  it('valve held by too little: shuts for the hit, and lets go', () => {
    const rig = ready({ kind: 'valve-hold', atMs: AT });
    rig.valve = 0;
    rig.advanceTo(AT + 50);
    rig.valve = 1;
    rig.advanceTo(AT + 140);
    expect(rig.opening).toBe(0);
    rig.advanceTo(AT + 250);
    expect(rig.opening).toBe(1);
  });

  it('valve too hot: what is pulled in stays so, and does not pull in again', () => {
    const rig = ready({ kind: 'valve-hot', atMs: AT });
    rig.advanceTo(AT + 500);
    expect(rig.opening).toBe(0);
    rig.valve = 0;
    rig.advanceTo(AT + 520);
    rig.valve = 1;
    rig.advanceTo(AT + 900);
    expect(rig.opening).toBe(1);
  });

  it('pump stuck on: rises without duty, and beats the open valve', () => {
    const rig = ready({ kind: 'pump-stuck-on', atMs: AT });
    const before = rig.p2;
    rig.advanceTo(AT + 1000);
    expect(rig.p2 - before).toBeGreaterThan(15);
    rig.valve = 0;
    rig.advanceTo(AT + 40_000);
    expect(rig.p2).toBeGreaterThan(15);
    expect(rig.p2).toBeLessThan(105);
  });

  it('pump dead or weak: no rise, or a slow one', () => {
    const rise = (faults: Fault[]): number => {
      const rig = makeRig({ faults });
      rig.pump = 1;
      rig.valve = 1;
      rig.advanceTo(3000);
      return rig.gasIn;
    };
    expect(rise([{ kind: 'pump-dead', atMs: 0 }])).toBe(0);
    expect(rise([{ kind: 'pump-weak', atMs: 0, factor: 0.3 }])).toBeCloseTo(0.3 * rise([]), -1);
  });

  it('battery sag: the voltage falls within 2 s, and a coil that needs more lets go or never pulls', () => {
    const rig = makeRig({ plant: NOMINAL_THIGH, faults: [{ kind: 'battery-sag', atMs: 1000 }] });
    rig.advanceTo(900);
    const healthy = rig.batteryMv;
    rig.advanceTo(4000);
    expect(rig.batteryMv / healthy).toBeCloseTo(0.62, 2);
    rig.valve = 1;
    rig.pump = 1;
    rig.advanceTo(8000);
    expect(rig.opening).toBe(1);
  });

  it('supply lost: valve opens by itself, the pump stops, the sensor is silent', () => {
    const rig = ready({ kind: 'supply-lost', atMs: AT });
    rig.pump = 1;
    rig.advanceTo(AT + 1000);
    expect(rig.opening).toBe(1);
    expect(rig.rotor).toBeLessThan(0.01);
    expect(rig.p2).toBeLessThan(90);
    expect(rig.read().nak).toBe(true);
    expect(rig.batteryMv).toBe(0);
  });

  it('sensor frozen: the same word, conversions go on; a healthy one never repeats', () => {
    const words = (rig: Rig): Set<number> => new Set(Array.from({ length: 25 }, () => codeAfter(rig, 14)));
    const frozen = ready({ kind: 'sensor-frozen', atMs: AT });
    expect(words(frozen).size).toBe(1);
    expect(frozen.read().conversions).toBe(25);
    expect(words(ready({ kind: 'pump-dead', atMs: AT })).size).toBe(25);
  });

  it('sensor silent, saturated, busy for ever', () => {
    const nak = ready({ kind: 'sensor-nak', atMs: AT, untilMs: AT + 100 });
    expect(nak.read().nak).toBe(true);
    nak.advanceTo(AT + 100);
    expect(nak.read().nak).toBe(false);
    const full = ready({ kind: 'sensor-saturated', atMs: AT });
    expect(codeAfter(full, 1)).toBe(0xe66666);
    expect(full.read().status).toBe(0x41);
    const stale = ready({ kind: 'sensor-stale', atMs: AT });
    const old = stale.read();
    expect(codeAfter(stale, 50)).toBe(old.code);
    expect(stale.read()).toMatchObject({ busy: true, status: 0x60, conversions: old.conversions });
  });

  it('sensor zero, jump and drift: what it reads, not what is', () => {
    const mmHg = (code: number): number => ((code - 0x199999) * 25 * 51.71493) / (0xe66666 - 0x199999) - 755;
    expect(Math.abs(mmHg(codeAfter(ready({ kind: 'sensor-zero', atMs: AT }), 5)))).toBeLessThan(0.5);
    const jump = ready({ kind: 'sensor-jump', atMs: AT, mmHg: 30 });
    expect(Math.abs(mmHg(codeAfter(jump, 5)) - jump.p2 - 30)).toBeLessThan(0.5);
    const drift = ready({ kind: 'sensor-drift', atMs: AT });
    expect(Math.abs(mmHg(codeAfter(drift, 20_000)) - drift.p2 + 10)).toBeLessThan(0.5);
  });
});
