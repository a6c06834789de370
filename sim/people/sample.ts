/** Draws simulated people. Spreads are from the literature, not from measurements of ours. */
import { type Artery, arteryVolume } from '../plant/artery.ts';
import { sealedCompliance } from '../plant/compliance.ts';
import { NOMINAL_ARM, NOMINAL_THIGH, type PlantParams } from '../plant/params.ts';
import type { Random } from '../plant/random.ts';
import { drawMember, drawStretch, FAMILIES, type FamilyName } from './family.ts';
import type { Behaviour, PersonTraits } from './traits.ts';

/** Largest steady pulse that an artery shows in a sealed cuff over all pressures, mmHg p-p. */
export function peakPulse(artery: Artery, plant: PlantParams, systolic: number, diastolic: number): number {
  let peak = 0;
  for (let p = 20; p <= 260; p += 5) {
    const swing = arteryVolume(artery, systolic, systolic, p) - arteryVolume(artery, diastolic, diastolic, p);
    peak = Math.max(peak, swing / sealedCompliance(plant, p));
  }
  return peak;
}

/**
 * A cuff for the measurement: every volume and creep figure drawn over its range (params.ts), thigh in seven of ten.
 * Only what matters to a slow measurement is drawn; valve and pump stay nominal but for the pump's flow.
 */
export function sampleMeasuringCuff(rng: Random, family: FamilyName): PlantParams {
  const over = drawStretch(rng.fork('family'), family);
  const thigh = rng.chance(0.7);
  const base = thigh ? NOMINAL_THIGH : NOMINAL_ARM;
  const share = thigh ? 1 : 0.48;
  return {
    ...base,
    residualMl: share * rng.lognormal(25, 0.4, 10, 50),
    slackMl: over * share * rng.lognormal(140, 0.35, 60, 250),
    slackMmHg: rng.range(12, 36),
    stretch: over * share * rng.lognormal(0.3, 0.45, 0.1, 0.8),
    creepFast: rng.range(0.01, 0.08),
    creepFastS: rng.range(2, 10),
    creepSlow: rng.range(0.02, 0.15),
    creepSlowS: rng.range(20, 120),
    leakMmHgPerMin: rng.lognormal(3, 0.7, 0.5, 15),
    pumpFlow: rng.lognormal(38, 0.35, 16, 55),
  };
}

/** How occlusion pressures spread: as systolic pressure over a drawn eta gives them, or evenly over 110-240. */
export type LopSpread = 'natural' | 'even';

function sampleBody(rng: Random, spread: LopSpread): { lopMmHg: number; systolic: number; eta: number } {
  for (;;) {
    const systolic = 126 + 17 * rng.gauss();
    const even = rng.range(110, 240);
    const drawn = rng.range(0.5, 1.02);
    const lopMmHg = spread === 'even' ? even : systolic / drawn;
    const eta = systolic / lopMmHg;
    const normal = systolic >= 88 && systolic <= 185 && eta >= 0.5 && eta <= 1.02;
    if (normal && lopMmHg >= 110 && lopMmHg <= 240) return { lopMmHg, systolic, eta };
  }
}

/**
 * One wearer, wider than any one study: the hump's width, place and skewness and the residual above occlusion all vary.
 * @param behaviour `rest`: what happens to somebody who sits still, with the odd bump, fidget and cough; `move`: somebody who does not
 */
export function samplePerson(
  rng: Random,
  behaviour: Behaviour,
  plant: PlantParams | null,
  spread: LopSpread,
  family: FamilyName,
): PersonTraits {
  const { lopMmHg, systolic, eta } = sampleBody(rng, spread);
  const member = drawMember(rng.fork('family'), family);
  const cuff = plant ?? sampleMeasuringCuff(rng.fork('cuff'), family);
  const diastolic = systolic * (1 - Math.min(0.52, Math.max(0.22, 0.36 + 0.065 * rng.gauss())));
  const raw: Artery = {
    law: FAMILIES[family].law,
    profile: member.profile,
    eta,
    edge: member.edge,
    rest: member.rest,
    squeezed: rng.lognormal(0.09, 0.28, 0.045, 0.16),
    open: rng.lognormal(0.026, 0.4, 0.009, 0.06),
    volumeMl: 1,
    thump: 0,
  };
  const unit = peakPulse(raw, cuff, systolic, diastolic);
  const peak = rng.lognormal(cuff.limb === 'thigh' ? 1.25 : 1.8, 0.45, 0.5, 3.5);
  const volumeMl = peak / unit;
  const thumpShare = rng.chance(0.5) ? rng.range(0, 0.14) : 0;
  const thump = (thumpShare * peak * sealedCompliance(cuff, lopMmHg)) / (systolic - diastolic);
  const fibrillation = rng.chance(0.05);
  const uneasy = rng.chance(0.3);
  const moves = behaviour === 'move';
  return {
    lopMmHg,
    artery: { ...raw, volumeMl, thump },
    systolic,
    diastolic,
    heartRate: rng.range(45, 120),
    intervalSpread: fibrillation ? rng.range(0.15, 0.28) : rng.range(0.01, 0.05),
    fibrillation,
    ectopic: !fibrillation && rng.chance(0.08) ? rng.range(0.03, 0.12) : 0,
    systolicSpread: fibrillation ? rng.range(4, 8) : rng.range(1, 3),
    breathHz: rng.range(0.15, 0.35),
    breathSystolic: rng.range(1.5, 4),
    breathMmHg: rng.range(0.2, 1.5),
    rise: rng.range(0.12, 0.3),
    decay: rng.range(1.5, 4.5),
    notch: rng.range(0, 0.2),
    wave: member.wave,
    refillS: member.refillS,
    opensMmHg: member.opensMmHg,
    mayerMmHg: member.mayerMmHg,
    mayerHz: member.mayerHz,
    runOffS: rng.lognormal(1.3, 0.5, 0.4, 5),
    drift: 2 * rng.gauss(),
    tremorMmHg: rng.chance(0.15) ? rng.range(0.1, 0.5) : 0,
    tremorHz: rng.range(8, 12),
    bumps: moves ? rng.range(0.05, 0.25) : 0.02,
    fidgets: moves ? rng.range(0.02, 0.1) : uneasy ? 0.012 : 0.002,
    coughs: moves ? 0.01 : uneasy ? 0.005 : 0.001,
    motionMmHg: moves ? rng.lognormal(3, 0.7, 0.6, 12) : 0,
    motionHz: rng.range(0.35, 1.6),
    motionShare: moves ? rng.range(0.15, 1) : 0,
  };
}
