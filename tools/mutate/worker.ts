/** A process that runs mutants of one group: told their numbers, it answers with the test that fails. */
import { GROUPS } from './groups.ts';
import { createRunner } from './runner.ts';

const group = GROUPS.find((g) => g.name === process.argv[2]);
if (group === undefined) throw new Error(`mutate: no group ${process.argv[2]}`);
try {
  const runner = await createRunner(group);
  process.on('message', (id: number) => {
    process.send?.({ id, killer: runner.killer(id), reached: runner.reached(id) });
  });
  process.send?.({ id: 0 });
} catch (error) {
  process.send?.({ id: -1, killer: String(error) });
}
