import { readFileSync } from 'node:fs';
import { createBeats, startBeats, workBeats } from '../../src/occlusion/beats.ts';
import { createFit, type Fit, startFit, workFit } from '../../src/occlusion/fit.ts';
import { clearSteps, createSteps, MAX_STEPS } from '../../src/occlusion/steps.ts';
import { createSweep, startSweep } from '../../src/occlusion/sweep.ts';
import { createFinding, type Finding, judge } from '../../src/occlusion/verdict.ts';
import { addToWindow, closeWindow, createWindow, openWindow } from '../../src/occlusion/window.ts';

/** A recorded bleed at 25 samples a second, from its highest pressure on. */
export function loadBleed(file: string): number[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  const raw = lines.map((line) => Number(line.split(',')[1]));
  const peak = raw.indexOf(Math.max(...raw));
  const out: number[] = [];
  for (let i = peak; i + 8 <= raw.length; i += 8)
    out.push(raw.slice(i, i + 8).reduce((s, x) => s + x, 0) / 8);
  return out;
}

export interface Cut {
  /** Seconds after the highest pressure at which the first window starts; 4 lets the pump's last stroke settle. */
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
  const first = Math.round(cut.startS * 25);
  const length = Math.round(cut.windowS * 25);
  let last = first;
  while (last + length < bleed.length && (bleed[last + length] ?? 0) > cut.downTo) last += 1;
  const hop = Math.max(5, Math.ceil((last - first) / (MAX_STEPS - 1)));
  for (let at = first; at <= last && steps.count < MAX_STEPS; at += hop) {
    openWindow(window, 40);
    for (let i = 0; i < length; i += 1) addToWindow(window, steps, bleed[at + i] ?? Number.NaN, true);
    startBeats(beats, closeWindow(window, steps));
    while (workBeats(beats, steps));
  }
  const sweep = createSweep();
  startSweep(sweep, 292);
  sweep.complete = true;
  const fit = createFit();
  startFit(fit);
  while (!workFit(fit, steps, beats));
  const finding = createFinding();
  judge(finding, fit, sweep, 300);
  return { fit, finding, pressures: [...steps.pressure.slice(0, steps.count)] };
}
