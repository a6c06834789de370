/**
 * Recordings of real cuffs, made by others, put through the firmware's own estimator. A bleed is cut into windows as if the cuff had been
 * held still in each: what comes out says how the estimator reads a real pulse, not how the device measures. Reads files only.
 */
import { createBeats, startBeats, workBeats } from '../src/occlusion/beats.ts';
import { createFit, type Fit, startFit, workFit } from '../src/occlusion/fit.ts';
import { clearSteps, createSteps, MAX_STEPS } from '../src/occlusion/steps.ts';
import { createSweep, startSweep } from '../src/occlusion/sweep.ts';
import { createFinding, type Finding, judgeNumber, judgeSignal } from '../src/occlusion/verdict.ts';
import { addToWindow, closeWindow, createWindow, openWindow } from '../src/occlusion/window.ts';
import { BadInput } from './input/bad-input.ts';

/** Readings a second that a recording is brought to, and the time of one, ms. */
const RATE = 25;
const READING_MS = 1000 / RATE;
/** Highest pressure that the estimator is told a sweep might have reached, mmHg. */
const CEILING_MMHG = 292;

/** Where in a line time (s) and pressure stand, counted from 1, and mmHg = (number + offset) x scale. */
export interface Columns {
  readonly time: number;
  readonly pressure: number;
  readonly offset: number;
  readonly scale: number;
}

/** A recorded bleed from its highest pressure on, 25 readings a second. Lines that hold no numbers are left out. Throws BadInput. */
export function readBleed(text: string, columns: Columns): number[] {
  const sums: { sum: number; n: number }[] = [];
  let first = Number.NaN;
  for (const line of text.split('\n')) {
    const cells = line.trim().split(/[\s,;]+/);
    const t = Number(cells[columns.time - 1] || Number.NaN);
    const p = (Number(cells[columns.pressure - 1] || Number.NaN) + columns.offset) * columns.scale;
    if (!Number.isFinite(t) || !Number.isFinite(p)) continue;
    if (Number.isNaN(first)) first = t;
    const at = Math.floor((t - first) * RATE + 1e-6);
    if (at < 0 || at > 1e6) throw new BadInput([`a time of ${t} s does not follow the ones before`]);
    const bin = sums[at];
    sums[at] = { sum: (bin?.sum ?? 0) + p, n: (bin?.n ?? 0) + 1 };
  }
  const means = Array.from(sums, (bin) => (bin === undefined ? Number.NaN : bin.sum / bin.n));
  if (means.length < 10 * RATE) throw new BadInput(['fewer than ten seconds of numbers in it']);
  return fromPeak(fillGaps(means));
}

/** A gap takes the reading before it: parts that were read less often than 25 times a second leave some. */
function fillGaps(means: readonly number[]): number[] {
  let last = means.find((x) => Number.isFinite(x)) ?? 0;
  return means.map((x) => {
    if (Number.isFinite(x)) last = x;
    return last;
  });
}

function fromPeak(means: readonly number[]): number[] {
  return means.slice(means.indexOf(Math.max(...means)));
}

export interface Cut {
  /** Seconds after the highest pressure at which the first window starts: the pump's last stroke has to settle. */
  readonly startS: number;
  readonly windowS: number;
  /** Windows below this pressure are left out, mmHg. */
  readonly downTo: number;
}

/** The estimator over windows cut from a bleed: the pressures fall inside a window, which the cubic trend takes away. */
export function estimateBleed(
  bleed: readonly number[],
  cut: Cut,
): { fit: Fit; finding: Finding; pressures: number[] } {
  const steps = createSteps();
  clearSteps(steps);
  const window = createWindow();
  const beats = createBeats();
  const first = Math.round(cut.startS * RATE);
  const length = Math.round(cut.windowS * RATE);
  let last = first;
  while (last + length < bleed.length && (bleed[last + length] ?? 0) > cut.downTo) last += 1;
  const hop = Math.max(5, Math.ceil((last - first) / (MAX_STEPS - 1)));
  for (let at = first; at <= last && steps.count < MAX_STEPS; at += hop) {
    openWindow(window, steps, READING_MS);
    for (let i = 0; i < length; i += 1) addToWindow(window, steps.samples, bleed[at + i] ?? Number.NaN, true);
    startBeats(beats, closeWindow(window, steps));
    while (workBeats(beats, steps));
  }
  const sweep = createSweep();
  startSweep(sweep, CEILING_MMHG);
  sweep.complete = true;
  const fit = createFit();
  startFit(fit, steps);
  fit.closed = true;
  while (!workFit(fit, steps, beats));
  const finding = createFinding();
  judgeSignal(finding, fit, sweep, false);
  judgeNumber(finding, fit, sweep);
  return { fit, finding, pressures: [...steps.pressure.slice(0, steps.count)] };
}
