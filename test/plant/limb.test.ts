import { describe, expect, it } from 'vitest';
import { LIMB_GRID_MS, Limb, nominalLimb, sampleLimb } from '../../sim/plant/limb.ts';
import { type Exercise, type LimbParams, NOMINAL_MOTIONS } from '../../sim/plant/limb-params.ts';
import { Random } from '../../sim/plant/random.ts';
import { motionTable } from '../../sim/plant/waveforms.ts';
import { fill, makeRig, STILL, TIGHT_THIGH } from './rigs.ts';

const SCALE = { mlPerMmHg: 1, cuffMl: 200, targetMmHg: 150, lopMmHg: 190, seatReps: 8 };
const EXERCISES = Object.keys(NOMINAL_MOTIONS) as Exercise[];

/** Values in mmHg on the 4 ms grid. */
function listen(params: LimbParams, ms: number, mmHg = 150, start?: Exercise, seed = 1): number[] {
  const limb = new Limb(params, new Random(seed), SCALE);
  if (start !== undefined) limb.setActivity(start, 0);
  const out: number[] = [];
  for (let t = LIMB_GRID_MS; t <= ms; t += LIMB_GRID_MS) out.push(limb.step(t, mmHg));
  return out;
}

const span = (x: number[]): number => x.reduce((a, b) => Math.max(a, b)) - x.reduce((a, b) => Math.min(a, b));
const at = (x: number[], ms: number): number => x[ms / LIMB_GRID_MS - 1] as number;

describe.each(EXERCISES)('%s', (kind) => {
  it('starts at rest, has peak to peak 1 a cycle, and closes', () => {
    const table = motionTable(kind, NOMINAL_MOTIONS[kind]);
    expect(table[0]).toBe(0);
    expect(table[1024]).toBe(0);
    expect(span([...table])).toBeCloseTo(1, 9);
  });

  it('shows in a sealed cuff about the size it is given, at its cadence', () => {
    const m = NOMINAL_MOTIONS[kind];
    const motions = { ...NOMINAL_MOTIONS, [kind]: { ...m, tone: 0, pause: 0, slowing: 0 } };
    const rig = makeRig({ plant: TIGHT_THIGH, limb: { ...STILL, kind, motions } });
    fill(rig, rig.targetMmHg, 2000);
    const base = rig.p2;
    rig.setActivity(kind);
    rig.advanceTo(rig.nowMs + Math.round(2000 / m.hz));
    const seen: number[] = [];
    const sizes: number[] = [];
    let ups = 0;
    for (let i = 0; i < 20; i += 1) {
      const cycle: number[] = [];
      const end = rig.nowMs + Math.round(1000 / m.hz / 4) * 4;
      while (rig.nowMs < end) {
        rig.advanceTo(rig.nowMs + 4);
        cycle.push(rig.p2);
      }
      sizes.push(span(cycle));
      seen.push(...cycle);
    }
    const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
    expect(mean / m.mmHg).toBeGreaterThan(0.85);
    expect(mean / m.mmHg).toBeLessThan(1.3);
    // one crossing of the upper third of the wave a cycle; ringing may add a few
    const level = base + 0.7 * m.mmHg;
    for (let i = 1; i < seen.length; i += 1)
      if ((seen[i - 1] as number) < level && (seen[i] as number) >= level) ups += 1;
    expect(ups).toBeGreaterThan(14);
    expect(ups).toBeLessThan(kind === 'run' || kind === 'walk' ? 32 : 24);
  });

  it('starts and stops within a cycle', () => {
    const limb = new Limb(
      { ...STILL, kind, motions: { ...NOMINAL_MOTIONS, [kind]: { ...NOMINAL_MOTIONS[kind], tone: 0 } } },
      new Random(2),
      SCALE,
    );
    const run = (from: number, to: number): number[] => {
      const out: number[] = [];
      for (let t = from + LIMB_GRID_MS; t <= to; t += LIMB_GRID_MS) out.push(limb.step(t, 150));
      return out;
    };
    expect(span(run(0, 2000))).toBe(0);
    limb.setActivity(kind, 2000);
    const cycle = 1000 / NOMINAL_MOTIONS[kind].hz;
    expect(span(run(2000, 2000 + Math.round((1.3 * cycle) / 4) * 4))).toBeGreaterThan(
      0.5 * NOMINAL_MOTIONS[kind].mmHg,
    );
    limb.setActivity('rest', 6000);
    run(6000, 6400);
    expect(span(run(6400, 9000))).toBe(0);
  });
});

