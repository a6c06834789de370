/** Runs mutants of a group in a process of the pool; the group's bundle is made once a process and kept for the next mutant. */
import { runPool } from '../pool.ts';
import { GROUPS, type Group } from './groups.ts';
import { createRunner, type Runner } from './runner.ts';

export interface Verdict {
  readonly id: number;
  /** Name of the test that fails; undefined = the mutant survives. */
  readonly killer?: string | undefined;
  /** How many tests come by. */
  readonly reached: number;
}

const runners = new Map<string, Promise<Runner>>();

/** What the tests of the group say to mutant `id`. Throws when they fail with nothing broken. */
export async function judgeMutant({ group: name, id }: { group: string; id: number }): Promise<Verdict> {
  const group = GROUPS.find((g) => g.name === name);
  if (group === undefined) throw new Error(`mutate: no group ${name}`);
  const ready = runners.get(name) ?? createRunner(group);
  runners.set(name, ready);
  const runner = await ready;
  return { id, killer: runner.killer(id), reached: runner.reached(id) };
}

/** Run all of `ids`; `onDone` is called for each as it comes. */
export async function runMutants(
  group: Group,
  ids: readonly number[],
  jobs: number,
  onDone: (verdict: Verdict) => void,
): Promise<void> {
  const tasks = ids.map((id) => ({ group: group.name, id }));
  await runPool(new URL(import.meta.url), judgeMutant, tasks, {
    jobs,
    onDone: (_index, verdict) => onDone(verdict),
  });
}
