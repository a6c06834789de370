/** `--plant-cmd`: starts somebody's own plant and runs the firmware against it; the plant leads. */
import { spawn } from 'node:child_process';
import { type OutputKind, writeOutputs } from '../output/outputs.ts';
import { version } from '../output/version.ts';
import { figuresOf } from '../report/figures.ts';
import type { Metrics } from '../report/metrics.ts';
import { metricsOf } from '../report/metrics.ts';
import { addEvent, appendRow, createLog, finishLog, type RunLog } from '../report/run-log.ts';
import { summaryLines } from '../report/summary.ts';
import type { Answer, Hello, Sample } from './messages.ts';
import { type Outcome, serve } from './serve.ts';
import { EXIT_PLANT } from './stdio.ts';

const PHASES = [
  { code: 0, name: 'vented', kind: 'vent' },
  { code: 1, name: 'fill', kind: 'fill' },
  { code: 2, name: 'hold', kind: 'work' },
  { code: 3, name: 'tripped', kind: 'trip' },
] as const;

/** What was said, as a run: the plant's own p stands for the true pressure, which it keeps to itself. */
class Diary {
  log: RunLog | null = null;
  readonly #command: string;
  #trip: string | undefined;
  #state = '';

  constructor(command: string) {
    this.#command = command;
  }

  take(hello: Hello, sample: Sample, answer: Answer): void {
    this.log ??= this.#open(hello);
    const log = this.log;
    const tMs = Math.round(sample.t * 1000);
    const p = sample.p ?? Number.NaN;
    const tripped = answer.trip !== undefined;
    const setpoint = answer.setpoint ?? (sample.cmd === 'hold' ? sample.sp : -1);
    const phase = PHASES.find((one) => one.name === answer.state)?.code ?? (answer.valve === 1 ? 0 : 2);
    appendRow(
      log,
      tMs,
      {
        tick: log.rows + 1,
        now: tMs,
        phase,
        step: -1,
        leftMs: 0,
        setpoint: tripped ? -1 : setpoint,
        measuredMmHg: p,
        filteredMmHg: p,
        pump: Math.round(answer.pump * 1000),
        bleedMs: answer.valve < 1 ? Math.round(answer.valve * hello.periodMs) : 0,
        vent: answer.valve === 1 ? 1 : 0,
        trip: tripped ? 1 : 0,
        inhibits: 0,
        lamps: 0,
      },
      { p2: p, p1: p, moving: false },
    );
    if (answer.trip !== undefined && answer.trip !== this.#trip) {
      addEvent(log, tMs, 'trip', `${answer.trip}: ${answer.why ?? ''}`);
    }
    if (answer.state !== this.#state) addEvent(log, tMs, 'phase', answer.state ?? '');
    this.#trip = answer.trip;
    this.#state = answer.state ?? '';
  }

  #open(hello: Hello): RunLog {
    return createLog({
      version: version(),
      level: 'outside',
      board: 'none',
      sensor: 'outside',
      seed: 0,
      scenario: 'outside plant',
      title: 'Against a plant of your own',
      command: `npm run sim -- --plant-cmd ${JSON.stringify(this.#command)}`,
      tickMs: hello.periodMs,
      lopMmHg: hello.lopMmHg,
      plantName: this.#command,
      plant: {},
      settings: {},
      protocol: { name: hello.protocol ?? hello.run, title: hello.run, steps: [] },
      phases: PHASES,
    });
  }
}

/** Runs until the plant ends or fails; the child is gone when this returns. */
async function converse(command: string, timeoutMs: number, diary: Diary): Promise<Outcome> {
  const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const failed = new Promise<string>((resolve) => child.once('error', (error) => resolve(error.message)));
  const closed = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const outcome = await Promise.race([
    serve(child.stdout, child.stdin, { timeoutMs, onAnswer: (...said) => diary.take(...said) }),
    failed.then(
      (error): Outcome => ({ error: `--plant-cmd did not start: ${error}`, answers: 0, trip: null }),
    ),
  ]);
  child.stdin.end();
  const code = await Promise.race([
    closed,
    new Promise<'late'>((resolve) => setTimeout(resolve, 500, 'late')),
  ]);
  if (code === 'late' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  if (outcome.error !== null && typeof code === 'number' && code !== 0) {
    return { ...outcome, error: `${outcome.error} (the plant ended with exit code ${code})` };
  }
  return outcome;
}

export async function plantCommand(
  command: string,
  timeoutMs: number,
  paths: ReadonlyMap<OutputKind, string>,
  quiet: boolean,
): Promise<number> {
  const diary = new Diary(command);
  const outcome = await converse(command, timeoutMs, diary);
  if (outcome.error !== null) console.error(`error: ${outcome.error}`);
  if (diary.log === null) return outcome.error === null ? 0 : EXIT_PLANT;
  const log = finishLog(diary.log);
  if (outcome.error !== null) addEvent(log, log.columns.tMs[log.rows - 1] ?? 0, 'message', outcome.error);
  const metrics: Metrics = metricsOf(log);
  const figures = figuresOf(log, metrics);
  if (!quiet) console.log(['', ...summaryLines(figures, process.stdout.columns ?? 100), ''].join('\n'));
  const written = await writeOutputs(paths, { log, metrics, figures, expected: [], notStarted: [] });
  if (!quiet) for (const path of written) console.log(`  wrote ${path}`);
  return outcome.error === null ? 0 : EXIT_PLANT;
}
