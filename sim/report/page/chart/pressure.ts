/** The pressure chart: sensed, true and smoothed pressure, setpoint with its bands, a second run as a ghost, LOP, marks. */
import uPlot from 'uplot';
import { nearestRow, type PageRun, rowAt } from '../../page-run.ts';
import { type Palette, palette } from './colors.ts';
import { drawLop, drawMarks, type Mark } from './marks.ts';
import { drawBand, drawBetween, drawGaps, drawTrace, type Stroke } from './traces.ts';
import { timeText, type View } from './view.ts';
import { BarCache } from './window.ts';

/** Width of the numbers of the y axis, CSS pixels; the lanes have the same. */
export const GUTTER = 50;
export const RIGHT_PAD = 20;

export const TRACES = ['sensor', 'true', 'smoothed', 'setpoint', 'pump-end'] as const;
export type TraceName = (typeof TRACES)[number];

export interface Ghost {
  readonly run: PageRun;
  /** Added to its times, s. */
  readonly offsetS: number;
}

/** What the chart asks for at each drawing. */
export interface Scene {
  readonly run: PageRun;
  readonly ghost: Ghost | null;
  readonly marks: readonly Mark[];
  readonly view: View;
  readonly shown: ReadonlySet<TraceName>;
  /** See ChartOptions. */
  readonly fromZero: boolean;
}

/** Steps of the time axis that fall on whole seconds and minutes. */
const TIME_STEPS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

