/**
 * Takes the slow trend out of a window's stored samples, so that the pulse is left. Must never go beyond the window's end.
 */
import { SAMPLE_SCALE, type Steps, WINDOW_SAMPLES } from './steps.ts';

/**
 * Take the cubic `s.trend` of window k (mmHg, about the window's middle) from its stored samples from..to-1, in place. Returns where it
 * stopped: `to`, or the window's end.
 */
export function takeTrend(steps: Steps, k: number, from: number, to: number): number {
  const n = steps.length[k] as number;
  const c = (n - 1) / 2;
  const at = k * WINDOW_SAMPLES;
  const t0 = (steps.trend[4 * k] as number) * SAMPLE_SCALE - 1 / 2;
  const t1 = (steps.trend[4 * k + 1] as number) * SAMPLE_SCALE;
  const t2 = (steps.trend[4 * k + 2] as number) * SAMPLE_SCALE;
  const t3 = (steps.trend[4 * k + 3] as number) * SAMPLE_SCALE;
  const end = to < n ? to : n;
  for (let i = from; i < end; i = i + 1) {
    const m = i - c;
    steps.samples[at + i] = Math.floor((steps.samples[at + i] as number) - t0 - m * (t1 + m * (t2 + m * t3)));
  }
  return end;
}
