/**
 * The sensor parts: one record each, with everything that the simulator knows of it. A new part is one record here and its driver in
 * `hal/sensors`; a test builds and runs a dummy so. Nothing here may know the driver: both follow the data sheet on their own.
 */
import { clip } from './clip.ts';
import type { Random } from './random.ts';

/** How a board talks to a part. `register` is the number that comes first in a write, before a read. */
export type Wiring =
  /** I2C: `command` starts a conversion, a read gives a status byte and 24 bits of code. */
  | {
      readonly how: 'command';
      readonly address: number;
      readonly command: readonly number[];
      /** Its supply must rise quickly, or it must be reset after that; else it never answers. */
      readonly fastSupply?: true;
    }
  /**
   * I2C: writing `start` (register, value) starts a conversion; that register reads `running` meanwhile and 0 afterwards; 24 bits of
   * code at `data`.
   */
  | {
      readonly how: 'registers';
      readonly address: number;
      readonly start: readonly [register: number, value: number];
      readonly running: number;
      readonly data: number;
    }
  /** A voltage at the board's analogue input: code `codes` is `fullMv` at the pin. */
  | { readonly how: 'analog'; readonly codes: number; readonly fullMv: number }
  /** I2C: an ADS1115, of which a single conversion is started and read as 16 bits. */
  | { readonly how: 'ads1115'; readonly address: number }
  /** 24 signed bits, shifted out by a clock on one pin over another. */
  | { readonly how: 'clocked' }
  /** Not wired to a virtual board: a part of the draw only. */
  | { readonly how: 'none' };

/** How a part turns pressure into a whole number: code = code0 + counts a mmHg x (mmHg above its reference), limited to [codeMin, codeMax]. */
export interface SensorParams {
  readonly kind: string;
  /** The driver in `hal/sensors` that is for this part, as `--sensor` names it; left out = none is. */
  readonly driver?: string;
  readonly wiring: Wiring;
  /** Error budget of a drawer full of them: offset before zeroing (SD, mmHg), gain (SD, share), noise (SD of its logarithm). */
  readonly spread: { readonly offset: number; readonly gain: number; readonly noise: number };
  /** Reads against vacuum (true) or against the room. */
  readonly absolute: boolean;
  /** Code at 0 mmHg (absolute or gauge). */
  readonly codeZero: number;
  readonly codesPerMmHg: number;
  readonly codeMin: number;
  readonly codeMax: number;
  /** `command`: a conversion starts on command. `free`: runs by itself. `direct`: every read converts. */
  readonly start: 'command' | 'free' | 'direct';
  /** Length of a conversion, ms; the pressure is taken in its middle. */
  readonly conversionMs: number;
  /**
   * The converter's own filter: weights of what the last conversions saw, the newest first, 1 together. It has nothing to say before it has seen
   * so many. Left out: a conversion is what it saw.
   */
  readonly filter?: readonly number[];
  /** White noise of one conversion, SD, mmHg. */
  readonly noiseMmHg: number;
  /** Offset that zeroing removes, mmHg, and the part of the error that it does not (grows in below 30 mmHg), mmHg. */
  readonly offsetMmHg: number;
  readonly bendMmHg: number;
  /** Gain error, share. */
  readonly gain: number;
  /** Warm-up drift, mmHg (time constant 4 min), and steady drift, mmHg/min. */
  readonly warmUpMmHg: number;
  readonly driftMmHgPerMin: number;
  /** Room pressure, mmHg, and its change with the weather, mmHg/h (absolute parts only). */
  readonly ambientMmHg: number;
  readonly weatherMmHgPerH: number;
  /** Chance of a spike and of no answer, a conversion. */
  readonly spikeChance: number;
  readonly spikeMmHg: number;
  readonly nakChance: number;
}

const PSI_MMHG = 51.71493;
const KPA_MMHG = 7.500617;
const CLEAN = {
  offsetMmHg: 0,
  bendMmHg: 0,
  gain: 0,
  warmUpMmHg: 0,
  driftMmHgPerMin: 0,
  ambientMmHg: 755,
  weatherMmHgPerH: 0,
  spikeChance: 0,
  spikeMmHg: 2,
  nakChance: 0,
};

