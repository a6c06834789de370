/** Draws devices as hobbyists build them. */

import { PROPORTIONAL_SHUT } from './actuators.ts';
import type { BottleParams } from './bottle-params.ts';
import { DRIVER_DROP_MV, NOMINAL_ARM, NOMINAL_THIGH, type PlantParams } from './params.ts';
import type { Random } from './random.ts';

/**
 * `reference`: as the parts list recommends; `runner`: the same with a bottle of about 0.5 L; `any`: what hobbyists build, one in ten of
 * them with a bottle of some kind.
 */
export type Build = 'any' | 'reference' | 'runner';

/** Share of hobbyists' builds that have a bottle. */
const WITH_BOTTLE = 0.1;

/** A bottle as somebody may find one in the kitchen. */
function drawBottle(r: Random, runner: boolean): BottleParams {
  const lineBoreMm = runner ? r.range(4, 6) : r.range(2.5, 8);
  return {
    ml: runner ? r.range(470, 560) : r.lognormal(450, 0.4, 200, 1100),
    lineM: runner ? r.range(0.15, 0.4) : r.range(0.05, 0.8),
    lineBoreMm,
    fittingBoreMm: lineBoreMm * r.range(0.7, 0.95),
    fittingLoss: r.range(2, 4.5),
    at: runner || r.chance(0.8) ? 'cuff' : 'pump',
    exchangeS: r.range(1, 4),
    leakMmHgPerMin: r.lognormal(1.5, 0.8, 0.2, 12),
    tap: 'open',
    coupling: runner || r.chance(0.5) ? 'sealing' : 'plain',
  };
}

/** Share of hobbyists' on/off valves behind a hit-and-hold circuit. The parts list has none: no maker of a valve of it gives a duty to hold with. */
const WITH_HOLD = 0.12;

/**
 * What grows warm, from a stream of its own, so that everything else of a seed stays as it was. Whoever built it has seen the valve pull in hot with
 * the pump on, the circuit hold it, and the warm pump start against a training pressure, if only just: `p` bounds what is drawn.
 */
function drawHeat(r: Random, p: PlantParams, reference: boolean): Partial<PlantParams> {
  const drive = (p.batteryMv - DRIVER_DROP_MV) / p.ratedMv;
  const least = drive * (1 - p.sag);
  const power = Math.max(1, drive * drive);
  const needed = p.proportional ? PROPORTIONAL_SHUT : p.coilPull;
  const coilMost = Math.max(0, least / needed - 1) / power;
  const pumpMost =
    Math.max(0, drive - p.pumpStart - p.pumpStall * ((0.8 * p.lopMmHg) / p.pumpShutOff)) / drive;
  const coilHeat = Math.min(r.range(0.1, 0.22), 0.95 * coilMost);
  const held = r.chance(WITH_HOLD) && !reference && !p.proportional;
  const holdLeast = ((1 + coilHeat) * 1.2 * p.coilDrop) / least;
  return {
    coilHeat,
    coilHeatS: r.range(150, 450),
    coilHold: held ? Math.min(1, Math.max(r.range(0.35, 0.6), holdLeast)) : 1,
    pumpHeat: Math.min(r.range(0, 0.12), 0.8 * pumpMost),
    pumpHeatS: r.range(60, 240),
  };
}

/**
 * One device on one limb, drawn from the engineering ranges and a little beyond; skewed quantities are log-normal. `reference` draws
 * builds as the parts list recommends (sense line at the cuff, short hose, a pump of at least 2 L/min, relief valve); `any` draws what
 * hobbyists build. With rated pumps the draw agrees with the reference model of docs/sources.md: slopes, drop over the hose, capacities.
 */
