/**
 * `npm run bench:boards`: each board that may be worn with each sensor that it has pins for: the image is built within its budget, plays the whole
 * default session on that board's virtual twin, and vents in time with each fault of chip and board; its ticks as late as that board makes them. Exit
 * code 1 when one of them does not.
 */
import { PHASE_DONE } from '../../src/phases.ts';
import { tripName } from '../../src/safety/trips.ts';
import { againstBudget } from '../../tools/budgets.ts';
import { deadMan, espruinoName, periodOf } from '../../tools/build/board-checks.ts';
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
import { type FaultOutcome, runBoardFault } from './board-fault-run.ts';
import { BOARD_FAULTS, type Breaks, pairOf } from './board-faults.ts';
import { type BoardFigures, type FaultFigures, keepFigures, type SessionFigures } from './board-figures.ts';
import { type BenchOptions, benchCommand, withBar, writeFigures } from './command.ts';
import { textTable } from './control-table.ts';

interface Options extends BenchOptions {
  readonly board?: string;
  readonly write: boolean;
}

const options = benchCommand(
  'boards',
  'Every board with every sensor: a whole default session, and every fault of chip and board. --quick: one sensor.',
  1,
)
  .option('--board <name>', 'this board only')
  .option('--write', 'keep the figures for docs/boards.md', false)
  .parse()
  .opts<Options>();

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

function specOf(board: string, sensor: string, seed: number): RunSpec {
  return resolveSpec({
    scenario: 'run',
    set: [],
    fault: [],
    seed,
    level: 'image',
    cost: true,
    board,
    sensor,
  });
}

/** The device of `spec`, powered, its ticks as late as its board makes them. */
async function opener(spec: RunSpec): Promise<(breaks: Breaks) => ImageLevel> {
  const { board, sensor, seed } = spec;
  const files = await flashed(sensor, spec.files, board);
  return (breaks) => {
    const rig = new Rig({ ...spec.rig, faults: breaks.rig ?? [] }, seed);
    const cost = new BoardCost({ seed, board });
    return new ImageLevel(rig, { layout: layoutOf(board), files, cost, faults: breaks.chip ?? [] });
  };
}

/** The whole session at image level. */
async function session(spec: RunSpec): Promise<Simulated> {
  const level = (await opener(spec))({});
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

async function play(board: string, sensor: string): Promise<SessionFigures> {
  const imageBytes = (await buildImage({ board, sensor })).bytes;
  const spec = specOf(board, sensor, options.seed);
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
    sensor,
    imageBytes,
    moving: metrics.moving.within10 ?? Number.NaN,
    rest: metrics.still.within5 ?? Number.NaN,
    peakMmHg: metrics.peakMmHg,
    ventS,
    problem: problems.join('; '),
  };
}

async function breakIt(board: string, sensor: string): Promise<FaultFigures[]> {
  const pair = pairOf(board, sensor);
  const spec = specOf(board, sensor, options.seed);
  const open = await opener(spec);
  return BOARD_FAULTS.flatMap((fault) => {
    const outcome = runBoardFault(pair, fault, (breaks) => sitting(open(breaks)));
    if (outcome === undefined) return [];
    if (!outcome.ok) complain(board, sensor, outcome);
    const { offMs, withinMs, ok } = outcome;
    return [{ sensor, fault: fault.name, pressed: fault.unseen?.(pair) === true, offMs, withinMs, ok }];
  });
}

/** The wearer sits: what the fault does is all that happens. */
function sitting(level: ImageLevel): ImageLevel {
  level.rig.setActivity('rest');
  return level;
}

function complain(board: string, sensor: string, o: FaultOutcome): void {
  console.error(
    `${board} with ${sensor}, ${o.fault}: off after ${o.offMs} of ${o.withinMs} ms, empty ${o.emptyMs} ms later, ` +
      `peak ${o.peakMmHg.toFixed(0)} mmHg, ${tripName(o.trip)}${o.reset ? ', reset' : ''}`,
  );
}

const boards = choices('boards').filter(
  (board) => deadMan(board) !== '' && (options.board === undefined || options.board === board),
);
if (boards.length === 0) throw new Error(`--board ${options.board}: none that is worn`);
const pairs = boards.flatMap((board) => sensorsOf(board).map((sensor) => [board, sensor] as const));
const figures: Record<string, BoardFigures> = {};
await withBar(pairs.length, 'pairs', async (tell) => {
  for (const [i, [board, sensor]] of pairs.entries()) {
    const { sessions = [], faults = [] } = figures[board] ?? {};
    figures[board] = {
      seed: options.seed,
      periodMs: periodOf(board),
      sessions: [...sessions, await play(board, sensor)],
      faults: [...faults, ...(await breakIt(board, sensor))],
    };
    tell(i + 1);
  }
});
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const rows = Object.entries(figures).flatMap(([board, { sessions, faults }]) =>
  sessions.map((r) => {
    const own = faults.filter(({ sensor }) => sensor === r.sensor);
    return {
      cells: [
        `${board} (${espruinoName(board)})`,
        r.sensor,
        `${(r.imageBytes / 1000).toFixed(1)} kB`,
        percent(r.moving),
        percent(r.rest),
        `${r.peakMmHg.toFixed(0)} mmHg`,
        `${r.ventS.toFixed(1)} s`,
        `${own.filter(({ ok }) => ok).length} of ${own.length}`,
        r.problem === '' ? 'ok' : r.problem,
      ],
      good: r.problem === '' && own.every(({ ok }) => ok),
    };
  }),
);
process.stdout.write(
  `Default session and faults, seed ${options.seed}, ticks as late as the board makes them\n\n${textTable([
    ['board', 'sensor', 'image', 'moving +-10 %', 'rest +-5 %', 'peak', 'vent', 'faults in time', ''],
    ...rows.map(({ cells }) => cells),
  ])}\n`,
);
writeFigures(options.json, figures);
if (options.write) keepFigures(figures);
if (rows.some(({ good }) => !good)) process.exitCode = 1;