/** A decimating filter of fourth order: it has settled after four conversions, and is two of them late. */
const SETTLES_IN_FOUR = [1 / 24, 11 / 24, 11 / 24, 1 / 24] as const;

const PARTS = {
  // 10-90 % of 2^24 over 0..25 psi absolute
  MPRLS: {
    ...CLEAN,
    kind: 'MPRLS',
    driver: 'mprls',
    // 10 V/ms, or a pulse at RES
    wiring: { how: 'command', address: 0x18, command: [0xaa, 0, 0], fastSupply: true },
    spread: { offset: 8, gain: 0.006, noise: 0.35 },
    absolute: true,
    codeZero: 0x199999,
    codesPerMmHg: (0xe66666 - 0x199999) / (25 * PSI_MMHG),
    codeMin: 0x199999,
    codeMax: 0xe66666,
    start: 'command',
    conversionMs: 5,
    noiseMmHg: 0.06,
  },
  // 10-90 % of 2^24 over 0..10 psi; clips at about 108 %
  ABP2: {
    ...CLEAN,
    kind: 'ABP2',
    driver: 'abp2',
    wiring: { how: 'command', address: 0x28, command: [0xaa, 0, 0] },
    spread: { offset: 3.2, gain: 0.005, noise: 0.3 },
    absolute: false,
    codeZero: 0x19999a,
    codesPerMmHg: (0xe66666 - 0x19999a) / (10 * PSI_MMHG),
    codeMin: 0x19999a - Math.round(((0xe66666 - 0x19999a) / (10 * PSI_MMHG)) * 20),
    codeMax: 0xe66666 + Math.round(((0xe66666 - 0x19999a) / (10 * PSI_MMHG)) * 42),
    start: 'command',
    conversionMs: 5,
    noiseMmHg: 0.08,
  },
  // the same over 0..5 psi: the build refuses it, people have it fitted
  'ABP2-05': {
    ...CLEAN,
    kind: 'ABP2-05',
    wiring: { how: 'command', address: 0x28, command: [0xaa, 0, 0] },
    spread: { offset: 1.6, gain: 0.005, noise: 0.3 },
    absolute: false,
    codeZero: 0x19999a,
    codesPerMmHg: (0xe66666 - 0x19999a) / (5 * PSI_MMHG),
    codeMin: 0x19999a - Math.round(((0xe66666 - 0x19999a) / (5 * PSI_MMHG)) * 5),
    codeMax: 0xe66666 + Math.round(((0xe66666 - 0x19999a) / (5 * PSI_MMHG)) * 21),
    start: 'command',
    conversionMs: 5,
    noiseMmHg: 0.04,
  },
  // signed 24 bit, Pa x 64, 0..100 kPa
  XGZP6847D: {
    ...CLEAN,
    kind: 'XGZP6847D',
    driver: 'xgzp6847d',
    wiring: { how: 'registers', address: 0x6d, start: [0x30, 0x0a], running: 0x08, data: 0x06 },
    spread: { offset: 5, gain: 0.01, noise: 0.3 },
    absolute: false,
    codeZero: 0,
    codesPerMmHg: 133.322 * 64,
    codeMin: Math.round(-25 * 133.322 * 64),
    codeMax: 100000 * 64,
    start: 'command',
    conversionMs: 20,
    noiseMmHg: 0.2,
  },
  // the same, Pa x 128, 0..40 kPa: the build refuses it, people have it fitted
  'XGZP6847D-040': {
    ...CLEAN,
    kind: 'XGZP6847D-040',
    wiring: { how: 'registers', address: 0x6d, start: [0x30, 0x0a], running: 0x08, data: 0x06 },
    spread: { offset: 2.5, gain: 0.01, noise: 0.3 },
    absolute: false,
    codeZero: 0,
    codesPerMmHg: 133.322 * 128,
    codeMin: Math.round(-10 * 133.322 * 128),
    codeMax: 40000 * 128,
    start: 'command',
    conversionMs: 20,
    noiseMmHg: 0.1,
  },
  // signed 24 bit, gain 128, 40 kPa bridge: calibrated per unit; past the bridge's 300 mmHg up to the converter's end. Settling from memory:
  // 100 ms at 40 conversions a second, 400 at 10, four conversions; rates, gain and supply are on the data sheet's first page
  HX710B: {
    ...CLEAN,
    kind: 'HX710B',
    driver: 'hx710b',
    wiring: { how: 'clocked' },
    spread: { offset: 5, gain: 0.012, noise: 0.4 },
    absolute: false,
    codeZero: 0,
    codesPerMmHg: 20000,
    codeMin: -0x800000,
    codeMax: 0x7fffff,
    start: 'free',
    conversionMs: 25,
    filter: SETTLES_IN_FOUR,
    noiseMmHg: 0.15,
  },
  // 0.2 V at zero, 90 mV/kPa at 5 V, ratiometric ADC
  'MPX5050-12': {
    ...CLEAN,
    kind: 'MPX5050-12',
    driver: 'mpx5050',
    wiring: { how: 'analog', codes: 4095, fullMv: (5000 * 2) / 3 },
    spread: { offset: 4, gain: 0.01, noise: 0.2 },
    absolute: false,
    codeZero: (0.2 / 5) * 4095,
    codesPerMmHg: ((0.09 / KPA_MMHG) * 4095) / 5,
    codeMin: Math.round((0.1 / 5) * 4095),
    codeMax: Math.round((4.7 / 5) * 4095),
    start: 'direct',
    conversionMs: 0,
    noiseMmHg: 0.25,
  },
  // the same output behind two thirds, in steps of 125 uV
  'MPX5050-ADS1115': {
    ...CLEAN,
    kind: 'MPX5050-ADS1115',
    driver: 'mpx5050-ads1115',
    wiring: { how: 'ads1115', address: 0x48 },
    spread: { offset: 4, gain: 0.01, noise: 0.2 },
    absolute: false,
    codeZero: (200 * 2) / 3 / 0.125,
    codesPerMmHg: ((90 / KPA_MMHG) * 2) / 3 / 0.125,
    codeMin: Math.round((100 * 2) / 3 / 0.125),
    codeMax: Math.round((4700 * 2) / 3 / 0.125),
    start: 'command',
    conversionMs: 2,
    noiseMmHg: 0.2,
  },
  'MPX5050-10': {
    ...CLEAN,
    kind: 'MPX5050-10',
    wiring: { how: 'none' },
    spread: { offset: 4, gain: 0.01, noise: 0.2 },
    absolute: false,
    codeZero: (0.2 / 5) * 1023,
    codesPerMmHg: ((0.09 / KPA_MMHG) * 1023) / 5,
    codeMin: Math.round((0.1 / 5) * 1023),
    codeMax: Math.round((4.7 / 5) * 1023),
    start: 'direct',
    conversionMs: 0,
    noiseMmHg: 0.35,
  },
} satisfies Record<string, SensorParams>;

