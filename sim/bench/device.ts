/**
 * `npm run bench:device`: what a tick costs in a real interpreter, by part of a session and by stage of the tick, against the simplest
 * possible tick and against the period. Needs `$ESPRUINO` and valgrind.
 */
import { FILE_SETTINGS } from '../../src/files.ts';
import { TICK_MS } from '../../src/limits.ts';
import { LIVE_CREDIT } from '../../src/link/link-state.ts';
import { LIVE_ROWS } from '../../src/link/live.ts';
import { loaderText } from '../../tools/board/loader.ts';
import { periodOf } from '../../tools/build/board-checks.ts';
import { buildImage, type Image } from '../../tools/build/image.ts';
import INLINE_CALLS from '../../tools/build/inline-calls.json' with { type: 'json' };
import type { BoardPace } from '../board/chips.ts';
import { PACES } from '../board/cost/board-cost.ts';
import { findInterpreter, HOW_TO_GET_ONE, type Interpreter } from '../interpreter/binary.ts';
import { deviceFiles } from '../interpreter/device-files.ts';
import { resolveSpec } from '../setup/spec.ts';
import { type BenchOptions, benchCommand, writeFigures } from './command.ts';
import { hasValgrind } from './device-count.ts';
import {
  BUS_MS,
  type Cost,
  type CountedTick,
  costOf,
  countBangBang,
  countStages,
  countTicks,
  type StageCost,
} from './device-measure.ts';
import { type Fit, fitPrimitives } from './device-primitives.ts';
import { PARTS, type Part, recordSession } from './device-session.ts';
import { countVariables, type Variables } from './device-variables.ts';
import { verdict } from './device-verdict.ts';

/** ARM instructions of a tick as counted in an ARM Thumb-2 build, over what the scale by primitives gives for the same tick. */
const ARM_CORRECTION = 0.906;

const options = benchCommand(
  'device',
  'Cost of a tick in a real interpreter, and its estimate for the 64 MHz board. --quick: fewer ticks.',
  1,
)
  .option('--check', 'fail when something is over its budget', false)
  .parse()
  .opts<BenchOptions & { check: boolean }>();

interface PartCost {
  readonly part: Part;
  readonly ticks: number;
  readonly mean: Cost;
  readonly worst: Cost;
  readonly worstTick: number;
}

interface Report {
  readonly interpreter: string;
  readonly imageBytes: number;
  readonly tickMs: number;
  readonly fit: Fit;
  readonly bangBang: Cost;
  readonly parts: readonly PartCost[];
  readonly session: { readonly mean: Cost; readonly worst: Cost };
  /** Each counted tick: number, part, instructions in this interpreter, and whether the cuff was vented before and after it. */
  readonly ticks: readonly { tick: number; part: Part; here: number; vented: boolean }[];
  readonly stages: readonly StageCost[];
  readonly link: LinkCost;
  readonly variables: Variables;
}

function partCost(part: Part, ticks: readonly CountedTick[], fit: Fit): PartCost | undefined {
  const of = ticks.filter((t) => t.part === part);
  const worst = of.reduce<CountedTick | undefined>(
    (w, t) => (w === undefined || t.convert + t.tick > w.convert + w.tick ? t : w),
    undefined,
  );
  if (worst === undefined) return undefined;
  const mean = of.reduce((sum, t) => sum + t.convert + t.tick, 0) / of.length;
  return {
    part,
    ticks: of.length,
    mean: costOf(mean, fit, BUS_MS),
    worst: costOf(worst.convert + worst.tick, fit, BUS_MS),
    worstTick: worst.index + 1,
  };
}

