/** `sim run`: one session on one level, watched, summed up, written. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import colors from 'picocolors';
import { deadMan, lacksOf } from '../../tools/build/board-checks.ts';
import type { Level } from '../level/level.ts';
import { writeStore } from '../log/store-file.ts';
import { textsOf } from '../log/store-texts.ts';
import { type OutputKind, type Result, writeOutputs } from '../output/outputs.ts';
import { version } from '../output/version.ts';
import { Rig } from '../plant/rig.ts';
import type { Expected } from '../report/expected.ts';
import { figuresOf } from '../report/figures.ts';
import { metricsOf } from '../report/metrics.ts';
import { createLog } from '../report/run-log.ts';
import { summaryLines } from '../report/summary.ts';
import { ASK_FIRST, MUST_NOT, MUST_NOT_TITLE, SIMULATED } from '../report/warning.ts';
import { checkExpectations } from '../scenarios/check.ts';
import { highestSetpoint } from '../setup/protocols.ts';
import type { RunSpec } from '../setup/resolve.ts';
import { pumpLimitedSeconds } from '../simulate/pump-limited.ts';
import { headerOf } from '../simulate/run-header.ts';
import { type Simulated, Simulation } from '../simulate/simulation.ts';
import { openLevel } from './levels.ts';
import { Live } from './live.ts';

function keepStore(path: string, level: Level): void {
  mkdirSync(dirname(path), { recursive: true });
  writeStore(path, textsOf(level));
}

/** Runs the session, or until it is clear that the device will not start one. */
export async function simulate(spec: RunSpec, command: string, shown: boolean): Promise<Simulated> {
  const rig = new Rig(spec.rig, spec.seed);
  const opened = await openLevel(spec.level, rig, {
    sensor: spec.sensor,
    board: spec.board,
    files: spec.files,
    ...(spec.costSeed === undefined ? {} : { costSeed: spec.costSeed }),
  });
  const log = createLog(headerOf(spec, command, version()));
  const simulation = new Simulation(spec, opened.level, log, opened.tripNumbers);
  const live = new Live(spec.protocol.protocol, shown);
  try {
    while (!simulation.over) {
      simulation.next();
      live.show(opened.level);
    }
    if (spec.store !== null) keepStore(spec.store, opened.level);
  } finally {
    live.stop();
    opened.level.close();
  }
  return simulation.finish();
}

/** Figures and expectations of a finished run; one that never started is not held against what was expected of a session. */
export function judge(spec: RunSpec, { log, notStarted }: Simulated): Result {
  const metrics = metricsOf(log);
  const goal = highestSetpoint(spec.protocol.protocol, spec.settings.lopMmHg);
  const limited = goal > 0 && metrics.fills.length > 0 ? pumpLimitedSeconds(spec.rig, spec.seed, goal) : null;
  const figures = figuresOf(log, metrics, limited);
  const firstFaultMs = Math.min(...spec.faults.map((fault) => fault.atMs), Number.POSITIVE_INFINITY);
  const expected =
    spec.changed || notStarted.length > 0
      ? []
      : checkExpectations(spec.scenario.expect, log, metrics, firstFaultMs, spec.costSeed !== undefined);
  return { log, metrics, figures, expected, notStarted };
}

export function warningLines(): string[] {
  return [
    colors.bold(SIMULATED),
    '',
    colors.bold(`${MUST_NOT_TITLE}:`),
    ...MUST_NOT.map((line) => `  - ${line}`),
    ASK_FIRST,
    '',
  ];
}

/** At image level it matters for which board and sensor. */
function levelText({ level, board, sensor }: RunSpec): string {
  return level === 'image' ? `image for ${board} with ${sensor}` : level;
}

/** A board that nobody wears is said to be one. */
function boardLines({ level, board }: RunSpec): string[] {
  if (level !== 'image' || deadMan(board) !== '') return [];
  return [
    colors.yellow(
      `${board} is for the bench only: a --dev image, its bench strap fitted. ${lacksOf(board)}.`,
    ),
  ];
}

function expectedLines(expected: readonly Expected[], changed: boolean): string[] {
  if (changed) return [colors.dim('  Options changed the scenario, so its expectations were not checked.')];
  return expected
    .filter((row) => !row.met)
    .map((row) => colors.bold(colors.yellow(`  ✗ expected ${row.what}; found ${row.found}`)));
}

function notStartedLines(reasons: readonly string[]): string[] {
  if (reasons.length === 0) return [];
  return [
    colors.bold(colors.yellow('  ✗ no session was started; the device refuses:')),
    ...reasons.map((reason) => `      ${reason}`),
  ];
}

/** The whole command. Returns the exit code: 1 when an expectation of the scenario is not met or no session was started. */
export async function runCommand(
  spec: RunSpec,
  paths: ReadonlyMap<OutputKind, string>,
  command: string,
  quiet: boolean,
): Promise<number> {
  const say = (lines: readonly string[]): void => {
    if (!quiet) console.log(lines.join('\n'));
  };
  say(warningLines());
  say([
    colors.bold(spec.title),
    colors.dim(
      `${spec.chosen.name}, ${spec.protocol.protocol.id}, ${levelText(spec)} in the loop, seed ${spec.seed}`,
    ),
    ...boardLines(spec),
  ]);
  const startedAt = performance.now();
  const simulated = await simulate(spec, command, !quiet);
  const { log, notStarted } = simulated;
  const took = (performance.now() - startedAt) / 1000;
  const result = judge(spec, simulated);
  say(['', ...summaryLines(result.figures, process.stdout.columns ?? 100), '']);
  const failed = result.expected.filter((row) => !row.met);
  say([...expectedLines(result.expected, spec.changed), ...notStartedLines(notStarted)]);
  const written = await writeOutputs(paths, result);
  const speed = `${result.metrics.seconds.toFixed(0)} s simulated in ${took.toFixed(2)} s`;
  say([colors.dim(`  ${speed}, ${log.rows} ticks`), ...written.map((path) => `  wrote ${path}`)]);
  if (quiet) for (const row of failed) console.error(`expected ${row.what}; found ${row.found}`);
  if (quiet) for (const reason of notStarted) console.error(`no session was started: ${reason}`);
  return failed.length + notStarted.length > 0 ? 1 : 0;
}