export function samplePlant(
  rng: Random,
  opts: { readonly limb: 'thigh' | 'arm'; readonly build?: Build },
): PlantParams {
  const r = rng.fork('plant');
  const thigh = opts.limb === 'thigh';
  const runner = opts.build === 'runner';
  const reference = runner || opts.build === 'reference';
  const flask = rng.fork('bottle');
  const base = thigh ? NOMINAL_THIGH : NOMINAL_ARM;
  const long = !reference && r.chance(0.6);
  const hoseM = long ? r.range(0.35, 1.3) : r.range(0.05, 0.27);
  const hoseBoreMm = r.range(reference ? 2.5 : 2, 4.2);
  const halfHoseMl = (Math.PI / 8) * hoseBoreMm * hoseBoreMm * hoseM;
  const pumpFlow = reference
    ? r.lognormal(40, 0.2, 33, 58)
    : r.chance(0.08)
      ? r.range(7, 16)
      : r.lognormal(36, 0.33, 12, 60);
  const proportional = !reference && r.chance(0.1);
  const batteryMv = r.range(3600, 4180);
  // a proportional valve that its supply cannot shut would never have been kept
  const vb = reference ? r.range(0.88, 1.1) : r.lognormal(0.99, 0.1, proportional ? 0.95 : 0.65, 1.12);
  const pull = r.range(0.48, 0.8);
  const lopMmHg = thigh ? r.lognormal(188, 0.16, 110, 285) : r.lognormal(150, 0.14, 105, 225);
  const pumpShutOff = reference ? r.range(350, 620) : r.lognormal(430, 0.22, 240, 620);
  const pumpStall = r.range(0.08, 0.4);
  // whoever built it has seen it start against a training pressure, if only just
  const start = Math.min(
    r.lognormal(0.44, 0.22, 0.24, 0.74),
    vb - pumpStall * ((0.8 * lopMmHg) / pumpShutOff) - 0.03,
  );
  const slackMl = thigh ? r.lognormal(138, 0.3, 58, 260) : r.lognormal(62, 0.3, 28, 115);
  // four cuffs in ten have folds that fill first, as the recorded one has
  const folds = r.chance(0.4) ? r.range(0.1, 0.6) : 0;
  const plant: PlantParams = {
    ...base,
    sensorAt: reference || r.chance(0.08) ? 'cuff' : 'pump',
    valveAt: r.chance(reference ? 0 : 0.05) ? 'cuff' : 'pump',
    lopMmHg,
    manifoldMl: r.range(1.5, 6) + halfHoseMl,
    hoseM,
    hoseBoreMm,
    barbBoreMm: reference ? r.range(2, 3.6) : 1.2 + 2.4 * r.next() ** 1.6,
    barbLoss: r.range(1.5, 4),
    residualMl: thigh ? r.lognormal(24, 0.4, 9, 55) : r.lognormal(11, 0.4, 4.5, 22),
    slackMl: slackMl * (1 - folds),
    softMl: slackMl * folds,
    softMmHg: r.range(2.5, 10),
    slackMmHg: r.lognormal(21, 0.32, 9.5, 42),
    stretch: thigh ? r.lognormal(0.335, 0.4, 0.09, 0.85) : r.lognormal(0.155, 0.4, 0.045, 0.38),
    creepFast: r.lognormal(0.04, 0.5, 0.008, 0.09),
    creepFastS: r.range(2, 10.5),
    creepSlow: r.lognormal(0.065, 0.45, 0.015, 0.16),
    creepSlowS: r.lognormal(50, 0.45, 18, 130),
    seat: r.lognormal(0.15, 0.7, 0.025, 0.5),
    seatReps: r.range(3, 12),
    thermalS: r.lognormal(0.13, 0.45, 0.045, 0.42),
    leakMmHgPerMin: r.lognormal(3.4, 0.75, 0.4, 26),
    pumpFlow,
    pumpShutOff,
    pumpUpS: r.range(0.05, 0.2),
    pumpDownS: r.range(0.03, 0.15),
    pumpFriction: r.range(0.05, 0.25),
    pumpLoad: r.range(0.1, 0.4),
    pumpStart: start,
    pumpRun: start - r.range(0.04, 0.2) * (start / 0.45),
    pumpStall,
    pumpRipple: r.range(0.15, 1),
    pumpHz: r.range(30, 80),
    pumpBackLeak: r.chance(0.2) ? r.range(0, 0.002) : 0,
    valveC: reference ? r.lognormal(0.1, 0.25, 0.065, 0.22) : r.lognormal(0.092, 0.34, 0.04, 0.23),
    valveB: r.range(0.2, 0.5),
    coilMs: proportional ? r.range(14, 20) : r.range(2, 8),
    travelMs: r.range(1, 6),
    coilPull: Math.min(pull, vb * 0.85),
    coilDrop: Math.min(r.range(0.15, 0.4), pull - 0.15),
    flyback: r.chance(0.25) ? r.range(1.5, 4) : 1,
    proportional,
    bleed: !reference && r.chance(0.09) ? r.range(0.002, 0.03) : 0,
    relief: reference || r.chance(0.15) ? { crackMmHg: r.range(285, 330), flow: r.range(50, 80) } : null,
    bottle: runner || (!reference && flask.chance(WITH_BOTTLE)) ? drawBottle(flask, runner) : null,
    batteryMv,
    ratedMv: (batteryMv - 350) / vb,
    sag: r.range(0.02, 0.15),
  };
  return { ...plant, ...drawHeat(rng.fork('heat'), plant, reference) };
}
