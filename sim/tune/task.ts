/** One plant and the settings that are tried on it, alone or many on all cores. A task is plain data: it goes to another process. */
import type { Settings } from '../../src/settings.ts';
import { type PoolOptions, runPool } from '../../tools/pool.ts';
import type { Exercise } from '../plant/limb-params.ts';
import type { AlikePlant } from './alike.ts';
import { type Figures, trial } from './trial.ts';

/** Fewer tasks than this are not worth starting processes for. */
const WORTH_PROCESSES = 24;

export interface Task {
  readonly on: AlikePlant;
  readonly motion: Exercise;
  /** Whole sets of settings; each is tried on the same plant, wearer and noise. */
  readonly sets: readonly Settings[];
}

export interface TaskOptions extends PoolOptions<readonly Figures[]> {
  /** Instead of the trials, in this process. */
  readonly work?: ((task: Task) => readonly Figures[]) | undefined;
}

/** The figures of each set. */
export function work(task: Task): readonly Figures[] {
  return task.sets.map((settings) => trial(task.on, settings, task.motion));
}

/** Figures of each task. When `stopped` cuts it short, the list is as long as the tasks and has holes. */
export function runTasks(
  tasks: readonly Task[],
  { work: own, ...options }: TaskOptions = {},
): Promise<(readonly Figures[])[]> {
  const few = options.jobs === undefined && tasks.length < WORTH_PROCESSES;
  const jobs = few || own !== undefined ? 0 : options.jobs;
  return runPool(new URL(import.meta.url), own ?? work, tasks, { ...options, jobs });
}
