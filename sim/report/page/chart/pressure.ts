/** The pressure chart: sensed, true and smoothed pressure, setpoint with its bands, a second run as a ghost, LOP, marks. */
import uPlot from 'uplot';
import { nearestRow, type PageRun, rowAt } from '../../page-run.ts';
import { type Palette, palette } from './colors.ts';
import { drawLop, drawMarks, type Mark } from './marks.ts';
import { drawBetween, drawGaps, drawTrace, type Stroke } from './traces.ts';
import { timeText, type View } from './view.ts';

/** Room for the numbers of the y axis, CSS pixels; the lanes have the same. */
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

function widen(range: Range, values: Float64Array, first: number, end: number): void {
  for (let row = first; row < end; row++) {
    const value = values[row] as number;
    if (value < range.low) range.low = value;
    if (value > range.high) range.high = value;
  }
}

function widenBy(
  range: Range,
  scene: Scene,
  run: PageRun,
  offsetS: number,
  names: readonly TraceName[],
): void {
  if (run.rows === 0) return;
  const first = rowAt(run, scene.view.fromS - offsetS);
  const end = rowAt(run, scene.view.toS - offsetS) + 1;
  for (const name of names) if (isKnown(run, name)) widen(range, columnOf(run, name), first, end);
  if (run.low !== undefined) widen(range, run.low, first, end);
  if (run.high !== undefined) widen(range, run.high, first, end);
}

/** The whole run stands on zero and shows LOP; a closer look fits what is in it. */
function rangeOf(scene: Scene, wholeS: number): [number, number] {
  const { run, view, ghost } = scene;
  const range: Range = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  widenBy(range, scene, run, 0, [...scene.shown]);
  if (ghost !== null) widenBy(range, scene, ghost.run, ghost.offsetS, [mainOf(ghost.run)]);
  if (!(range.high >= range.low)) return [0, Math.max(50, run.lopMmHg * 1.07)];
  if (view.toS - view.fromS >= wholeS * 0.98)
    return [Math.min(0, range.low) - 2, Math.max(range.high * 1.05, run.lopMmHg * 1.07, 20)];
  const pad = Math.max(2, (range.high - range.low) * 0.06);
  return [range.low - pad, range.high + pad];
}

/** The trace that stands for a run when there is room for one. */
export function mainOf(run: PageRun): TraceName {
  return run.hasTruth ? 'true' : 'sensor';
}

function draw(u: uPlot, scene: Scene, ink: Palette): void {
  const { run, ghost } = scene;
  if (run.rows > 0 && scene.shown.has('setpoint')) {
    const sp = run.setpoint;
    const off = (share: number) => (row: number) => (sp[row] as number) * share;
    drawBetween(u, run, off(0.9), off(1.1), ink.band10);
    drawBetween(u, run, off(0.95), off(1.05), ink.band5);
  }
  const { low, high } = run;
  if (low !== undefined && high !== undefined && scene.shown.has('sensor'))
    drawBetween(
      u,
      run,
      (row) => low[row] as number,
      (row) => high[row] as number,
      ink.sensor,
      0.6,
    );
  if (ghost !== null) {
    const { offsetS } = ghost;
    const name = mainOf(ghost.run);
    const stroke = { color: ink.ink, width: 1.6, alpha: 0.5, dash: [5, 4] };
    drawTrace(u, { run: ghost.run, values: columnOf(ghost.run, name), offsetS }, stroke);
    drawTrace(u, { run: ghost.run, values: ghost.run.setpoint, offsetS }, { ...stroke, dash: [2, 4] });
  }
  for (const name of TRACES) {
    if (!scene.shown.has(name) || !isKnown(run, name)) continue;
    drawTrace(u, { run, values: columnOf(run, name), offsetS: 0 }, strokeOf(name, ink));
  }
  if (run.rows > 0 && scene.shown.has('setpoint'))
    for (const factor of [0.9, 1.1])
      drawTrace(
        u,
        { run, values: run.setpoint, offsetS: 0, factor },
        { color: ink.setpoint, width: 0.8, dash: [2, 3], alpha: 0.7, edges: true },
      );
  drawGaps(u, run, ink.faint);
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
  readonly onSelect: (view: View) => void;
  readonly onDouble: () => void;
}

/** uPlot gives axes, cursor and selection; all lines are drawn here. */
export function pressureChart(into: HTMLElement, options: PressureOptions): uPlot {
  let ink = palette();
  return new uPlot(
    {
      width: options.width,
      height: options.height,
      padding: [8, RIGHT_PAD, 0, 0],
      scales: {
        x: { time: false },
        y: { range: () => rangeOf(options.scene(), options.wholeS()) },
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
        draw: [(u) => draw(u, options.scene(), ink)],
        setSelect: [(u) => takeSelection(u, options.onSelect)],
      },
    },
    [[0], [0]],
    into,
  );
}

/** A drag chooses a stretch of time; with Shift held it pans (gestures.ts); a double click asks for the whole. */
export function cursorOf(sync: string, onDouble: () => void): uPlot.Cursor {
  return {
    sync: { key: sync },
    points: { show: false },
    drag: { x: true, y: false, dist: 6, setScale: false },
    bind: {
      mousedown: (_, __, handler) => (event) => {
        if (!event.shiftKey) handler(event);
        return null;
      },
      dblclick: () => () => {
        onDouble();
        return null;
      },
    },
  };
}

/** Takes the dragged stretch and wipes it. */
export function takeSelection(u: uPlot, onSelect: (view: View) => void): void {
  const { left, width } = u.select;
  if (!(width > 0)) return;
  const view = { fromS: u.posToVal(left, 'x'), toS: u.posToVal(left + width, 'x') };
  u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  onSelect(view);
}