export function timeAxis(withLabels: boolean, ink: () => Palette): uPlot.Axis {
  return {
    stroke: () => ink().faint,
    grid: { stroke: () => ink().grid, width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
    size: withLabels ? 28 : 0,
    gap: 6,
    space: 64,
    incrs: TIME_STEPS,
    values: (_, ticks, __, ___, step) => ticks.map((tick) => (withLabels ? timeText(tick, step < 1) : '')),
  };
}

function columnOf(run: PageRun, name: TraceName): Float64Array {
  if (name === 'sensor') return run.raw;
  if (name === 'true') return run.p2;
  if (name === 'smoothed') return run.p;
  return name === 'setpoint' ? run.setpoint : run.p1;
}

function strokeOf(name: TraceName, ink: Palette): Stroke {
  if (name === 'sensor') return { color: ink.sensor, width: 5, alpha: 0.6, points: 'round' };
  if (name === 'true') return { color: ink.true, width: 2.4, edges: true };
  if (name === 'smoothed')
    return { color: ink.smoothed, width: 1.3, casing: ink.paper, edges: true, points: 'square' };
  if (name === 'setpoint') return { color: ink.setpoint, width: 1.6, dash: [7, 4], edges: true };
  return { color: ink.faint, width: 1, dash: [2, 2], edges: true };
}

/** True where a trace has anything to tell. */
export function isKnown(run: PageRun, name: TraceName): boolean {
  return run.hasTruth || (name !== 'true' && name !== 'pump-end');
}

interface Range {
  low: number;
  high: number;
}

interface KeptRange extends Range {
  readonly key: string;
  row: number;
}

/** Lowest and highest value of each column in the stretch that is shown; rows that were looked at are not looked at again. */
class Extremes {
  readonly #kept = new WeakMap<Float64Array, KeptRange>();

  widen(range: Range, run: PageRun, values: Float64Array, first: number, end: number): void {
    const key = `${first} ${run.revision}`;
    const known = this.#kept.get(values);
    const kept =
      known?.key === key && known.row <= end
        ? known
        : { key, row: first, low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
    for (let row = kept.row; row < end; row++) {
      const value = values[row] as number;
      if (value < kept.low) kept.low = value;
      if (value > kept.high) kept.high = value;
    }
    kept.row = end;
    this.#kept.set(values, kept);
    range.low = Math.min(range.low, kept.low);
    range.high = Math.max(range.high, kept.high);
  }
}

function widenBy(
  range: Range,
  extremes: Extremes,
  view: View,
  { run, offsetS }: Ghost,
  names: readonly TraceName[],
): void {
  if (run.rows === 0) return;
  const first = rowAt(run, view.fromS - offsetS);
  const end = rowAt(run, view.toS - offsetS) + 1;
  for (const name of names)
    if (isKnown(run, name)) extremes.widen(range, run, columnOf(run, name), first, end);
  for (const values of [run.low, run.high])
    if (values !== undefined) extremes.widen(range, run, values, first, end);
}

/** Least height of an axis that always stands on zero, mmHg. */
const LEAST_TOP = 60;

/** The whole run stands on zero and shows LOP; a closer look fits what is in it. */
function rangeOf(scene: Scene, extremes: Extremes, wholeS: number): [number, number] {
  const { run, view, ghost, fromZero } = scene;
  const range: Range = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  widenBy(range, extremes, view, { run, offsetS: 0 }, [...scene.shown]);
  if (ghost !== null) widenBy(range, extremes, view, ghost, [mainOf(ghost.run)]);
  if (!(range.high >= range.low)) return [0, Math.max(50, run.lopMmHg * 1.07)];
  if (view.toS - view.fromS >= wholeS * 0.98)
    return [Math.min(0, range.low) - 2, Math.max(range.high * 1.05, run.lopMmHg * 1.07, 20)];
  if (fromZero) return [Math.min(0, range.low) - 2, Math.max(range.high * 1.15, LEAST_TOP)];
  const pad = Math.max(2, (range.high - range.low) * 0.06);
  return [range.low - pad, range.high + pad];
}

/** The trace that stands for a run where it is wide enough for one. */
export function mainOf(run: PageRun): TraceName {
  return run.hasTruth ? 'true' : 'sensor';
}

function draw(u: uPlot, scene: Scene, cache: BarCache, ink: Palette): void {
  const { run, ghost } = scene;
  if (run.rows > 0 && scene.shown.has('setpoint')) {
    const column = { run, values: run.setpoint, cache, offsetS: 0 };
    drawBand(u, column, 0.9, 1.1, ink.band10);
    drawBand(u, column, 0.95, 1.05, ink.band5);
  }
  const { low, high } = run;
  if (low !== undefined && high !== undefined && scene.shown.has('sensor'))
    drawBetween(
      u,
      run,
      cache,
      (row) => low[row] as number,
      (row) => high[row] as number,
      ink.sensor,
      0.6,
    );
  if (ghost !== null) {
    const { offsetS } = ghost;
    const name = mainOf(ghost.run);
    const stroke = { color: ink.ink, width: 1.6, alpha: 0.5, dash: [5, 4] };
    drawTrace(u, { run: ghost.run, values: columnOf(ghost.run, name), cache, offsetS }, stroke);
    drawTrace(u, { run: ghost.run, values: ghost.run.setpoint, cache, offsetS }, { ...stroke, dash: [2, 4] });
  }
  for (const name of TRACES) {
    if (!scene.shown.has(name) || !isKnown(run, name)) continue;
    drawTrace(u, { run, values: columnOf(run, name), cache, offsetS: 0 }, strokeOf(name, ink));
  }
  if (run.rows > 0 && scene.shown.has('setpoint'))
    for (const factor of [0.9, 1.1])
      drawTrace(
        u,
        { run, values: run.setpoint, cache, offsetS: 0, factor },
        { color: ink.setpoint, width: 0.8, dash: [2, 3], alpha: 0.7, edges: true },
      );
  drawGaps(u, run, cache, ink.faint);
  drawLop(u, ink, run.lopMmHg);
  drawMarks(u, ink, scene.marks);
}

/** Where the cross stands for a moment: on the trace that stands for the run. */
export function heightAt(run: PageRun, seconds: number): number {
  const value = columnOf(run, mainOf(run))[nearestRow(run, seconds)] ?? Number.NaN;
  return Number.isNaN(value) ? 0 : value;
}

export interface PressureOptions {
  readonly width: number;
  readonly height: number;
  readonly sync: string;
  readonly scene: () => Scene;
  /** Length of the whole, s. */
  readonly wholeS: () => number;
  readonly onDouble: () => void;
}

/** uPlot gives axes, cursor and selection; all lines are drawn here. */
export function pressureChart(into: HTMLElement, options: PressureOptions): uPlot {
  let ink = palette();
  const cache = new BarCache();
  const extremes = new Extremes();
  return new uPlot(
    {
      width: options.width,
      height: options.height,
      padding: [8, RIGHT_PAD, 0, 0],
      scales: {
        x: { time: false },
        y: { range: () => rangeOf(options.scene(), extremes, options.wholeS()) },
      },
      cursor: cursorOf(options.sync, options.onDouble),
      legend: { show: false },
      axes: [
        timeAxis(true, () => ink),
        {
          stroke: () => ink.faint,
          grid: { stroke: () => ink.grid, width: 1 },
          ticks: { show: false },
          font: '12px system-ui, sans-serif',
          size: GUTTER,
          gap: 6,
        },
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: {
        drawClear: [() => (ink = palette())],
        draw: [(u) => draw(u, options.scene(), cache, ink)],
      },
    },
    [[0], [0]],
    into,
  );
}

/** The cross of both charts moves together; drags are not uPlot's: it takes them in with a frame's delay (gestures.ts). */
export function cursorOf(sync: string, onDouble: () => void): uPlot.Cursor {
  return {
    sync: { key: sync },
    points: { show: false },
    drag: { x: false, y: false },
    bind: {
      dblclick: () => () => {
        onDouble();
        return null;
      },
    },
  };
}

/** Shows what is being dragged over, as shares of the width; null wipes it. */
export function drawSelection(plots: readonly uPlot[], shares: readonly [number, number] | null): void {
  for (const plot of plots) {
    const { clientWidth, clientHeight } = plot.over;
    const [from, to] = shares ?? [0, 0];
    const left = Math.max(0, Math.min(from, to)) * clientWidth;
    const right = Math.min(1, Math.max(from, to)) * clientWidth;
    const height = shares === null ? 0 : clientHeight;
    plot.setSelect({ left, width: Math.max(0, right - left), top: 0, height }, false);
  }
}
