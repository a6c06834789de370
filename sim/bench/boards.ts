/**
 * `npm run bench:boards`: each board that may be worn with each sensor that it has pins for: the image is built within its budget and plays the whole
 * default session on that board's virtual twin, its ticks as late as that board makes them. Exit code 1 when one of them does not.
 */
import { PHASE_DONE } from '../../src/phases.ts';
import { againstBudget } from '../../tools/budgets.ts';
import { deadMan, espruinoName } from '../../tools/build/board-checks.ts';
import { buildImage } from '../../tools/build/image.ts';
import { choices, ROOT } from '../../tools/build/project.ts';
import { sensorTraits } from '../../tools/build/sensor-range.ts';
import { BoardCost } from '../board/cost/board-cost.ts';
import { ImageLevel } from '../board/image-level.ts';
import { layoutOf } from '../board/wired-layout.ts';
import { version } from '../output/version.ts';
import { Rig } from '../plant/rig.ts';
import { metricsOf } from '../report/metrics.ts';
import { createLog } from '../report/run-log.ts';
import { flashed } from '../setup/image.ts';
import type { RunSpec } from '../setup/resolve.ts';
import { resolveSpec } from '../setup/spec.ts';
import { headerOf } from '../simulate/run-header.ts';
import { type Simulated, Simulation } from '../simulate/simulation.ts';
import { type BenchOptions, benchCommand, withBar, writeFigures } from './command.ts';
import { textTable } from './control-table.ts';

interface Row {
  readonly board: string;
  readonly sensor: string;
  readonly imageBytes: number;
  /** Shares of the moving and of the resting time within 10 % and 5 % of the setpoint. */
  readonly moving: number;
  readonly rest: number;
  readonly peakMmHg: number;
  /** Slowest vent to 15 mmHg, s. */
  readonly ventS: number;
  /** What went wrong, '' = nothing. */
  readonly problem: string;
}

const options = benchCommand(
  'boards',
  'Every board with every sensor, a whole default session. --quick: one sensor.',
  1,
)
  .parse()
  .opts<BenchOptions>();

function sensorsOf(board: string): string[] {
  const fitting = choices('sensors').filter((sensor) => {
    try {
      return sensorTraits(sensor, ROOT, board).maxMmHg > 0;
    } catch {
      return false;
    }
  });
  return options.quick ? fitting.filter((sensor) => sensor === 'mprls') : fitting;
}

/** The whole session at image level. */
async function session(spec: RunSpec): Promise<Simulated> {
  const { board, sensor, seed } = spec;
  const files = await flashed(sensor, spec.files, board);
  const cost = new BoardCost({ seed, board });
  const level = new ImageLevel(new Rig(spec.rig, seed), { layout: layoutOf(board), files, cost });
  const log = createLog(headerOf(spec, 'npm run bench:boards', version()));
  // the numbers of a trip are of no matter here: any trip is a problem
  const simulation = new Simulation(spec, level, log, () => ({ measured: 0, allowed: 0 }));
  try {
    while (!simulation.over) simulation.next();
  } finally {
    level.close();
  }
  return simulation.finish();
}

async function play(board: string, sensor: string): Promise<Row> {
  const imageBytes = (await buildImage({ board, sensor })).bytes;
  const spec = resolveSpec({
    scenario: 'run',
    set: [],
    fault: [],
    seed: options.seed,
    level: 'image',
    cost: true,
    board,
    sensor,
  });
  const { log, notStarted } = await session(spec);
  const metrics = metricsOf(log);
  const ventS = Math.max(0, ...metrics.vents.map((vent) => vent.secondsTo15 ?? Number.POSITIVE_INFINITY));
  const problems = [
    ...notStarted,
    ...metrics.trips.map((trip) => `trip ${JSON.stringify(trip)}`),
    ...([...log.columns.phase].includes(PHASE_DONE) ? [] : ['did not come to its end']),
    ...(metrics.peakMmHg < spec.chosen.plant.lopMmHg ? [] : ['came above LOP']),
    ...(ventS < 10 ? [] : ['vents slowly']),
    ...(againstBudget('imageBytes', imageBytes).over ? ['image over its budget'] : []),
  ];
  return {
    board,
    sensor,
    imageBytes,
    moving: metrics.moving.within10 ?? Number.NaN,
    rest: metrics.still.within5 ?? Number.NaN,
    peakMmHg: metrics.peakMmHg,
    ventS,
    problem: problems.join('; '),
  };
}

const pairs = choices('boards')
  .filter((board) => deadMan(board) !== '')
  .flatMap((board) => sensorsOf(board).map((sensor) => [board, sensor] as const));
const rows: Row[] = [];
await withBar(pairs.length, 'pairs', async (tell) => {
  for (const [board, sensor] of pairs) {
    rows.push(await play(board, sensor));
    tell(rows.length);
  }
});
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
process.stdout.write(
  `Default session, seed ${options.seed}, ticks as late as the board makes them\n\n${textTable([
    ['board', 'sensor', 'image', 'moving +-10 %', 'rest +-5 %', 'peak', 'vent', ''],
    ...rows.map((r) => [
      `${r.board} (${espruinoName(r.board)})`,
      r.sensor,
      `${(r.imageBytes / 1000).toFixed(1)} kB`,
      percent(r.moving),
      percent(r.rest),
      `${r.peakMmHg.toFixed(0)} mmHg`,
      `${r.ventS.toFixed(1)} s`,
      r.problem === '' ? 'ok' : r.problem,
    ]),
  ])}\n`,
);
writeFigures(options.json, { seed: options.seed, rows });
if (rows.some((r) => r.problem !== '')) process.exitCode = 1;
