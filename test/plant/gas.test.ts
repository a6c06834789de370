import { describe, expect, it } from 'vitest';
import { nominalLimb } from '../../sim/plant/limb.ts';
import { NOMINAL_THIGH, REFERENCE_THIGH } from '../../sim/plant/params.ts';
import { fill, makeRig, play, STILL, TIGHT_THIGH } from './rigs.ts';

describe('gas', () => {
  it.each([
    ['manifold valve', NOMINAL_THIGH],
    [
      'valve on the cuff, relief valve, bleed',
      { ...REFERENCE_THIGH, valveAt: 'cuff' as const, bleed: 0.02, relief: { crackMmHg: 120, flow: 60 } },
    ],
  ])('closes its books to 1e-6 NmL through fill, pulses, motion and dump: %s', (_name, plant) => {
    const rig = makeRig({
      plant,
      limb: nominalLimb('legpress'),
      faults: [{ kind: 'hose-off', atMs: 23_000 }],
    });
    let worst = 0;
    play(rig, (r) => {
      worst = Math.max(worst, Math.abs(r.gasError));
    });
    expect(rig.gasIn).toBeGreaterThan(250);
    expect(worst).toBeLessThan(1e-6);
  });

  it('keeps the gas of a sealed cuff, and p V = N once it has the temperature of the room', () => {
    const rig = makeRig({ plant: TIGHT_THIGH });
    fill(rig, 150, 3000);
    const gas = rig.gas;
    rig.advanceTo(rig.nowMs + 60_000);
    expect(Math.abs(rig.gas - gas)).toBeLessThan(1e-6);
    expect(rig.theta).toBeCloseTo(1, 9);
    expect(((760 + rig.p2) * rig.volumeMl) / 760).toBeCloseTo(rig.gas, 6);
  });

  it('is warm after a fill, cold after a dump, and the pressure follows', () => {
    const rig = makeRig({ plant: TIGHT_THIGH });
    fill(rig, 150);
    const warm = rig.theta;
    rig.valve = 0;
    rig.advanceTo(rig.nowMs + 400);
    const cold = rig.theta;
    rig.valve = 1;
    rig.advanceTo(rig.nowMs + 30);
    const low = rig.p2;
    rig.advanceTo(rig.nowMs + 1000);
    expect(warm).toBeGreaterThan(1.001);
    expect(cold).toBeLessThan(0.999);
    expect(rig.p2 - low).toBeGreaterThan(0.3);
  });

  it('moves an open-loop cuff pressure by less than 0.1 mmHg when the step is halved', () => {
    const limb = { ...nominalLimb('legpress') };
    const coarse = makeRig({ limb });
    const fine = makeRig({ limb, stepsPerMs: 2 });
    const a: number[] = [];
    const b: number[] = [];
    play(coarse, (r) => a.push(r.p2));
    play(fine, (r) => b.push(r.p2));
    let worst = 0;
    for (let i = 0; i < a.length; i += 1)
      worst = Math.max(worst, Math.abs((a[i] as number) - (b[i] as number)));
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(0.1);
  });

  it('settles with the pump on and the valve open, where the two flows are equal', () => {
    const rig = makeRig({ plant: { ...NOMINAL_THIGH, pumpRipple: 0 } });
    rig.pump = 1;
    rig.advanceTo(60_000);
    const early = rig.p2;
    rig.advanceTo(70_000);
    expect(Math.abs(rig.p2 - early)).toBeLessThan(0.05);
    expect(rig.p2).toBeGreaterThan(16);
    expect(rig.p2).toBeLessThan(102);
    expect(rig.pumpFlow).toBeCloseTo(rig.valveFlow, 1);
  });

  it('falls like a typical thigh after a fill: 153.4, 152.2 after 1 s, 148.7 after 5, 144 after 20, 141.4 after 40', () => {
    const rig = makeRig({ plant: { ...NOMINAL_THIGH, leakMmHgPerMin: 0 } });
    fill(rig, 152);
    let top = 0;
    const start = rig.nowMs;
    while (rig.nowMs < start + 500) {
      rig.advanceTo(rig.nowMs + 1);
      top = Math.max(top, rig.p2);
    }
    expect(Math.abs(top - 153.4)).toBeLessThan(1);
    for (const [s, mmHg] of [
      [1, 152.2],
      [5, 148.7],
      [20, 144],
      [40, 141.4],
    ] as const) {
      rig.advanceTo(start + s * 1000);
      expect(Math.abs(rig.p2 - mmHg)).toBeLessThan(1);
    }
  });

  it('loses at 150 mmHg what its leak says', () => {
    const rig = makeRig({ plant: { ...TIGHT_THIGH, leakMmHgPerMin: 6 } });
    fill(rig, 152, 3000);
    const from = rig.p2;
    rig.advanceTo(rig.nowMs + 30_000);
    expect(from - rig.p2).toBeGreaterThan(2.8);
    expect(from - rig.p2).toBeLessThan(3.2);
  });

  it('reads high at the manifold while it pumps, low while it vents, and right 20 ms after the flow has ended', () => {
    const rig = makeRig({ plant: { ...TIGHT_THIGH, barbBoreMm: 1.6, pumpDownS: 0.03 } });
    fill(rig, 120);
    rig.pump = 1;
    rig.advanceTo(rig.nowMs + 500);
    expect(rig.p1 - rig.p2).toBeGreaterThan(0.5);
    rig.pump = 0;
    rig.advanceTo(rig.nowMs + 500);
    rig.valve = 0;
    rig.advanceTo(rig.nowMs + 40);
    expect(rig.p2 - rig.p1).toBeGreaterThan(2);
    rig.valve = 1;
    rig.advanceTo(rig.nowMs + 40);
    expect(Math.abs(rig.p2 - rig.p1)).toBeLessThan(0.1);
  });

  it('opens its relief valve where it says and holds the full pump there', () => {
    const rig = makeRig({ plant: REFERENCE_THIGH });
    rig.pump = 1;
    rig.valve = 1;
    rig.advanceTo(60_000);
    expect(rig.p2).toBeGreaterThan(295);
    expect(rig.p2).toBeLessThan(325);
  });
});

