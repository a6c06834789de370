/**
 * The chart of a run, on a report and on a page that simulates or listens: pressure above, lanes below, one time axis, one cursor.
 * `mountChart` makes it; `update` draws rows that have come; nothing starts by itself when this file is loaded.
 */
import type uPlot from 'uplot';
import { endOf, nearestRow, type PageRun } from '../../page-run.ts';
import type { ChartOptions } from './chart-options.ts';
import { onTheme } from './colors.ts';
import { cursorMoves } from './cursor-moves.ts';
import { type Frame, fillJumps, fillLegend, makeFrame } from './frame.ts';
import { wireGestures } from './gestures.ts';
import { act } from './keys.ts';
import { ALL_LANES, heightOf, type LaneName, lanesChart } from './lanes.ts';
import { type Mark, marksOf } from './marks.ts';
import {
  drawSelection,
  type Ghost,
  heightAt,
  mainOf,
  pressureChart,
  TRACES,
  type TraceName,
} from './pressure.ts';
import { showReadout, spoken } from './readout.ts';
import { Settled } from './table.ts';
import { including, pinched, shifted, type View, zoomed } from './view.ts';
import { ViewKeeper } from './view-keeper.ts';

let mounted = 0;

export class RunChart {
  #run: PageRun;
  #ghost: Ghost | null = null;
  readonly #keeper = new ViewKeeper(() => this.#run);
  #cursorS: number | null = null;
  #frameAsked = 0;
  readonly #options: ChartOptions;
  readonly #traces: readonly TraceName[];
  readonly #shown: Set<TraceName>;
  readonly #lanes: readonly LaneName[];
  readonly #frame: Frame;
  readonly #pressure: uPlot;
  readonly #lanesPlot: uPlot;
  readonly #told: Settled;
  readonly #off: (() => void)[] = [];

