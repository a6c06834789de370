/** Where the rows of a run lie on the plot, and its columns of pixels with their lowest and highest value. Draws nothing. */
import type uPlot from 'uplot';
import { type PageRun, rowAt, timed } from '../../page-run.ts';

export interface Column {
  readonly run: PageRun;
  readonly values: Float64Array;
  readonly cache: BarCache;
  /** Each value times this is drawn; 1 when left out. */
  readonly factor?: number;
  /** Added to the run's times, s. */
  readonly offsetS: number;
}

/** Rows closer together than this many CSS pixels are drawn as columns of pixels: the waves of a stride would run into each other. */
const DENSE_PX = 1.1;
/** In work each column shows the lowest and highest value of so long before and after it, s: a whole stride, so that edges are even. */
const HALF_WAVE_S = 0.4;
export interface Window {
  readonly first: number;
  readonly end: number;
  readonly x: (row: number) => number;
  readonly xAt: (seconds: number) => number;
  readonly y: (mmHg: number) => number;
  readonly pxPerRow: number;
  readonly pxPerS: number;
}

export function windowOf(u: uPlot, column: Column): Window {
  const { run, offsetS } = column;
  const { min = 0, max = 1 } = u.scales['x'] ?? {};
  const { min: low = 0, max: high = 1 } = u.scales['y'] ?? {};
  const { left, top, width, height } = u.bbox;
  const perS = width / ((max ?? 1) - (min ?? 0));
  const perMmHg = height / ((high ?? 1) - (low ?? 0));
  const first = Math.max(0, rowAt(run, (min ?? 0) - offsetS) - 1);
  const end = Math.min(run.rows, rowAt(run, (max ?? 1) - offsetS) + 2);
  return {
    first,
    end,
    x: (row) => left + ((run.t[row] as number) + offsetS - (min ?? 0)) * perS,
    xAt: (seconds) => left + (seconds - (min ?? 0)) * perS,
    y: (mmHg) => top + ((high ?? 1) - mmHg) * perMmHg,
    pxPerS: perS,
    pxPerRow:
      end - first < 2
        ? width
        : (perS * ((run.t[end - 1] as number) - (run.t[first] as number))) / (end - first),
  };
}

/** True where pixels hold many rows. */
export function isDense(w: Window): boolean {
  return w.pxPerRow < DENSE_PX * devicePixelRatio;
}

/** Lowest and highest value of what a column of pixels holds, mmHg. */
export interface Bar {
  readonly x: number;
  low: number;
  high: number;
  /** False: the line begins here. */
  readonly joins: boolean;
}

/** True where nothing was received between a row and the one before it. */
export function isBroken(run: PageRun, row: number): boolean {
  return row > 0 && (run.t[row] as number) - (run.t[row - 1] as number) > run.gapS;
}

interface KeptBars {
  readonly key: string;
  readonly bars: Bar[];
  /** First row that is not in them yet. */
  row: number;
  /** The bar that the next row may join. */
  last: Bar | null;
}

/** Keeps the columns of pixels while the same stretch is shown, so that a drawing looks at new rows alone. One for each chart. */
export class BarCache {
  readonly #kept = new WeakMap<Float64Array, KeptBars>();

  /** The columns of one trace in a window. */
  bars(column: Column, w: Window): readonly Bar[] {
    const { run, values, offsetS } = column;
    const key = `${w.xAt(0)} ${w.pxPerS} ${w.first} ${offsetS} ${run.revision}`;
    const known = this.#kept.get(values);
    const kept =
      known?.key === key && known.row <= w.end ? known : { key, bars: [], row: w.first, last: null };
    this.#kept.set(values, kept);
    addRows(kept, column, w);
    return evened(column, kept.bars, w);
  }
}

function addRows(kept: KeptBars, { run, values }: Column, w: Window): void {
  const { bars } = kept;
  let bar = kept.last;
  for (let row = kept.row; row < w.end; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value) || isBroken(run, row)) bar = null;
    if (Number.isNaN(value)) continue;
    const x = Math.floor(w.x(row));
    if (bar === null || x !== bar.x) {
      bar = { x, low: value, high: value, joins: bar !== null };
      bars.push(bar);
    } else if (value < bar.low) bar.low = value;
    else if (value > bar.high) bar.high = value;
  }
  kept.row = w.end;
  kept.last = bar;
}

/** Each column in work with the lowest and highest of those around it. */
function evened(column: Column, bars: readonly Bar[], w: Window): readonly Bar[] {
  const reach = Math.round(HALF_WAVE_S * w.pxPerS);
  if (reach < 1) return bars;
  const { run, offsetS } = column;
  const codes = run.phases.filter((phase) => phase.kind === 'work').map((phase) => phase.code);
  const works = timed(run, run.phase)
    .filter((piece) => codes.includes(piece.value))
    .map((piece) => [w.xAt(piece.fromS + offsetS), w.xAt(piece.toS + offsetS)] as const);
  const out = bars.map((bar) => ({ ...bar }));
  let at = 0;
  for (const [from, to] of works) {
    while (at < bars.length && (bars[at] as Bar).x < from) at++;
    const first = at;
    while (at < bars.length && (bars[at] as Bar).x < to) at++;
    for (let i = first; i < at; i++) widen(out[i] as Bar, bars, i, first, at, reach);
  }
  return out;
}

function widen(bar: Bar, bars: readonly Bar[], i: number, first: number, end: number, reach: number): void {
  for (let k = i; k >= first && bar.x - (bars[k] as Bar).x <= reach; k--) cover(bar, bars[k] as Bar);
  for (let k = i; k < end && (bars[k] as Bar).x - bar.x <= reach; k++) cover(bar, bars[k] as Bar);
}

function cover(bar: Bar, other: Bar): void {
  if (other.low < bar.low) bar.low = other.low;
  if (other.high > bar.high) bar.high = other.high;
}
