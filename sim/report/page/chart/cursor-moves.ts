/** Where the keys put the cursor: pixels, rows, ends and marks. */
import { nearestRow, type PageRun } from '../../page-run.ts';
import type { KeyMoves } from './keys.ts';
import type { Mark } from './marks.ts';
import type { View } from './view.ts';

export interface CursorHost {
  readonly chart: {
    readonly view: View;
    readonly cursorS: number | null;
    cursorTo(seconds: number | null): void;
    zoom(factor: number): void;
    whole(): void;
  };
  readonly run: () => PageRun;
  readonly marks: () => readonly Mark[];
  /** CSS pixels. */
  readonly plotWidth: () => number;
}

export function cursorMoves(host: CursorHost): KeyMoves {
  const { chart, run } = host;
  const from = (): number => chart.cursorS ?? chart.view.fromS;
  const width = (): number => chart.view.toS - chart.view.fromS;
  const row = (): number => nearestRow(run(), from());
  const toRow = (wanted: number): void => {
    const kept = Math.max(0, Math.min(run().rows - 1, wanted));
    chart.cursorTo(run().rows === 0 ? null : (run().t[kept] as number));
  };
  const toMark = (next: boolean): void => {
    const times = host
      .marks()
      .map((mark) => mark.tMs / 1000)
      .sort((a, b) => a - b);
    const far = run().tickMs / 1000;
    const found = next ? times.find((s) => s > from() + far) : times.filter((s) => s < from() - far).at(-1);
    if (found !== undefined) chart.cursorTo(found);
  };
  return {
    step: (pixels) => {
      const next = nearestRow(run(), from() + (pixels * width()) / Math.max(1, host.plotWidth()));
      // closer than a row: on by one
      toRow(chart.cursorS !== null && next === row() ? next + Math.sign(pixels) : next);
    },
    stepRows: (rows) => toRow(row() + rows),
    leap: (share) => chart.cursorTo(from() + share * width()),
    toEnd: (last) => toRow(last ? run().rows - 1 : 0),
    toMark,
    zoom: (factor) => chart.zoom(factor),
    whole: () => chart.whole(),
  };
}
