/** `npm run tune -- sweep`: sets of settings side by side over thousands of simulated cuffs. */
import type { Settings } from '../../src/settings.ts';
import type { Build } from '../bench/control-draw.ts';
import type { Exercise } from '../plant/limb-params.ts';
import { difference, pick, type Summary, summaryOf } from './statistics.ts';
import { codeSum, sweptPlant } from './sweep-plan.ts';
import { type SweepHead, SweepState } from './sweep-state.ts';
import { runTasks } from './task.ts';
import { FIGURE_NAMES, type Figures } from './trial.ts';
import type { Task } from './trial-task.ts';

export interface SweepOptions {
  readonly seed: number;
  readonly n: number;
  readonly motion: Exercise;
  readonly build: Build;
  readonly state: string;
  readonly fresh: boolean;
  readonly jobs?: number;
  /** Plants that are done, and all; called after each. */
  readonly onDone?: (done: number, all: number) => void;
  readonly stopped?: () => boolean;
  /** Instead of the sum over the sources. */
  readonly code?: string;
  /** Instead of the trials. */
  readonly work?: (task: Task) => readonly Figures[];
}

export interface SweptSet {
  readonly settings: Settings;
  readonly figures: Readonly<Record<keyof Figures, Summary>>;
  /** Share of plants on which the supervisor ended the trial. */
  readonly tripShare: number;
  /** Against the first set, plant by plant: mean and its standard error. */
  readonly against: Readonly<Record<keyof Figures, { readonly mean: number; readonly error: number }>>;
}

export interface Swept {
  readonly complete: boolean;
  readonly done: number;
  readonly head: SweepHead;
  readonly sets: readonly SweptSet[];
}

function record<T>(of: (name: keyof Figures) => T): Record<keyof Figures, T> {
  return Object.fromEntries(FIGURE_NAMES.map((name) => [name, of(name)])) as Record<keyof Figures, T>;
}

function sweptSet(settings: Settings, all: readonly Figures[], first: readonly Figures[]): SweptSet {
  return {
    settings,
    figures: record((name) => summaryOf(all, name)),
    tripShare: all.reduce((sum, f) => sum + f.trips, 0) / Math.max(1, all.length),
    against: record((name) => {
      const d = difference(pick(first, name), pick(all, name));
      return { mean: d.mean, error: d.error };
    }),
  };
}

/** Runs what the state does not hold yet. Throws BadState when the state is not this sweep's. */
export async function sweep(sets: readonly Settings[], options: SweepOptions): Promise<Swept> {
  const { seed, n, motion, build } = options;
  const head: SweepHead = {
    sweep: 1,
    code: options.code ?? codeSum(),
    seed,
    n,
    motion,
    build,
    sets: sets.map((set) => ({ ...set })),
  };
  const state = new SweepState(options.state, head, options.fresh);
  const open: number[] = [];
  for (let i = 0; i < n; i++) if (!state.done.has(i)) open.push(i);
  options.onDone?.(state.done.size, n);
  const tasks: Task[] = open.map((i) => ({ on: sweptPlant(motion, build, seed, i), motion, sets }));
  await runTasks(tasks, {
    jobs: options.jobs,
    stopped: options.stopped,
    work: options.work,
    onDone: (at, figures) => {
      state.add(open[at] as number, figures);
      options.onDone?.(state.done.size, n);
    },
  });
  const bySet = state.bySet();
  return {
    complete: state.done.size === n,
    done: state.done.size,
    head,
    sets: sets.map((settings, i) => sweptSet(settings, bySet[i] ?? [], bySet[0] ?? [])),
  };
}
