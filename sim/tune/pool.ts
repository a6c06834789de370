/** Runs many trials on all cores, in worker threads; results come back in the order of the tasks, whoever finishes first. */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Task, work } from './task.ts';
import type { Figures } from './trial.ts';

/** Fewer tasks than this are not worth starting threads for. */
const WORTH_THREADS = 24;
/** Tasks that lie with a worker at a time, so that it never waits. */
const AHEAD = 2;

export interface PoolOptions {
  /** Threads; all cores when left out, 0 = none. */
  readonly jobs?: number;
  /** Called as each task is done, in the order of finishing. */
  readonly onDone?: (index: number, figures: readonly Figures[]) => void;
  /** True = hand out no more tasks. */
  readonly stopped?: () => boolean;
  /** Instead of the trials, on this thread. */
  readonly work?: (task: Task) => readonly Figures[];
}

/** A thread starts in plain JavaScript: it has to be taught TypeScript before it can load the worker. */
function open(): Worker {
  const api = pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/cjs$/, 'mjs'),
  ).href;
  const own = new URL('./trial-worker.ts', import.meta.url).href;
  const start = `import(${JSON.stringify(api)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(own)}); })`;
  return new Worker(start, { eval: true, execArgv: [] });
}

async function alone(tasks: readonly Task[], options: PoolOptions): Promise<(readonly Figures[])[]> {
  const results: (readonly Figures[])[] = [];
  for (const [index, task] of tasks.entries()) {
    if (options.stopped?.() === true) break;
    const figures = (options.work ?? work)(task);
    results.push(figures);
    options.onDone?.(index, figures);
    // let signals and the progress bar in
    await new Promise((resolve) => setImmediate(resolve));
  }
  return results;
}

/** Figures of each task. When `stopped` cuts it short, the list is as long as the tasks and has holes. */
export function runTasks(tasks: readonly Task[], options: PoolOptions = {}): Promise<(readonly Figures[])[]> {
  const jobs = Math.min(options.jobs ?? availableParallelism(), tasks.length);
  if (jobs < 1 || options.work !== undefined || (options.jobs === undefined && tasks.length < WORTH_THREADS))
    return alone(tasks, options);
  const results: (readonly Figures[])[] = new Array(tasks.length);
  return new Promise((resolve, reject) => {
    const workers = Array.from({ length: jobs }, open);
    let next = 0;
    let out = 0;
    const end = (error?: Error): void => {
      for (const worker of workers) void worker.terminate();
      if (error === undefined) resolve(results);
      else reject(error);
    };
    const give = (worker: Worker): void => {
      if (next >= tasks.length || options.stopped?.() === true) {
        if (out === 0) end();
        return;
      }
      worker.postMessage({ index: next, task: tasks[next] });
      next += 1;
      out += 1;
    };
    for (const worker of workers) {
      worker.on('error', end);
      worker.on('message', ({ index, figures }: { index: number; figures: readonly Figures[] }) => {
        out -= 1;
        results[index] = figures;
        options.onDone?.(index, figures);
        give(worker);
      });
      for (let i = 0; i < AHEAD; i++) give(worker);
    }
  });
}
