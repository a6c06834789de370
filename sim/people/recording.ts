/** Real bleeds of a cuff, recorded elsewhere, as a source for measurements. There is no reference reading with them. */
import { readFileSync } from 'node:fs';
import { createBeats, startBeats, workBeats } from '../../src/occlusion/beats.ts';
import { createFit, type Fit, startFit, workFit } from '../../src/occlusion/fit.ts';
import { clearSteps, createSteps, MAX_STEPS } from '../../src/occlusion/steps.ts';
import { createSweep, startSweep } from '../../src/occlusion/sweep.ts';
import { createFinding, type Finding, judgeNumber, judgeSignal } from '../../src/occlusion/verdict.ts';
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
    openWindow(window, steps, 40);
    for (let i = 0; i < length; i += 1) addToWindow(window, steps.samples, bleed[at + i] ?? Number.NaN, true);
    startBeats(beats, closeWindow(window, steps));
    while (workBeats(beats, steps));
  }
  const sweep = createSweep();
  startSweep(sweep, 292);
  sweep.complete = true;
  const fit = createFit();
  startFit(fit, steps);
  while (!workFit(fit, steps, beats));
  const finding = createFinding();
  judgeSignal(finding, fit, sweep, false);
  judgeNumber(finding, fit, sweep);
  return { fit, finding, pressures: [...steps.pressure.slice(0, steps.count)] };
}

/** Where the public recordings lie beside a checkout, if they are there. */
export const RECORDINGS = new URL('../../../shared/data/oscillometry/', import.meta.url).pathname;

/** Names of the four bleeds; 07 and 09 hold a false maximum of handling at 38-42 mmHg. */
export const BLEEDS = ['arm_03', 'arm_05', 'arm_07', 'arm_09'] as const;

/** Starts of the five cuts of a bleed, s after its highest pressure. */
export const CUT_STARTS = [4, 4.2, 4.4, 4.7, 5] as const;

/** Results of one bleed cut five ways, mmHg (0 = refused), and the heart rate of the first. */
export function cutFiveWays(name: string): { mmHg: number[]; heartRate: number } {
  const bleed = loadBleed(`${RECORDINGS}${name}.csv`);
  const findings = CUT_STARTS.map(
    (startS) => estimateBleed(bleed, { startS, windowS: 2.5, downTo: 30 }).finding,
  );
  return { mmHg: findings.map((f) => f.mmHg), heartRate: findings[0]?.heartRate ?? 0 };
}
