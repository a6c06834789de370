/** One plant of the control benchmark: every controller on it, the limit, and what its pump and leak allow. */
import { runPool } from '../../tools/pool.ts';
import { openRig } from './bench-rig.ts';
import { changePlant } from './control-changes.ts';
import { type AnyDraw, type Build, drawOne, drawSecondOne, type Family } from './control-draw.ts';
import { drive } from './control-drive.ts';
import { entryOf } from './control-entries.ts';
import { type Metrics, measure } from './control-metrics.ts';
import { type BenchScenario, SCENARIOS, type ScenarioName } from './control-scenarios.ts';
import { type Limit, limitOf } from './limit.ts';
import { neededDuty } from './rest-need.ts';

/** One plant to run: every controller of `keys` on it, and the limit. */
export interface Task {
  readonly scenario: ScenarioName;
  readonly family: Family;
  readonly build: Build;
  /** Change of the build for the parts table. */
  readonly change?: string;
  readonly seed: number;
  readonly index: number;
  readonly keys: readonly string[];
  readonly limit: boolean;
}

export interface Done {
  readonly task: Task;
  readonly metrics: Readonly<Record<string, Metrics>>;
  readonly limit: Limit | null;
  /** Time with the pump full on to 97 % of the target, s: what a fill cannot beat. */
  readonly pumpLimitedS: number;
  /** Pump duty that leak and creep need at rest after the first 3 min, %; NaN where the scenario has no such rest. */
  readonly neededDuty: number;
}

/** Pump full on, valve shut, from the vented cuff. */
function pumpLimited(scenario: BenchScenario, draw: AnyDraw): number {
  const rig = openRig(draw, scenario.percent, true);
  const target = Math.round(rig.targetMmHg);
  rig.advanceTo(800);
  rig.valve = 1;
  rig.pump = 1;
  for (let now = 810; now < 120_000; now += 10) {
    rig.advanceTo(now);
    if (rig.p2 >= 0.97 * target) return (now - 800) / 1000;
  }
  return Number.POSITIVE_INFINITY;
}

/** The device and wearer of a task. */
function drawFor(task: Task, scenario: BenchScenario): AnyDraw {
  if (task.family === 'second') return drawSecondOne(task.seed, task.index, task.build);
  const drawn = drawOne(scenario, task.seed, task.index, task.build);
  return task.change === undefined ? drawn : changePlant(drawn, task.change);
}

/** Runs one task. Each controller meets the same plant, wearer and noise. */
export function runTask(task: Task): Done {
  const scenario = SCENARIOS[task.scenario];
  const draw = drawFor(task, scenario);
  const metrics: Record<string, Metrics> = {};
  for (const key of task.keys) {
    const { make, timing } = entryOf(key);
    metrics[key] = measure(scenario, drive(scenario, draw, make, timing));
  }
  const known = 'second' in draw ? null : draw;
  return {
    task,
    metrics,
    limit: task.limit && known !== null ? limitOf(scenario, known, true) : null,
    pumpLimitedS: pumpLimited(scenario, draw),
    neededDuty: known === null ? Number.NaN : neededDuty(scenario, known),
  };
}

/** Runs all tasks on all cores; results in the order of the tasks. `progress` gets the number of those done. */
export function runTasks(tasks: readonly Task[], progress: (done: number) => void): Promise<Done[]> {
  let done = 0;
  return runPool(new URL(import.meta.url), runTask, tasks, { onDone: () => progress(++done) });
}