export type SensorKind = keyof typeof PARTS;

/** Ideal parts: the transfer of the data sheet, typical noise, no errors. */
export const SENSORS: Readonly<Record<SensorKind, SensorParams>> = PARTS;

/** One part as it may lie in a drawer: offset, gain, drift, noise, now and then a spike or no answer. */
export function sampleSensor(rng: Random, kind: SensorKind): SensorParams {
  const r = rng.fork('sensor');
  const { spread } = SENSORS[kind];
  const bad = r.chance(0.05);
  return {
    ...SENSORS[kind],
    noiseMmHg: bad ? r.range(0.3, 0.5) : r.lognormal(SENSORS[kind].noiseMmHg, spread.noise, 0.03, 0.4),
    offsetMmHg: spread.offset * clip(r.gauss(), 2.3),
    bendMmHg: r.range(0.2, 0.6) * clip(r.gauss(), 2.5),
    gain: spread.gain * clip(r.gauss(), 2.5),
    warmUpMmHg: r.range(-1.5, 1.5),
    driftMmHgPerMin: 0.06 * clip(r.gauss(), 2.5),
    ambientMmHg: r.range(690, 775),
    weatherMmHgPerH: r.range(-1.5, 1.5),
    conversionMs: kind === 'HX710B' && r.chance(0.4) ? 100 : SENSORS[kind].conversionMs,
    spikeChance: bad ? 0.006 : r.chance(0.3) ? 0.0003 : 0,
    spikeMmHg: r.range(1.2, 3),
    nakChance: r.chance(0.3) ? 0.0002 : 0,
  };
}