describe('pump and valve', () => {
  it('does not start below its dead zone, starts above it, and keeps running lower than it starts', () => {
    const rig = makeRig();
    rig.valve = 1;
    rig.pump = 0.42;
    rig.advanceTo(1000);
    expect(rig.rotor).toBe(0);
    rig.pump = 0.6;
    rig.advanceTo(1500);
    expect(rig.rotor).toBeGreaterThan(0.3);
    rig.pump = 0.42;
    rig.advanceTo(2500);
    expect(rig.rotor).toBeGreaterThan(0.1);
    rig.pump = 0.3;
    rig.advanceTo(3500);
    expect(rig.rotor).toBe(0);
  });

  it('takes off a thigh what its pulse lengths say: nothing in 3 ms, about 1.6 mmHg in 20', () => {
    const rig = makeRig({ plant: TIGHT_THIGH });
    fill(rig, 150, 3000);
    const pulse = (ms: number): number => {
      const before = rig.p2;
      rig.valve = 0;
      rig.advanceTo(rig.nowMs + ms);
      rig.valve = 1;
      rig.advanceTo(rig.nowMs + 300);
      return before - rig.p2;
    };
    expect(pulse(3)).toBeLessThan(1e-6);
    const twenty = pulse(20);
    expect(twenty).toBeGreaterThan(0.9);
    expect(twenty).toBeLessThan(2.9);
    expect(pulse(40)).toBeGreaterThan(1.8 * twenty);
  });

  it('never shuts its valve when the supply cannot pull it in, and lets go when held below the drop current', () => {
    const low = makeRig({ batteryMv: 2450 });
    low.valve = 1;
    low.advanceTo(500);
    expect(low.opening).toBe(1);
    const held = makeRig();
    held.valve = 1;
    held.advanceTo(60);
    held.valve = 0.45;
    held.advanceTo(500);
    expect(held.opening).toBe(0);
    held.valve = 0.25;
    held.advanceTo(600);
    expect(held.opening).toBe(1);
  });

  it('stays finite on the ugliest build', () => {
    const plant = {
      ...NOMINAL_THIGH,
      hoseM: 0.05,
      hoseBoreMm: 4.2,
      barbBoreMm: 3.6,
      manifoldMl: 1.5,
      residualMl: 9,
      valveC: 0.23,
      slackMmHg: 9.5,
    };
    const rig = makeRig({ plant, limb: { ...STILL, kind: 'run' } });
    rig.setActivity('run');
    play(rig, (r) => {
      expect(Number.isFinite(r.p1) && Number.isFinite(r.p2) && r.p2 > -80 && r.p2 < 400).toBe(true);
    });
  });
});
