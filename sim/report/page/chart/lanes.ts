/** The lanes under the pressure: phase, limb, pump, valve, lamps; on the same time axis and with the same cursor. */
import uPlot from 'uplot';
import { endOf, type PageRun, rowAt, type TimedRun, timed } from '../../page-run.ts';
import { type ColorName, font, type Palette, palette } from './colors.ts';
import { cursorOf, GUTTER, RIGHT_PAD, timeAxis } from './pressure.ts';

interface Box {
  readonly top: number;
  readonly height: number;
}

const WEIGHTS = { Phase: 24, Limb: 14, Pump: 40, Valve: 30, Lamps: 36 } as const;
export type LaneName = keyof typeof WEIGHTS;
export const ALL_LANES: readonly LaneName[] = ['Phase', 'Limb', 'Pump', 'Valve', 'Lamps'];
const GAP = 7;

export function heightOf(lanes: readonly LaneName[]): number {
  return lanes.reduce((sum, lane) => sum + WEIGHTS[lane] + GAP, 0) + 10;
}

const LAMPS: readonly { shift: number; letter: string; color: ColorName }[] = [
  { shift: 0, letter: 'red', color: 'lamp-red' },
  { shift: 1, letter: 'green', color: 'lamp-green' },
  { shift: 2, letter: 'blue', color: 'lamp-blue' },
  { shift: 3, letter: 'buzz', color: 'lamp-buzzer' },
];

/** What the drawing of a lane needs. */
interface Lane {
  readonly u: uPlot;
  readonly run: PageRun;
  readonly ink: Palette;
  readonly box: Box;
  readonly fromS: number;
  readonly toS: number;
}

function bar(lane: Lane, piece: TimedRun, fill: string): { x: number; width: number } | null {
  const { u, box } = lane;
  const left = u.bbox.left;
  const right = left + u.bbox.width;
  const from = Math.max(left, u.valToPos(piece.fromS, 'x', true));
  const to = Math.min(right, u.valToPos(piece.toS, 'x', true));
  if (to <= left || from >= right) return null;
  u.ctx.fillStyle = fill;
  const width = Math.max(1, to - from);
  u.ctx.fillRect(from, box.top, width, box.height);
  return { x: from, width };
}

function drawPhases(lane: Lane): void {
  const { run, ink, box } = lane;
  const { ctx } = lane.u;
  for (const piece of timed(run, run.phase, lane.fromS, lane.toS)) {
    const phase = run.phases.find((p) => p.code === piece.value);
    const name = phase?.name ?? `phase ${piece.value}`;
    const drawn = bar(lane, piece, ink[`phase-${phase?.kind ?? 'idle'}`]);
    if (drawn === null) continue;
    ctx.fillStyle = ink.paper;
    ctx.fillRect(drawn.x, box.top, devicePixelRatio, box.height);
    ctx.font = font(11);
    if (ctx.measureText(name).width + 6 * devicePixelRatio > drawn.width) continue;
    ctx.fillStyle = ink.ink;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(name, drawn.x + drawn.width / 2, box.top + box.height / 2);
  }
}

/** Sum, count and highest of the rows of each column of pixels; a drawing looks at new rows alone. */
interface KeptArea {
  readonly key: string;
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
  readonly highs: Float64Array;
  row: number;
}

type Areas = Map<LaneName, KeptArea>;

function areaOf(
  areas: Areas,
  name: LaneName,
  lane: Lane,
  columns: number,
  share: (row: number) => number,
): KeptArea {
  const { run, fromS, toS } = lane;
  const key = `${columns} ${fromS} ${toS} ${run.revision} ${run.t.length}`;
  const known = areas.get(name);
  const kept =
    known?.key === key && known.row <= run.rows
      ? known
      : {
          key,
          sums: new Float64Array(columns),
          counts: new Uint32Array(columns),
          highs: new Float64Array(columns),
          row: rowAt(run, fromS),
        };
  areas.set(name, kept);
  const perS = columns / (toS - fromS);
  for (; kept.row < run.rows; kept.row++) {
    const at = Math.floor(((run.t[kept.row] as number) - fromS) * perS);
    if (at >= columns) break;
    if (at < 0) continue;
    const value = share(kept.row);
    kept.sums[at] = (kept.sums[at] as number) + value;
    kept.counts[at] = (kept.counts[at] as number) + 1;
    if (value > (kept.highs[at] as number)) kept.highs[at] = value;
  }
  return kept;
}

/** Mean as a solid area, highest value as a soft one, a column of pixels at a time. Between two rows the last one goes on. */
function drawArea(
  lane: Lane,
  area: KeptArea,
  share: (row: number) => number,
  solid: string,
  soft: string,
): void {
  const { u, run, box, fromS, toS } = lane;
  const { ctx } = u;
  const columns = area.sums.length;
  const wide = u.bbox.width / columns;
  const lastS = endOf(run);
  const first = rowAt(run, fromS);
  let before = first > 0 ? share(first - 1) : 0;
  for (let at = 0; at < columns; at++) {
    if (fromS + (at * (toS - fromS)) / columns > lastS) break;
    const count = area.counts[at] as number;
    const mean = count > 0 ? (area.sums[at] as number) / count : before;
    const high = Math.max(area.highs[at] as number, mean);
    if (count > 0) before = mean;
    if (high === 0) continue;
    const left = u.bbox.left + at * wide;
    ctx.fillStyle = soft;
    ctx.fillRect(left, box.top + box.height * (1 - high), wide, box.height * (high - mean));
    ctx.fillStyle = solid;
    ctx.fillRect(left, box.top + box.height * (1 - mean), wide, box.height * mean);
  }
}

