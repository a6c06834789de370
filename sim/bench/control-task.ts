/** One plant of the control benchmark: every controller on it, the limit, and what its pump and leak allow. */
import { runPool } from '../../tools/pool.ts';
import { Rig } from '../plant/rig.ts';
import { changePlant } from './control-changes.ts';
import { type Build, type Draw, drawOne } from './control-draw.ts';
import { drive } from './control-drive.ts';
import { entryOf } from './control-entries.ts';
import { type Metrics, measure } from './control-metrics.ts';
import { type BenchScenario, SCENARIOS, type ScenarioName } from './control-scenarios.ts';
import { type Limit, limitOf } from './limit.ts';
import { neededDuty } from './rest-need.ts';

/** One plant to run: every controller of `keys` on it, and the limit. */
export interface Task {
  readonly scenario: ScenarioName;
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
function pumpLimited(scenario: BenchScenario, draw: Draw): number {
  const target = Math.round((draw.plant.lopMmHg * scenario.percent) / 100);
  const rig = new Rig(
    {
      plant: draw.plant,
      limb: { ...draw.limb, kind: 'rest' },
      sensor: draw.sensor,
      targetMmHg: (draw.plant.lopMmHg * scenario.percent) / 100,
    },
    draw.seed,
  );
  rig.advanceTo(800);
  rig.valve = 1;
  rig.pump = 1;
  for (let now = 810; now < 120_000; now += 10) {
    rig.advanceTo(now);
    if (rig.p2 >= 0.97 * target) return (now - 800) / 1000;
  }
  return Number.POSITIVE_INFINITY;
}

/** Runs one task. Each controller meets the same plant, wearer and noise. */
export function runTask(task: Task): Done {
  const scenario = SCENARIOS[task.scenario];
  const drawn = drawOne(scenario, task.seed, task.index, task.build);
  const draw = task.change === undefined ? drawn : changePlant(drawn, task.change);
  const metrics: Record<string, Metrics> = {};
  for (const key of task.keys) metrics[key] = measure(scenario, drive(scenario, draw, entryOf(key).make));
  return {
    task,
    metrics,
    limit: task.limit ? limitOf(scenario, draw, true) : null,
    pumpLimitedS: pumpLimited(scenario, draw),
    neededDuty: neededDuty(scenario, draw),
  };
}

/** Runs all tasks on all cores; results in the order of the tasks. `progress` gets the number of those done. */
export function runTasks(tasks: readonly Task[], progress: (done: number) => void): Promise<Done[]> {
  let done = 0;
  return runPool(new URL(import.meta.url), runTask, tasks, { onDone: () => progress(++done) });
}
