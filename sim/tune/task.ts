/** What the pool works on: one plant and the settings that are tried on it. Plain data, so that it can go to another thread. */
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
export function work(task: Task): Figures[] {
  return task.sets.map((settings) => trial(task.on, settings, task.motion));
}