  constructor(into: HTMLElement, run: PageRun, options: ChartOptions) {
    this.#run = run;
    this.#options = options;
    this.#lanes = options.lanes ?? ALL_LANES;
    this.#traces = options.traces ?? TRACES;
    this.#shown = new Set(this.#traces.filter((name) => name !== 'pump-end'));
    this.#frame = makeFrame(into, options.label, options.source, {
      whole: () => this.whole(),
      zoom: (factor) => this.zoom(factor),
      shift: (share) => this.shift(share),
      live: () => this.#goLive(),
      toggle: (name, shown) => this.toggle(name, shown),
      jump: (view) => this.show(view),
    });
    this.#told = new Settled(this.#frame.table, this.#frame.status);
    const common = {
      width: Math.max(200, this.#frame.surface.clientWidth),
      sync: `chart-${++mounted}`,
      onDouble: () => this.whole(),
    };
    this.#pressure = pressureChart(this.#frame.pressure, {
      ...common,
      height: this.#height(common.width),
      scene: () => ({
        run: this.#run,
        ghost: this.#ghost,
        marks: this.#marks(),
        view: this.view,
        shown: this.#shown,
        fromZero: options.fromZero === true,
      }),
      wholeS: () => this.#keeper.wholeS,
    });
    this.#lanesPlot = lanesChart(this.#frame.lanes, { ...common, lanes: this.#lanes, run: () => this.#run });
    this.#wire();
    this.setRun(run);
  }

  /** What is shown now. */
  get view(): View {
    return this.#keeper.view;
  }

  /** All of the run is in view, and what is still to come. */
  get isWhole(): boolean {
    return this.#keeper.isWhole;
  }

  /** Moment under the cursor, s; null = none. */
  get cursorS(): number | null {
    return this.#cursorS;
  }

  /** Rows or marks have come, or colours have changed: drawn with the next frame, at most once a frame. */
  update(): void {
    if (this.#frameAsked !== 0) return;
    this.#frameAsked = requestAnimationFrame(() => {
      this.#frameAsked = 0;
      this.#draw();
    });
  }

  /** Another run takes this one's place; the view starts at the whole. */
  setRun(run: PageRun): void {
    this.#run = run;
    this.#keeper.showWhole();
    this.#cursorS = null;
    this.refreshFrame();
    this.#draw();
    this.#cursorMoved(null);
  }

  /** Another run is drawn behind this one, dashed and pale, moved by `offsetS`; null takes it away. */
  setGhost(ghost: Ghost | null): void {
    this.#ghost = ghost;
    this.refreshFrame();
    this.update();
  }

  /** Makes legend and jumps anew: after a run has got new phases, or new kinds of marks. */
  refreshFrame(): void {
    const differs = this.#marks().some((mark) => mark.kind === 'differs');
    const extra = { ghost: this.#ghost !== null, differs };
    const toggle = (name: TraceName, shown: boolean): void => this.toggle(name, shown);
    fillLegend(this.#frame.legend, this.#run, this.#traces, this.#shown, extra, toggle);
    fillJumps(this.#frame.jumps, this.#run, (view) => this.show(view));
  }

  /** While rows come: the view follows them until somebody chooses another one, and a button leads back. */
  setLive(live: boolean): void {
    this.#keeper.live = live;
    this.#showLive();
  }

  show(view: View): void {
    this.#keeper.show(view);
    this.#showLive();
    this.#draw();
    this.#options.onView?.(this.view);
  }

  whole(): void {
    this.show({ fromS: 0, toS: this.#keeper.wholeS });
  }

  /** Zooms around the cursor where it is in view, else around the middle. */
  zoom(factor: number): void {
    const { fromS, toS } = this.view;
    const at = this.#cursorS;
    const around = at !== null && at >= fromS && at <= toS ? at : (fromS + toS) / 2;
    this.show(zoomed(this.view, factor, around, this.#keeper.wholeS));
  }

  /** Moves the view by a share of its width. */
  shift(share: number): void {
    this.show(shifted(this.view, share * (this.view.toS - this.view.fromS), this.#keeper.wholeS));
  }

  toggle(name: TraceName, shown: boolean): void {
    if (shown) this.#shown.add(name);
    else this.#shown.delete(name);
    this.update();
  }

  /** Puts the cursor on the row that is nearest to a moment, and the moment into view; null takes it away. */
  cursorTo(seconds: number | null): void {
    if (seconds === null || this.#run.rows === 0) {
      this.#pressure.setCursor({ left: -10, top: -10 });
      return;
    }
    const row = nearestRow(this.#run, seconds);
    const at = this.#run.t[row] as number;
    const view = including(this.view, at, this.#keeper.wholeS);
    if (view.fromS !== this.view.fromS || view.toS !== this.view.toS) this.show(view);
    this.#placeCursor(at);
    this.#cursorMoved(row);
  }

  destroy(): void {
    if (this.#frameAsked !== 0) cancelAnimationFrame(this.#frameAsked);
    this.#told.stop();
    for (const off of this.#off) off();
    this.#pressure.destroy();
    this.#lanesPlot.destroy();
    this.#frame.figure.remove();
  }

  #height(width: number): number {
    return this.#options.height?.(width) ?? (width < 600 ? 260 : 380);
  }

  #marks(): readonly Mark[] {
    return this.#options.marks?.() ?? marksOf(this.#run.events);
  }

  #goLive(): void {
    this.#keeper.goLive();
    this.#showLive();
    this.#draw();
  }

  #showLive(): void {
    this.#frame.live.hidden = !this.#keeper.live;
    this.#frame.live.setAttribute('aria-pressed', String(this.#keeper.follow !== 'fixed'));
  }

  #draw(): void {
    const run = this.#run;
    this.#keeper.refresh();
    const main = mainOf(run) === 'true' ? run.p2 : run.raw;
    const data: uPlot.AlignedData =
      run.rows === 0 ? [[0], [0]] : [run.t.subarray(0, run.rows), main.subarray(0, run.rows)];
    const scale = { min: this.view.fromS, max: this.view.toS };
    this.#frame.figure.dataset['view'] = `${scale.min.toFixed(2)}-${scale.max.toFixed(2)}`;
    for (const plot of [this.#pressure, this.#lanesPlot])
      plot.batch(() => {
        plot.setData(data, false);
        plot.setScale('x', scale);
      });
    if (this.#cursorS !== null) this.#placeCursor(this.#cursorS);
    this.#frame.surface.setAttribute('aria-valuemax', endOf(run).toFixed(2));
    this.#told.later(run, this.view, this.#keeper.follow === 'fixed');
  }

  #placeCursor(seconds: number): void {
    const left = this.#pressure.valToPos(seconds, 'x');
    const top = this.#pressure.valToPos(heightAt(this.#run, seconds), 'y');
    this.#pressure.setCursor({ left, top });
  }

  #cursorMoved(row: number | null): void {
    const run = this.#run;
    const valid = row !== null && row < run.rows ? row : null;
    this.#cursorS = valid === null ? null : (run.t[valid] as number);
    showReadout(this.#frame.readout, run, valid, this.#options);
    if (valid !== null) {
      this.#frame.surface.setAttribute('aria-valuenow', (run.t[valid] as number).toFixed(2));
      this.#frame.surface.setAttribute('aria-valuetext', spoken(run, valid));
    }
    this.#options.onCursor?.(valid);
  }

  #wire(): void {
    const { surface } = this.#frame;
    const hear = (u: uPlot): void => this.#cursorMoved(u.cursor.idx ?? null);
    this.#pressure.hooks.setCursor = [...(this.#pressure.hooks.setCursor ?? []), hear];
    const moves = cursorMoves({
      chart: this,
      run: () => this.#run,
      marks: () => this.#marks(),
      plotWidth: () => this.#pressure.over.clientWidth,
    });
    const keys = (event: KeyboardEvent): void => {
      if (act(event, moves)) event.preventDefault();
    };
    surface.addEventListener('keydown', keys);
    this.#off.push(
      () => surface.removeEventListener('keydown', keys),
      wireGestures(surface, {
        view: () => this.view,
        isWhole: () => this.#keeper.isWhole,
        shareAt: (clientX) => {
          const box = this.#pressure.over.getBoundingClientRect();
          return (clientX - box.left) / Math.max(1, box.width);
        },
        zoomAt: (factor, share) => {
          const { fromS, toS } = this.view;
          this.show(zoomed(this.view, factor, fromS + share * (toS - fromS), this.#keeper.wholeS));
        },
        show: (view) => this.show(view),
        select: (shares) => drawSelection([this.#pressure, this.#lanesPlot], shares),
        pinch: (moments, shares) => this.show(pinched(this.view, moments, shares, this.#keeper.wholeS)),
      }),
    );
    const resized = new ResizeObserver(() => this.#fit());
    resized.observe(surface);
    this.#off.push(
      () => resized.disconnect(),
      onTheme(() => this.update()),
    );
  }

  #fit(): void {
    const width = this.#frame.surface.clientWidth;
    if (width === 0 || width === this.#pressure.width) return;
    this.#pressure.setSize({ width, height: this.#height(width) });
    this.#lanesPlot.setSize({ width, height: heightOf(this.#lanes) });
  }
}

/** Makes a chart in an element. It must be in the page, so that its width is known. */
export function mountChart(into: HTMLElement, run: PageRun, options: ChartOptions): RunChart {
  return new RunChart(into, run, options);
}
