/** What a limb and its motion are made of; nominal and drawn ones. */
import type { Random } from './random.ts';

/** Movements that press on the cuff. `stand` is upright and quiet. */
export type Exercise = 'legpress' | 'walk' | 'run' | 'cycle' | 'curl';
export type Activity = 'rest' | 'stand' | Exercise;
/** Things that happen once. `posture`, `stand-up`, `sit-down`, `strap-tighten` and `strap-slip` stay; the others pass. */
export type LimbEventKind =
  | 'cough'
  | 'bump'
  | 'posture'
  | 'stand-up'
  | 'sit-down'
  | 'strap-tighten'
  | 'strap-slip';

export interface LimbEvent {
  readonly kind: LimbEventKind;
  readonly atMs: number;
  /** Size: sealed-cuff mmHg, or for the strap the share of the cuff's volume (0.1 = 10 %). Typical when left out. */
  readonly size?: number;
  /** Length in ms; typical when left out. */
  readonly ms?: number;
}

/** One person's way of doing one movement. Sizes are what a sealed cuff at the training pressure would show. */
export interface MotionParams {
  /** Wave peak to peak, mmHg. */
  readonly mmHg: number;
  /** Cycles (repetitions, strides of one leg) a second. */
  readonly hz: number;
  /** Second hump or second harmonic, share of the first, 0-0.8. */
  readonly second: number;
  /** Depth below the resting level in the relaxed phase, share of the hump, 0-0.33. */
  readonly dip: number;
  /** Foot-strike ringing, share of the wave, 0-0.4, and its frequency, Hz, 6-20. */
  readonly strike: number;
  readonly strikeHz: number;
  /** Spread from cycle to cycle (SD, share) of period and amplitude. */
  readonly periodSd: number;
  readonly amplitudeSd: number;
  /** Growth of period and amplitude over two minutes of work, share; fatigue. */
  readonly slowing: number;
  readonly drift: number;
  /** Chance a cycle that the wearer pauses for 1-3 s. */
  readonly pause: number;
  /** Muscle tone while working: shift of the base line, share of the wave, -0.15..0.15. */
  readonly tone: number;
}

export interface LimbParams {
  /** The movement of this session, or rest. */
  readonly kind: 'rest' | Exercise;
  /** How this person moves. */
  readonly motions: Readonly<Record<Exercise, MotionParams>>;
  /** Pulse at its largest, mmHg p-p, 0.5-3; resting rate, beats a second; rate at work. */
  readonly pulseMmHg: number;
  readonly pulseHz: number;
  readonly pulseWorkHz: number;
  /** Breath, mmHg p-p, 0.2-1.5, and rate, Hz, 0.15-0.35. */
  readonly breathMmHg: number;
  readonly breathHz: number;
  /** Tremor, mmHg p-p, 0.1-0.5, and rate, Hz, 8-12. */
  readonly tremorMmHg: number;
  readonly tremorHz: number;
  /** Swelling of the limb under the cuff, share of the training pressure, 0-0.06, and its time constant, s, 60-150. */
  readonly swelling: number;
  readonly swellingS: number;
  /** Posture steps at rest: mean time between, s (0 = never), and size, share of the training pressure. */
  readonly postureEveryS: number;
  readonly postureShare: number;
  /** Step while upright, mmHg; standing up +10..40 (0 = the posture is the same in rest and work). */
  readonly standMmHg: number;
  /** What happens when. Later activities can be set at run time. */
  readonly timeline?: readonly { readonly kind: Activity; readonly fromMs: number; readonly toMs: number }[];
  readonly events?: readonly LimbEvent[];
}

const CALM = { strike: 0, strikeHz: 10, dip: 0, pause: 0 };

/**
 * The typical wearer of each movement. Sizes of leg press, walk and run are such that plain controllers score on them as the published
 * devices and the reference model do (inflate once 28 % in leg press; bang-bang of 2 mmHg 76, 93, 81 %: docs/sources.md), the same
 * calibration as the benchmark's sample.
 */
