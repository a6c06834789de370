import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Build } from './control-draw.ts';
import type { Metrics } from './control-metrics.ts';
import type { ScenarioName } from './control-scenarios.ts';
import type { Limit } from './limit.ts';

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

/** Runs all tasks on all cores, one plant at a time; results in the order of the tasks. */
export function runPool(tasks: readonly Task[], progress: (done: number) => void): Promise<Done[]> {
  const results: Done[] = new Array(tasks.length);
  const workers = Math.min(availableParallelism(), tasks.length);
  let next = 0;
  let finished = 0;
  return new Promise((resolve, reject) => {
    const children: ChildProcess[] = [];
    const stop = (): void => {
      for (const c of children) c.kill();
    };
    if (tasks.length === 0) resolve(results);
    for (let w = 0; w < workers; w += 1) {
      const child = fork(fileURLToPath(new URL('./control-worker.ts', import.meta.url)));
      children.push(child);
      let current = -1;
      const give = (): void => {
        if (next >= tasks.length) return;
        current = next;
        next += 1;
        child.send(tasks[current] as Task);
      };
      child.on('message', (message: Done) => {
        results[current] = message;
        finished += 1;
        progress(finished);
        if (finished === tasks.length) {
          stop();
          resolve(results);
        } else give();
      });
      child.on('exit', (code) => {
        if (finished < tasks.length && code !== null && code !== 0) {
          stop();
          reject(new Error(`benchmark worker ended with code ${code} at ${JSON.stringify(tasks[current])}`));
        }
      });
      give();
    }
  });
}
