/**
 * Runs one function on many inputs, in several processes: the one pool of workers of tools and simulator.
 * Results come back in the order of the inputs, whoever finishes first; the number of workers changes no result. It must never keep
 * anything between inputs itself, and gives a worker nothing but its input.
 */
import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';

declare global {
  /** The pool's declarations name a browser's worker, which Node does not have. */
  interface Worker {
    readonly resourceLimits?: never;
  }
}

/** Ctrl-C reaches a whole group of processes: whoever started the workers decides what it means. */
const DEAF = 'data:text/javascript,process.on("SIGINT",()=>{})';

export interface PoolOptions<Out> {
  /** Workers; all cores when left out; 0 = none, everything runs in this process. */
  readonly jobs?: number | undefined;
  /** Called as each input is done, in the order of finishing. */
  readonly onDone?: ((index: number, result: Out) => void) | undefined;
  /** True = start no further input. */
  readonly stopped?: (() => boolean) | undefined;
}

/**
 * Results of `work` for each of `inputs`. `module` is the file that exports `work` under its own name. Inputs and results are plain
 * data; NaN and Infinity survive. When `stopped` cuts it short, the list is as long as the inputs and has holes.
 * Rejects with the first error of a worker; no worker is left behind.
 */
export async function runPool<In, Out>(
  module: URL,
  work: (input: In) => Out | Promise<Out>,
  inputs: readonly In[],
  options: PoolOptions<Awaited<Out>> = {},
): Promise<Awaited<Out>[]> {
  const jobs = Math.min(options.jobs ?? availableParallelism(), inputs.length);
  if (jobs < 1) return runLanes(1, inputs, work, options);
  const pool = new Tinypool({
    filename: module.href,
    name: work.name,
    runtime: 'child_process',
    serialization: 'advanced',
    // a worker starts in plain JavaScript: it has to learn TypeScript before it can load the module
    execArgv: ['--import', 'tsx', '--import', DEAF],
    minThreads: jobs,
    maxThreads: jobs,
  });
  try {
    return await runLanes(jobs, inputs, (input) => (pool.run(input) as Promise<Out>).catch(fail), options);
  } finally {
    await pool.destroy();
  }
}

/** An error of another process arrives as plain data: nobody would find its message. */
function fail(error: unknown): never {
  if (error instanceof Error) throw error;
  const { message, stack } = error as { message?: unknown; stack?: unknown };
  throw Object.assign(new Error(String(message ?? error)), typeof stack === 'string' ? { stack } : {});
}

/** `lanes` inputs are under way at a time; each lane takes the next input that nobody has. */
async function runLanes<In, Out>(
  lanes: number,
  inputs: readonly In[],
  run: (input: In) => Out | Promise<Out>,
  { onDone, stopped }: PoolOptions<Awaited<Out>>,
): Promise<Awaited<Out>[]> {
  const results: Awaited<Out>[] = new Array(inputs.length);
  const open = inputs.entries();
  const lane = async (): Promise<void> => {
    for (const [index, input] of open) {
      if (stopped?.() === true) return;
      const result = await run(input);
      results[index] = result;
      onDone?.(index, result);
      // let signals and the progress bar in
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
