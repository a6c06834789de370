/** Trials on plants, alone in this process or many on all cores. */
import { type PoolOptions, runPool } from '../../tools/pool.ts';
import type { Figures } from './trial.ts';
import { type RunTrials, type Task, work } from './trial-task.ts';

/** Fewer tasks than this are not worth starting processes for. */
const WORTH_PROCESSES = 24;

export interface TaskOptions extends PoolOptions<readonly Figures[]> {
  /** Instead of the trials, in this process. */
  readonly work?: ((task: Task) => readonly Figures[]) | undefined;
}

/** Figures of each task. When `stopped` cuts it short, the list is as long as the tasks and has holes. */
export function runTasks(
  tasks: readonly Task[],
  { work: own, ...options }: TaskOptions = {},
): Promise<(readonly Figures[])[]> {
  const few = options.jobs === undefined && tasks.length < WORTH_PROCESSES;
  const jobs = few || own !== undefined ? 0 : options.jobs;
  return runPool(new URL('./trial-task.ts', import.meta.url), own ?? work, tasks, { ...options, jobs });
}

/** The same for a proposal; `jobs` as for the pool. */
export function runOnCores(jobs: number | undefined): RunTrials {
  return (tasks, onDone) => runTasks(tasks, { jobs, onDone });
}
