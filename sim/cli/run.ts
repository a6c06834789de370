/** `sim run`: one session on one level, watched, summed up, written. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import colors from 'picocolors';
import { TICK_MS } from '../../src/limits.ts';
import { settingRows } from '../../src/settings.ts';
import { writeStore } from '../log/store-file.ts';
import { textsOf } from '../log/store-texts.ts';
import { type OutputKind, type Result, writeOutputs } from '../output/outputs.ts';
import { version } from '../output/version.ts';
import { Rig } from '../plant/rig.ts';
import type { Expected } from '../report/expected.ts';
import { figuresOf } from '../report/figures.ts';
import { metricsOf } from '../report/metrics.ts';
import { phaseNames } from '../report/phase-names.ts';
import { addEvent, createLog, finishLog, type RunHeader, type RunLog } from '../report/run-log.ts';
import { summaryLines } from '../report/summary.ts';
import { ASK_FIRST, MUST_NOT, MUST_NOT_TITLE, SIMULATED } from '../report/warning.ts';
import type { Level } from '../run/level.ts';
import { runSession } from '../run/session.ts';
import { checkExpectations } from '../scenarios/check.ts';
import { faultText } from '../setup/fault-option.ts';
import { highestSetpoint, plannedSeconds, stepTexts } from '../setup/protocol-option.ts';
import type { RunSpec } from '../setup/spec.ts';
import { openLevel } from './levels.ts';
import { Live } from './live.ts';
import { startByMs, whyNotStarted } from './not-started.ts';
import { pumpLimitedSeconds } from './pump-limited.ts';
import { Recording, withPresses } from './record.ts';

/** How long a run goes on after the session's end or a trip: long enough to see the cuff empty, or not. s */
const AFTER_S = 40;
/** Fills, zeroing and deflating on top of the protocol's own time, s. */
const EXTRA_S = 240;

export function headerOf(spec: RunSpec, command: string): RunHeader {
  const { settings, protocol, chosen, scenario } = spec;
  const values = settings as unknown as Record<string, number>;
  const shown = settingRows().map(([name, , , , unit]) => [name, `${values[name] ?? ''} ${unit}`.trim()]);
  return {
    version: version(),
    level: spec.level,
    board: 'jolt',
    sensor: spec.sensor,
    seed: spec.seed,
    scenario: scenario.name,
    title: scenario.title,
    command,
    tickMs: TICK_MS,
    lopMmHg: chosen.plant.lopMmHg,
    plantName: chosen.name,
    plant: { ...chosen.plant },
    settings: Object.fromEntries(shown),
    protocol: {
      name: protocol.protocol.id,
      title: scenario.title,
      steps: stepTexts(protocol.protocol, settings.lopMmHg),
    },
    phases: phaseNames(),
  };
}

function keepStore(path: string, level: Level): void {
  mkdirSync(dirname(path), { recursive: true });
  writeStore(path, textsOf(level));
}

export interface Simulated {
  readonly log: RunLog;
  /** Why no session was started, a line each; empty = one was. */
  readonly notStarted: readonly string[];
}

/** Runs the session, or until it is clear that the device will not start one, and returns the finished log. */
export async function simulate(spec: RunSpec, command: string, shown: boolean): Promise<Simulated> {
  const rig = new Rig(spec.rig, spec.seed);
  const log = createLog(headerOf(spec, command));
  const opened = await openLevel(spec.level, rig, {
    sensor: spec.sensor,
    files: spec.files,
    ...(spec.costSeed === undefined ? {} : { costSeed: spec.costSeed }),
  });
  const recording = new Recording(log, opened.tripNumbers);
  const live = new Live(spec.protocol.protocol, shown);
  try {
    runSession(withPresses(opened.level, log), {
      plan: spec.plan,
      limitMs: Math.round((plannedSeconds(spec.protocol.protocol) + EXTRA_S) * 1000),
      startByMs: startByMs(spec),
      afterMs: AFTER_S * 1000,
      onTick: (level) => {
        recording.take(level);
        live.show(level);
      },
    });
    if (spec.store !== null) keepStore(spec.store, opened.level);
  } finally {
    live.stop();
    opened.level.close();
  }
  for (const fault of spec.faults)
    if (fault.atMs <= rig.nowMs) addEvent(log, fault.atMs, 'fault', faultText(fault));
  finishLog(log);
  return { log, notStarted: whyNotStarted(spec, log, recording.refusals) };
}

/** Figures and expectations of a finished log. */
export function judge(spec: RunSpec, log: RunLog): Result {
  const metrics = metricsOf(log);
  const goal = highestSetpoint(spec.protocol.protocol, spec.settings.lopMmHg);
  const limited = goal > 0 && metrics.fills.length > 0 ? pumpLimitedSeconds(spec.rig, spec.seed, goal) : null;
  const figures = figuresOf(log, metrics, limited);
  const firstFaultMs = Math.min(...spec.faults.map((fault) => fault.atMs), Number.POSITIVE_INFINITY);
  const expected = spec.changed
    ? []
    : checkExpectations(spec.scenario.expect, log, metrics, firstFaultMs, spec.costSeed !== undefined);
  return { log, metrics, figures, expected };
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
    colors.bold(spec.scenario.title),
    colors.dim(
      `${spec.chosen.name}, ${spec.protocol.protocol.id}, ${spec.level} in the loop, seed ${spec.seed}`,
    ),
  ]);
  const startedAt = performance.now();
  const { log, notStarted } = await simulate(spec, command, !quiet);
  const took = (performance.now() - startedAt) / 1000;
  const result = judge(spec, log);
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