function drawLamps(lane: Lane): void {
  const height = lane.box.height / LAMPS.length;
  const pieces = timed(lane.run, lane.run.lamps, lane.fromS, lane.toS);
  LAMPS.forEach((lamp, i) => {
    const row = { ...lane, box: { top: lane.box.top + i * height, height: height - devicePixelRatio } };
    let fullTo = Number.NEGATIVE_INFINITY;
    for (const piece of pieces) {
      if (((piece.value >> lamp.shift) & 1) === 0) continue;
      // a flash that ends in a pixel that is filled already adds nothing
      if (lane.u.valToPos(piece.toS, 'x', true) < fullTo) continue;
      const drawn = bar(row, piece, lane.ink[lamp.color]);
      if (drawn !== null) fullTo = drawn.x + drawn.width;
    }
  });
}

function drawLabels(u: uPlot, ink: Palette, lanes: readonly LaneName[], boxes: readonly Box[]): void {
  const { ctx } = u;
  ctx.fillStyle = ink.faint;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  const right = u.bbox.left - 7 * devicePixelRatio;
  lanes.forEach((name, i) => {
    const box = boxes[i] as Box;
    if (name !== 'Lamps') {
      ctx.font = font(12);
      ctx.fillText(name, right, box.top + box.height / 2);
      return;
    }
    ctx.font = font(9);
    LAMPS.forEach((lamp, k) => {
      ctx.fillText(lamp.letter, right, box.top + (box.height * (k + 0.5)) / LAMPS.length);
    });
  });
}

function drawShare(
  name: LaneName,
  lane: Lane,
  areas: Areas,
  share: (row: number) => number,
  colors: readonly [string, string],
): void {
  const columns = Math.max(1, Math.round(lane.u.bbox.width / devicePixelRatio));
  drawArea(lane, areaOf(areas, name, lane, columns, share), share, ...colors);
}

function drawLane(name: LaneName, lane: Lane, areas: Areas): void {
  const { run, ink, u, box } = lane;
  if (name === 'Pump' || name === 'Valve') {
    u.ctx.fillStyle = ink.grid;
    u.ctx.fillRect(u.bbox.left, box.top + box.height, u.bbox.width, devicePixelRatio);
  }
  if (name === 'Phase') drawPhases(lane);
  else if (name === 'Limb') {
    for (const piece of timed(run, run.moving, lane.fromS, lane.toS))
      if (piece.value === 1) bar(lane, piece, ink.moving);
  } else if (name === 'Pump')
    drawShare(name, lane, areas, (row) => (run.pump[row] as number) / 1000, [ink.pump, ink['pump-soft']]);
  else if (name === 'Valve') {
    const open = (row: number): number =>
      run.vent[row] === 1 ? 1 : Math.min(1, (run.bleedMs[row] as number) / run.tickMs);
    drawShare(name, lane, areas, open, [ink.valve, ink['valve-soft']]);
  } else drawLamps(lane);
}

function drawLanes(u: uPlot, run: PageRun, lanes: readonly LaneName[], areas: Areas, ink: Palette): void {
  const { min: fromS = 0, max: toS = 1 } = u.scales['x'] ?? {};
  const px = devicePixelRatio;
  let top = u.bbox.top;
  const boxes = lanes.map((name) => {
    const box = { top, height: WEIGHTS[name] * px };
    top += (WEIGHTS[name] + GAP) * px;
    return box;
  });
  u.ctx.save();
  if (run.rows > 0)
    lanes.forEach((name, i) => {
      drawLane(name, { u, run, ink, box: boxes[i] as Box, fromS: fromS ?? 0, toS: toS ?? 1 }, areas);
    });
  drawLabels(u, ink, lanes, boxes);
  u.ctx.restore();
}

export interface LanesOptions {
  readonly width: number;
  readonly lanes: readonly LaneName[];
  readonly sync: string;
  readonly run: () => PageRun;
  readonly onDouble: () => void;
}

export function lanesChart(into: HTMLElement, options: LanesOptions): uPlot {
  let ink = palette();
  let of = options.run();
  const areas: Areas = new Map();
  return new uPlot(
    {
      width: options.width,
      height: heightOf(options.lanes),
      padding: [4, RIGHT_PAD, 0, 0],
      scales: { x: { time: false }, y: { range: () => [0, 1] } },
      cursor: { ...cursorOf(options.sync, options.onDouble), y: false },
      legend: { show: false },
      axes: [
        timeAxis(false, () => ink),
        { size: GUTTER, grid: { show: false }, ticks: { show: false }, values: () => [] },
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: {
        drawClear: [() => (ink = palette())],
        draw: [
          (u) => {
            if (options.run() !== of) areas.clear();
            of = options.run();
            drawLanes(u, options.run(), options.lanes, areas, ink);
          },
        ],
      },
    },
    [[0], [0]],
    into,
  );
}