export const NOMINAL_MOTIONS: Readonly<Record<Exercise, MotionParams>> = {
  legpress: {
    ...CALM,
    mmHg: 40,
    hz: 0.45,
    second: 0.1,
    dip: 0.15,
    periodSd: 0.05,
    amplitudeSd: 0.1,
    slowing: 0.1,
    drift: 0,
    pause: 0.02,
    tone: 0.05,
  },
  curl: {
    ...CALM,
    mmHg: 30,
    hz: 0.5,
    second: 0.1,
    dip: 0.15,
    periodSd: 0.06,
    amplitudeSd: 0.1,
    slowing: 0.1,
    drift: 0,
    pause: 0.02,
    tone: 0.05,
  },
  walk: {
    ...CALM,
    mmHg: 16,
    hz: 0.95,
    second: 0.5,
    strike: 0.08,
    periodSd: 0.04,
    amplitudeSd: 0.08,
    slowing: 0,
    drift: 0,
    tone: 0.03,
  },
  run: {
    ...CALM,
    mmHg: 20,
    hz: 1.4,
    second: 0.5,
    strike: 0.22,
    strikeHz: 11,
    periodSd: 0.035,
    amplitudeSd: 0.08,
    slowing: 0.02,
    drift: 0,
    tone: 0.05,
  },
  cycle: {
    ...CALM,
    mmHg: 14,
    hz: 1.35,
    second: 0.05,
    periodSd: 0.025,
    amplitudeSd: 0.06,
    slowing: 0.02,
    drift: 0,
    tone: 0.03,
  },
};

/** A typical person at a kind of session. */
export function nominalLimb(kind: LimbParams['kind']): LimbParams {
  return {
    kind,
    motions: NOMINAL_MOTIONS,
    pulseMmHg: 1.2,
    pulseHz: 1.15,
    pulseWorkHz: 2,
    breathMmHg: 0.6,
    breathHz: 0.25,
    tremorMmHg: 0.2,
    tremorHz: 10,
    swelling: 0.03,
    swellingS: 100,
    postureEveryS: 0,
    postureShare: 0.04,
    standMmHg: 0,
  };
}

/**
 * One person, drawn over (and a little beyond) the ranges of the literature. Medians and spreads of the waves are calibrated on the cuff that
 * is inflated once and on plain controllers, not on the regulator (docs/control.md): `npm run bench:control` ends with that check.
 */
export function sampleLimb(rng: Random, kind: LimbParams['kind']): LimbParams {
  const r = rng.fork('limb');
  const spread = { dip: 0, strike: 0, strikeHz: 10, pause: 0 };
  return {
    kind,
    motions: {
      legpress: { ...rep(r), mmHg: r.lognormal(40, 0.34, 12, 80), hz: r.range(0.35, 0.6) },
      curl: { ...rep(r), mmHg: r.lognormal(28, 0.38, 10, 70), hz: r.range(0.33, 0.8) },
      walk: {
        ...spread,
        ...gait(r),
        mmHg: r.lognormal(16, 0.25, 5, 40),
        hz: r.range(0.78, 1.12),
        strike: r.range(0.02, 0.15),
      },
      run: {
        ...spread,
        ...gait(r),
        mmHg: r.lognormal(19, 0.3, 8, 60),
        hz: r.range(1.18, 1.58),
        strike: r.range(0.08, 0.4),
      },
      cycle: {
        ...spread,
        ...gait(r),
        mmHg: r.lognormal(14, 0.35, 5, 40),
        hz: r.range(1, 1.7),
        second: r.range(0, 0.15),
        periodSd: r.range(0.015, 0.04),
      },
    },
    pulseMmHg: r.lognormal(1.2, 0.5, 0.4, 3.2),
    pulseHz: r.range(0.85, 1.7),
    pulseWorkHz: r.range(1.6, 2.6),
    breathMmHg: r.lognormal(0.55, 0.5, 0.15, 1.7),
    breathHz: r.range(0.15, 0.35),
    tremorMmHg: r.range(0.05, 0.5),
    tremorHz: r.range(8, 12),
    swelling: r.range(0, 0.06),
    swellingS: r.range(50, 150),
    postureEveryS: r.chance(0.5) ? r.range(40, 200) : 0,
    postureShare: r.range(0.02, 0.08),
    standMmHg: 0,
  };
}

function rep(r: Random): MotionParams {
  return {
    mmHg: 0,
    hz: 0,
    second: r.range(0, 0.2),
    dip: r.range(0, 0.33),
    strike: 0,
    strikeHz: 10,
    periodSd: r.range(0.03, 0.08),
    amplitudeSd: r.range(0.05, 0.15),
    slowing: r.range(0, 0.25),
    drift: r.range(-0.15, 0.2),
    pause: r.chance(0.5) ? r.range(0, 0.06) : 0,
    tone: r.range(-0.1, 0.15),
  };
}

function gait(r: Random): MotionParams {
  return {
    mmHg: 0,
    hz: 0,
    second: r.range(0.3, 0.7),
    dip: 0,
    strike: 0,
    strikeHz: r.range(6, 20),
    periodSd: r.range(0.02, 0.06),
    amplitudeSd: r.range(0.05, 0.14),
    slowing: r.range(-0.03, 0.06),
    drift: r.range(-0.12, 0.12),
    pause: 0,
    tone: r.range(-0.1, 0.12),
  };
}