describe('limb', () => {
  it('pulse, breath and tremor have their sizes; the pulse is largest near half of LOP and small in an empty cuff', () => {
    const only = (x: Partial<LimbParams>): LimbParams => ({ ...STILL, ...x });
    expect(span(listen(only({ breathMmHg: 0.8 }), 20_000))).toBeCloseTo(0.8, 1);
    expect(span(listen(only({ tremorMmHg: 0.3 }), 5000))).toBeCloseTo(0.3, 1);
    expect(span(listen(only({ pulseMmHg: 2 }), 20_000, 95))).toBeCloseTo(2, 1);
    expect(span(listen(only({ pulseMmHg: 2 }), 20_000, 190))).toBeLessThan(1);
    expect(span(listen(only({ pulseMmHg: 2 }), 20_000, 0))).toBe(0);
  });

  it('swells under pressure only', () => {
    const swelling = { ...STILL, swelling: 0.04, swellingS: 50 };
    expect(span(listen(swelling, 100_000, 150))).toBeGreaterThan(4.5);
    expect(span(listen(swelling, 100_000, 5))).toBe(0);
  });

  it('coughs, bumps, stands up and slips as told', () => {
    const events: LimbParams['events'] = [
      { kind: 'cough', atMs: 1000, size: 20, ms: 400 },
      { kind: 'bump', atMs: 4000, size: 100, ms: 200 },
      { kind: 'stand-up', atMs: 6000, size: 25, ms: 800 },
      { kind: 'strap-slip', atMs: 10_000, size: 0.3, ms: 400 },
    ];
    const x = listen({ ...STILL, events }, 12_000);
    expect(at(x, 1200)).toBeCloseTo(20, 6);
    expect(at(x, 3000)).toBe(0);
    expect(at(x, 4100)).toBeCloseTo(100, 6);
    expect(at(x, 4400)).toBe(0);
    expect(at(x, 9000)).toBeCloseTo(25, 6);
    expect(at(x, 11_000)).toBeCloseTo(25 - 60, 6);
  });

  it('follows a time line of activities', () => {
    const limb = {
      ...STILL,
      kind: 'run' as const,
      timeline: [
        { kind: 'run' as const, fromMs: 2000, toMs: 6000 },
        { kind: 'stand' as const, fromMs: 6000, toMs: 8000 },
      ],
      standMmHg: 12,
      motions: { ...NOMINAL_MOTIONS, run: { ...NOMINAL_MOTIONS.run, tone: 0 } },
    };
    const x = listen(limb, 12_000);
    expect(span(x.slice(0, 2000 / LIMB_GRID_MS - 1))).toBe(0);
    expect(span(x.slice(3000 / LIMB_GRID_MS, 6000 / LIMB_GRID_MS))).toBeGreaterThan(10);
    expect(at(x, 7600)).toBeCloseTo(12, 6);
    expect(at(x, 10_000)).toBeCloseTo(0, 6);
  });

  it('shifts its posture now and then at rest, never far away', () => {
    const x = listen({ ...STILL, postureEveryS: 20, postureShare: 0.05 }, 600_000, 150, undefined, 3);
    expect(span(x)).toBeGreaterThan(5);
    expect(x.reduce((a, b) => Math.max(a, Math.abs(b)), 0)).toBeLessThan(0.16 * 150);
  });

  it('seats the cuff by motion only, over a few repetitions', () => {
    const rig = makeRig({
      plant: { ...TIGHT_THIGH, seat: 0.15, seatReps: 6 },
      limb: { ...STILL, kind: 'legpress' },
    });
    fill(rig, 152, 10_000);
    expect(rig.seatedMl).toBe(0);
    rig.setActivity('legpress');
    rig.advanceTo(rig.nowMs + 10_000);
    const early = rig.seatedMl;
    rig.advanceTo(rig.nowMs + 60_000);
    expect(early).toBeGreaterThan(0.3 * rig.seatedMl);
    expect(early).toBeLessThan(0.8 * rig.seatedMl);
  });

  it('samples people inside the ranges of the literature', () => {
    const people = Array.from({ length: 300 }, (_, i) => sampleLimb(new Random(i), 'run'));
    const mid = (x: number[]): number => [...x].sort((a, b) => a - b)[150] as number;
    expect(mid(people.map((p) => p.motions.run.mmHg))).toBeGreaterThan(18);
    expect(mid(people.map((p) => p.motions.run.mmHg))).toBeLessThan(30);
    expect(mid(people.map((p) => p.motions.legpress.mmHg))).toBeGreaterThan(30);
    expect(mid(people.map((p) => p.motions.legpress.mmHg))).toBeLessThan(42);
    const typical = nominalLimb('run').motions;
    expect([typical.legpress.mmHg, typical.walk.mmHg, typical.run.mmHg]).toEqual([40, 16, 20]);
  });
});
