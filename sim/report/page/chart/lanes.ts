/** The lanes under the pressure: phase, limb, pump, valve, lamps; on the same time axis and with the same cursor. */
import uPlot from 'uplot';
import { type ColorName, color, font, phaseColor } from './colors.ts';
import { type PageRun, rowAt, type TimedRun, timed } from './decode.ts';
import { GUTTER, SYNC, timeAxis } from './pressure-chart.ts';

interface Box {
  readonly top: number;
  readonly height: number;
}

const LANES = [
  { name: 'Phase', weight: 24 },
  { name: 'Limb', weight: 14 },
  { name: 'Pump', weight: 40 },
  { name: 'Valve', weight: 30 },
  { name: 'Lamps', weight: 36 },
] as const;
const GAP = 7;
export const LANES_HEIGHT = LANES.reduce((sum, lane) => sum + lane.weight + GAP, 0) + 10;

const LAMPS: readonly { bit: number; letter: string; color: ColorName }[] = [
  { bit: 1, letter: 'red', color: 'lamp-red' },
  { bit: 2, letter: 'green', color: 'lamp-green' },
  { bit: 4, letter: 'blue', color: 'lamp-blue' },
  { bit: 8, letter: 'buzz', color: 'lamp-buzzer' },
];

function boxOf(u: uPlot, lane: number): Box {
  const before = LANES.slice(0, lane).reduce((sum, l) => sum + l.weight + GAP, 0);
  return {
    top: u.bbox.top + before * devicePixelRatio,
    height: (LANES[lane]?.weight ?? 0) * devicePixelRatio,
  };
}

function bar(u: uPlot, piece: TimedRun, box: Box, fill: string): { x: number; width: number } | null {
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

function drawPhases(u: uPlot, run: PageRun, box: Box): void {
  const { ctx } = u;
  for (const piece of timed(run, run.data.phase)) {
    const phase = run.data.phases.find((p) => p.code === piece.value);
    const name = phase?.name ?? `phase ${piece.value}`;
    const drawn = bar(u, piece, box, phaseColor(phase?.kind ?? 'idle'));
    if (drawn === null) continue;
    ctx.fillStyle = color('paper');
    ctx.fillRect(drawn.x, box.top, devicePixelRatio, box.height);
    ctx.font = font(11);
    if (ctx.measureText(name).width + 6 * devicePixelRatio > drawn.width) continue;
    ctx.fillStyle = color('ink');
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText(name, drawn.x + drawn.width / 2, box.top + box.height / 2);
  }
}

/** Mean as a solid area, highest value as a soft one, a column of pixels at a time. */
function drawArea(
  u: uPlot,
  run: PageRun,
  box: Box,
  share: (row: number) => number,
  solid: string,
  soft: string,
): void {
  const { ctx } = u;
  const step = devicePixelRatio;
  for (let x = u.bbox.left; x < u.bbox.left + u.bbox.width; x += step) {
    const first = rowAt(run, u.posToVal((x - u.bbox.left) / devicePixelRatio, 'x'));
    const end = Math.max(first + 1, rowAt(run, u.posToVal((x + step - u.bbox.left) / devicePixelRatio, 'x')));
    let sum = 0;
    let high = 0;
    for (let row = first; row < end; row++) {
      const value = share(row);
      sum += value;
      if (value > high) high = value;
    }
    const mean = sum / (end - first);
    if (high === 0) continue;
    ctx.fillStyle = soft;
    ctx.fillRect(x, box.top + box.height * (1 - high), step, box.height * high);
    ctx.fillStyle = solid;
    ctx.fillRect(x, box.top + box.height * (1 - mean), step, box.height * mean);
  }
}

function drawLamps(u: uPlot, run: PageRun, box: Box): void {
  const height = box.height / LAMPS.length;
  LAMPS.forEach((lamp, i) => {
    const row: Box = { top: box.top + i * height, height: height - devicePixelRatio };
    for (const piece of timed(run, run.data.lamps)) {
      if (((piece.value >> (lamp.bit === 8 ? 3 : lamp.bit === 4 ? 2 : lamp.bit - 1)) & 1) === 1) {
        bar(u, piece, row, color(lamp.color));
      }
    }
  });
}

function drawLabels(u: uPlot): void {
  const { ctx } = u;
  ctx.fillStyle = color('faint');
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  LANES.forEach((lane, i) => {
    const box = boxOf(u, i);
    if (lane.name !== 'Lamps') {
      ctx.font = font(12);
      ctx.fillText(lane.name, u.bbox.left - 7 * devicePixelRatio, box.top + box.height / 2);
      return;
    }
    ctx.font = font(9);
    LAMPS.forEach((lamp, k) => {
      const y = box.top + (box.height * (k + 0.5)) / LAMPS.length;
      ctx.fillText(lamp.letter, u.bbox.left - 7 * devicePixelRatio, y);
    });
  });
}

function drawLanes(u: uPlot, run: PageRun, openShares: (row: number) => number): void {
  const { ctx } = u;
  ctx.save();
  LANES.forEach((lane, i) => {
    const box = boxOf(u, i);
    ctx.fillStyle = color('grid');
    if (lane.name === 'Pump' || lane.name === 'Valve') {
      ctx.fillRect(u.bbox.left, box.top + box.height, u.bbox.width, devicePixelRatio);
    }
  });
  drawPhases(u, run, boxOf(u, 0));
  for (const piece of timed(run, run.data.moving))
    if (piece.value === 1) bar(u, piece, boxOf(u, 1), color('moving'));
  drawArea(u, run, boxOf(u, 2), (row) => (run.pump[row] ?? 0) / 1000, color('pump'), color('pump-soft'));
  drawArea(u, run, boxOf(u, 3), openShares, color('valve'), color('band10'));
  drawLamps(u, run, boxOf(u, 4));
  drawLabels(u);
  ctx.restore();
}

export function lanesChart(run: PageRun, into: HTMLElement, width: number): uPlot {
  const vents = new Uint8Array(run.t.length);
  run.data.vent.forEach(([row, value], i) => {
    vents.fill(value, row, run.data.vent[i + 1]?.[0] ?? run.t.length);
  });
  const open = (row: number): number =>
    vents[row] === 1 ? 1 : Math.min(1, (run.bleedMs[row] ?? 0) / run.data.tickMs);
  return new uPlot(
    {
      width,
      height: LANES_HEIGHT,
      padding: [4, 20, 0, 0],
      scales: { x: { time: false }, y: { range: () => [0, 1] } },
      cursor: {
        sync: { key: SYNC },
        points: { show: false },
        y: false,
        drag: { x: true, y: false, dist: 6 },
      },
      legend: { show: false },
      axes: [
        timeAxis(false),
        { size: GUTTER, grid: { show: false }, ticks: { show: false }, values: () => [] },
      ],
      series: [{}, { show: true, stroke: 'transparent', width: 0, points: { show: false } }],
      hooks: { draw: [(u) => drawLanes(u, run, open)] },
    },
    [run.t, run.t.map(() => null)],
    into,
  );
}