async function measure(interpreter: Interpreter): Promise<Report> {
  const spec = resolveSpec({ scenario: 'run', set: [], fault: [], seed: options.seed, level: 'image' });
  const image = await buildImage();
  const files = deviceFiles(await loaderText('jolt'), image, spec.files);
  const stored = Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith('.0')));
  if (stored[`${FILE_SETTINGS}.0`] === undefined) throw new Error('bench: the scenario stores no settings');
  const [restTicks, motionTicks, stoppedTicks] = options.quick ? [40, 80, 20] : [150, 400, 60];
  const recorded = recordSession({
    rig: spec.rig,
    seed: options.seed,
    files,
    restTicks,
    motionTicks,
    stoppedTicks,
  });
  const start = recorded.findIndex((t) => t.edges.length > 0);
  const fit = await fitPrimitives(interpreter);
  const bangBang = await countBangBang(interpreter);
  const ticks = await countTicks(interpreter, image, stored, recorded, (i) => i >= start - 24);
  const stages = await countStages(interpreter, await stagedImage(), stored, recorded, (i) =>
    stageTicks(recorded, i, start),
  );
  const parts = PARTS.flatMap((part) => partCost(part, ticks, fit) ?? []);
  const total = (t: CountedTick): number => t.convert + t.tick;
  const link = await linkCost(interpreter, image, stored, recorded, ticks);
  const vented = (i: number): boolean => recorded[i]?.row.vent === 1 && recorded[i - 1]?.row.vent === 1;
  const under = ticks.filter((t) => !vented(t.index));
  return {
    interpreter: interpreter.version,
    imageBytes: image.bytes,
    tickMs: TICK_MS,
    fit,
    bangBang: costOf(bangBang, fit, BUS_MS),
    parts,
    session: {
      mean: costOf(under.reduce((sum, t) => sum + total(t), 0) / under.length, fit, BUS_MS),
      worst: costOf(Math.max(...under.map(total)), fit, BUS_MS),
    },
    ticks: ticks.map((t) => ({
      tick: t.index + 1,
      part: t.part,
      here: total(t),
      vented: vented(t.index),
    })),
    stages,
    link,
    variables: countVariables(interpreter, spec, files),
  };
}

/** A peer asks for live frames again as soon as the last ones have gone: once in so many ticks. */
const LIVE_TICKS = LIVE_CREDIT * LIVE_ROWS;

interface LinkCost {
  /** Instructions in this interpreter that the link adds to a tick under way in motion: on average, and to the one that pays most. */
  readonly meanHere: number;
  readonly worstHere: number;
}

/** The same ticks of work in motion, with and without a peer that watches live. */
async function linkCost(
  interpreter: Interpreter,
  image: Image,
  stored: Readonly<Record<string, string>>,
  recorded: ReturnType<typeof recordSession>,
  ticks: readonly CountedTick[],
): Promise<LinkCost> {
  const moving = ticks.filter((t) => t.part === 'holding in motion').map((t) => t.index);
  // whole rounds of asking, after the first, in which the link finds out that it is asked
  const [first = 0] = moving;
  const rounds = Math.floor((moving.length - LIVE_TICKS) / LIVE_TICKS);
  const counted = moving.filter((i) => i >= first + LIVE_TICKS && i < first + LIVE_TICKS * (rounds + 1));
  const heard = (i: number): string => (i >= first && (i - first) % LIVE_TICKS === 0 ? '~T225\n' : '');
  const watched = await countTicks(interpreter, image, stored, recorded, (i) => counted.includes(i), heard);
  const alone = new Map(ticks.map((t) => [t.index, t.tick]));
  const added = watched.map((t) => t.tick - (alone.get(t.index) ?? Number.NaN));
  return {
    meanHere: added.reduce((sum, n) => sum + n, 0) / added.length,
    worstHere: Math.max(...added),
  };
}

/** The image with the stages of a tick as calls, as the sources have them. */
function stagedImage(): Promise<Image> {
  return buildImage({ inline: INLINE_CALLS.filter((call) => !/^(?:run >|tick > run$)/.test(call)) });
}

/** Sixteen ticks of each part, from its end. */
function stageTicks(recorded: readonly { readonly part: Part }[], index: number, start: number): boolean {
  const part = recorded[index]?.part;
  if (part === 'after events' || index < start - 16) return false;
  if (part === 'idle') return index < start;
  let later = 0;
  for (let i = index + 1; i < recorded.length && later < 16; i++) if (recorded[i]?.part === part) later += 1;
  return later < 16;
}

function costText(cost: Cost, bangBang: Cost): string {
  return [
    `${(cost.here / bangBang.here).toFixed(1)} x`.padStart(8),
    `${cost.armThousands.toFixed(0)} k`.padStart(8),
    `${cost.ms.toFixed(1)} ms`.padStart(9),
    `${cost.lowMs.toFixed(0)}..${cost.highMs.toFixed(0)}`.padStart(9),
    `${cost.percent.toFixed(0)} %`.padStart(6),
  ].join('');
}

