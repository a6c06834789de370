/** Mutants of one group on several processes. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Group } from './groups.ts';

export interface Verdict {
  readonly id: number;
  /** Name of the test that fails; undefined = the mutant survives. */
  readonly killer?: string;
  /** How many tests come by. */
  readonly reached: number;
}

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Run all of `ids`; `onDone` is called for each as it comes. Rejects when the tests fail with nothing broken. */
export function runMutants(
  group: Group,
  ids: readonly number[],
  jobs: number,
  onDone: (verdict: Verdict) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = 0;
    let open = 0;
    const start = (): void => {
      const child = fork(WORKER, [group.name], { execArgv: ['--import', 'tsx'] });
      open++;
      child.on('message', (verdict: Verdict) => {
        if (verdict.id < 0) return reject(new Error(verdict.killer));
        if (verdict.id > 0) onDone(verdict);
        const id = ids[next++];
        if (id === undefined) child.disconnect();
        else child.send(id);
      });
      child.on('exit', () => {
        open--;
        if (open === 0) resolve();
      });
    };
    for (let i = 0; i < Math.min(jobs, ids.length); i++) start();
    if (ids.length === 0) resolve();
  });
}
