/**
 * Finds the one heart rate of a whole sweep, from the autocorrelation summed over its windows. Must never give a rate from no windows:
 * both results are 0 then.
 */
import type { Steps } from './steps.ts';

/** Rates looked at: evenly spaced in beats a minute. 43 to 131. */
export const RATE_MIN = 43;
export const RATE_STEP = 4;
export const RATES = 23;
/** The second harmonic may add at most this share of the fundamental (stops the lock to half the rate), percent. */
const SECOND_PERCENT = 30;

/** Lags evened in one slice. */
const RATE_LAGS = 10;

/** The one heart rate over all windows: power over a grid of rates, from the summed autocorrelation. */
export interface Rate {
  /** Rate at work, index into the grid. */
  i: number;
  /** Lag at work before that. */
  lag: number;
  /** 0: the fundamental's power is next, 1: the second harmonic's; the former. */
  half: number;
  first: number;
  /** Largest power so far. */
  best: number;
  /** Power at each rate of the grid. */
  power: Float32Array;
  /** Result: beats a minute, and how alike beats one rate apart are (1 = equal), both 0 when nothing was found. */
  perMinute: number;
  regularity: number;
}

export function createRate(): Rate {
  return {
    i: 0,
    lag: 0,
    half: 0,
    first: 0,
    best: 0,
    power: new Float32Array(RATES),
    perMinute: 0,
    regularity: 0,
  };
}

export function startRate(r: Rate, steps: Steps): void {
  r.i = 0;
  r.lag = steps.firstLag;
  r.half = 0;
  r.best = 0;
  r.perMinute = 0;
  r.regularity = 0;
}

/** Power at an angle a lag (half its usual scale): cosine sum over the lags under a falling taper. */
function powerAt(steps: Steps, angle: number): number {
  const two = 2 * Math.cos(angle);
  let before = Math.cos((steps.firstLag - 1) * angle);
  let now = Math.cos(steps.firstLag * angle);
  let sum = 0;
  for (let lag = steps.firstLag; lag < steps.endLag; lag = lag + 1) {
    sum = sum + (steps.lags[lag] as number) * now * (steps.endLag - lag);
    const next = two * now - before;
    before = now;
    now = next;
  }
  return sum / steps.endLag;
}

function angleOf(steps: Steps, perMinute: number): number {
  return (2 * Math.PI * perMinute * 2 * steps.spacing) / 60000;
}

function addSecond(r: Rate, second: number): void {
  const cap = (r.first * SECOND_PERCENT) / 100;
  const power = r.first + (second < cap ? second : cap);
  r.power[r.i] = power;
  if (power > r.best) r.best = power;
  r.i = r.i + 1;
  r.half = 0;
}

/** Some lags, each by the votes it has. */
function evenLags(r: Rate, steps: Steps): boolean {
  const end = r.lag + RATE_LAGS < steps.endLag ? r.lag + RATE_LAGS : steps.endLag;
  for (let lag = r.lag; lag < end; lag = lag + 1) {
    const votes = steps.voted[lag] as number;
    if (votes > 0) steps.lags[lag] = (steps.lags[lag] as number) / votes;
  }
  r.lag = end;
  return false;
}

/** A rate whose fundamental cannot win any more, whatever its second harmonic adds, is not looked at further. */
function addFirst(r: Rate, first: number): void {
  r.first = first;
  r.half = 1;
  if (100 * first > (100 - SECOND_PERCENT) * r.best) return;
  r.power[r.i] = first;
  r.i = r.i + 1;
  r.half = 0;
}

/** One rate's power; true when the grid is done and the result stands. */
export function workRate(r: Rate, steps: Steps): boolean {
  if (r.lag < steps.endLag) return evenLags(r, steps);
  if (r.i === RATES) {
    if (steps.votes > 0) pickRate(r, steps);
    return true;
  }
  const angle = angleOf(steps, RATE_MIN + RATE_STEP * r.i);
  if (r.half === 0) addFirst(r, powerAt(steps, angle));
  else addSecond(r, powerAt(steps, 2 * angle));
  return false;
}

function pickRate(r: Rate, steps: Steps): void {
  let best = 1;
  for (let i = 2; i < RATES - 1; i = i + 1) {
    if ((r.power[i] as number) > (r.power[best] as number)) best = i;
  }
  const a = r.power[best - 1] as number;
  const b = r.power[best] as number;
  const c = r.power[best + 1] as number;
  const bend = a - 2 * b + c;
  const shift = bend < 0 ? (a - c) / (2 * bend) : 0;
  const peakShift = shift > 1 ? 1 : shift < -1 ? -1 : shift;
  sharpen(r, steps, RATE_MIN + RATE_STEP * (best + peakShift));
}

/** The autocorrelation's own peak one beat away is sharper than the power's. */
function sharpen(r: Rate, steps: Steps, perMinute: number): void {
  const lagMs = 2 * steps.spacing;
  const lag = 60000 / (perMinute * lagMs);
  let best = Math.floor(lag + 1 / 2);
  if (best > steps.endLag - 2) best = steps.endLag - 2;
  if ((steps.lags[best + 1] as number) > (steps.lags[best] as number)) best = best + 1;
  else if ((steps.lags[best - 1] as number) > (steps.lags[best] as number)) best = best - 1;
  if (best > steps.endLag - 2) best = steps.endLag - 2;
  const a = steps.lags[best - 1] as number;
  const b = steps.lags[best] as number;
  const c = steps.lags[best + 1] as number;
  const bend = a - 2 * b + c;
  const shift = bend < 0 ? (a - c) / (2 * bend) : 0;
  const found = shift > -1 && shift < 1 ? best + shift : lag;
  r.perMinute = 60000 / (found * lagMs);
  r.regularity = b - ((a - c) * shift) / 4;
}