function print(report: Report): void {
  const { fit, bangBang } = report;
  console.log(`Espruino ${report.interpreter}, image ${report.imageBytes} bytes, period ${report.tickMs} ms`);
  console.log(
    `scale: ${fit.scale.toFixed(3)} board instructions for one here (median of ${fit.rows.length} primitives; 8 of 10 within ${fit.low.toFixed(3)}..${fit.high.toFixed(3)})`,
  );
  console.log(
    `ms at 64 MHz: 34 us a thousand instructions (28..47), plus ${BUS_MS.toFixed(2)} ms of I2C at 100 kHz\n`,
  );
  console.log(
    `${'tick'.padEnd(30)}${'ratio'.padStart(8)}${'instr.'.padStart(8)}${'time'.padStart(9)}${'range'.padStart(9)}${'period'.padStart(7)}`,
  );
  console.log(`${'bang-bang'.padEnd(30)}${costText(bangBang, bangBang)}`);
  for (const p of report.parts) {
    console.log(`${`${p.part}, mean of ${p.ticks}`.padEnd(30)}${costText(p.mean, bangBang)}`);
    console.log(`${`  worst (tick ${p.worstTick})`.padEnd(30)}${costText(p.worst, bangBang)}`);
  }
  console.log(`${'under pressure, mean'.padEnd(30)}${costText(report.session.mean, bangBang)}`);
  console.log(`${'under pressure, worst'.padEnd(30)}${costText(report.session.worst, bangBang)}`);
  printBoards(report);
  printStages(report);
  const ms = (here: number): string =>
    ((here * fit.scale * ARM_CORRECTION * (PACES['jolt']?.usPerThousand ?? Number.NaN)) / 1e6).toFixed(2);
  console.log(
    `\nlink, live frames asked for again and again: ${ms(report.link.meanHere)} ms a tick on average, ${ms(report.link.worstHere)} ms in the tick that pays most (jolt)`,
  );
  const v = report.variables;
  console.log(`\nvariables: ${v.idle} idle, ${v.peak} at the peak of a tick under pressure`);
}

/** Its share of the period on each board, by the estimate that was corrected by a tick count of an ARM build. */
function printBoards(report: Report): void {
  console.log(
    `\nby board, corrected by ${ARM_CORRECTION} (an ARM build counted 1,252 thousand where this scale says 1,382)`,
  );
  const { mean, worst } = report.session;
  for (const [board, pace] of Object.entries(PACES)) {
    const periodMs = periodOf(board);
    const cell = (cost: Cost): string => {
      const [low, middle, high] = boardMs(cost, pace);
      return `${middle.toFixed(1)} ms (${low.toFixed(0)}..${high.toFixed(0)}), ${((100 * middle) / periodMs).toFixed(0)} %`;
    };
    console.log(`${board.padEnd(8)} mean ${cell(mean)}; worst ${cell(worst)} of a period of ${periodMs} ms`);
  }
}

/** Lower end, middle and upper end of the corrected estimate, ms. */
function boardMs(cost: Cost, pace: BoardPace): [number, number, number] {
  const at = (us: number): number => (cost.armThousands * ARM_CORRECTION * us) / 1000 + BUS_MS;
  return [at(pace.range[0]), at(pace.usPerThousand), at(pace.range[1])];
}

function printStages(report: Report): void {
  const shown = PARTS.filter((part) => report.stages.some((s) => s.here[part] !== undefined));
  console.log(`\n${'stage, thousands of instr.'.padEnd(30)}${shown.map((p) => p.padStart(19)).join('')}`);
  for (const s of report.stages) {
    const cells = shown.map((part) =>
      (((s.here[part] ?? 0) * report.fit.scale) / 1000).toFixed(1).padStart(19),
    );
    console.log(`${s.name.padEnd(30)}${cells.join('')}`);
  }
}

/** Prints the verdict. Shares are of the reference board's period, by the corrected estimate. Gives the exit code. */
function judge(report: Report): number {
  const share = (cost: Cost): number => (100 * boardMs(cost, PACES['jolt'] as BoardPace)[1]) / report.tickMs;
  const { lines, exitCode } = verdict(
    {
      tickMeanPercent: share(report.session.mean),
      tickWorstPercent: share(report.session.worst),
      imageBytes: report.imageBytes,
      variablesIdle: report.variables.idle,
      variablesPeak: report.variables.peak,
    },
    options.check,
  );
  console.log(`\n${lines.join('\n')}`);
  return exitCode;
}

try {
  const interpreter = findInterpreter();
  if (interpreter === undefined) throw new Error(`ESPRUINO is not set.\n${HOW_TO_GET_ONE}`);
  if (!hasValgrind())
    throw new Error('valgrind is not installed; instructions are counted with its callgrind');
  const report = await measure(interpreter);
  print(report);
  writeFigures(options.json, report);
  process.exitCode = judge(report);
} catch (error) {
  console.error(`bench:device: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
