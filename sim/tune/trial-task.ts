/** One plant and the settings that are tried on it. A task is plain data: it goes to another process or to a page's worker. */
import type { Settings } from '../../src/settings.ts';
import type { Exercise } from '../plant/limb-params.ts';
import type { AlikePlant } from './alike.ts';
import { type Figures, trial } from './trial.ts';

export interface Task {
  readonly on: AlikePlant;
  readonly motion: Exercise;
  /** Whole sets of settings; each is tried on the same plant, wearer and noise. */
  readonly sets: readonly Settings[];
}

/** The figures of each set. */
export function work(task: Task): readonly Figures[] {
  return task.sets.map((settings) => trial(task.on, settings, task.motion));
}

/** Whoever does the tasks: this process, others, or a page's workers. Results in the order of the tasks. */
export type RunTrials = (tasks: readonly Task[], onDone: () => void) => Promise<(readonly Figures[])[]>;
