/**
 * The record of the sizing of windows under way: made once, at boot. Must never be made anew for a window: that would cost memory in the middle of a measurement.
 */
import { createHarmonics, type Harmonics } from './harmonics.ts';

/** Most beats (half a beat apart) that a window is cut into. */
export const MAX_CUTS = 16;

export interface Sizing {
  /** Window, stage of its work and sample. */
  k: number;
  stage: number;
  i: number;
  /** Angle of the heart rate a sample; samples a beat. */
  angle: number;
  beat: number;
  /** True: the rhythm is regular enough to take the trend that the harmonics hid out of the data. */
  regular: boolean;
  /** Noise variance to subtract, mmHg^2. */
  floor: number;
  /** Goertzel's recursions at the rate and at twice the rate. */
  two: number;
  four: number;
  a1: number;
  a2: number;
  b1: number;
  b2: number;
  harmonics: Harmonics;
  /** Peak-to-peaks of the cuts in rising order, in stored units, and the cut at work. */
  cuts: Int16Array;
  cut: number;
  /** Half beat at work, where it ends, its highest and lowest, and those of the one before. */
  segment: number;
  last: number;
  hi: number;
  lo: number;
  hiBefore: number;
  loBefore: number;
}

export function createSizing(): Sizing {
  return {
    k: 0,
    stage: 0,
    i: 0,
    angle: 0,
    beat: 0,
    regular: false,
    floor: 0,
    two: 0,
    four: 0,
    a1: 0,
    a2: 0,
    b1: 0,
    b2: 0,
    harmonics: createHarmonics(),
    cuts: new Int16Array(MAX_CUTS),
    cut: 0,
    segment: 0,
    last: 0,
    hi: 0,
    lo: 0,
    hiBefore: 0,
    loBefore: 0,
  };
}
