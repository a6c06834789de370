/**
 * `npm run mutate`: breaks the rules of safety, the loop's own files and the drivers of the outputs in every small way (a statement
 * deleted, a comparison turned or moved by its edge, a constant doubled or halved) and runs behaviour tests on each: they must notice.
 */
import { writeFileSync } from 'node:fs';
import pc from 'picocolors';
import { lastWord } from './last-word.ts';
import { EQUIVALENT } from './mutate/equivalent.ts';
import { GROUPS, type Group } from './mutate/groups.ts';
import type { Mutant } from './mutate/mutants.ts';
import { type MutateOptions, mutateCommand, readOptions } from './mutate/options.ts';
import { instrumentAll } from './mutate/runner.ts';
import { runMutants } from './mutate/worker.ts';

interface Count {
  mutants: number;
  killed: number;
  same: number;
  survive: number;
}

function told(): MutateOptions {
  try {
    return readOptions(mutateCommand(), process.argv);
  } catch (error) {
    return process.exit(lastWord('mutate', error));
  }
}

const options = told();
const files = new Map<string, Count>();
const survivors: string[] = [];
const excused = new Set<string>();

function countOf(file: string): Count {
  const count = files.get(file) ?? { mutants: 0, killed: 0, same: 0, survive: 0 };
  files.set(file, count);
  return count;
}

async function runGroup(group: Group): Promise<void> {
  const all = (await instrumentAll(group)).mutants;
  const chosen = all.filter((m) => m.file.includes(options.only));
  if (chosen.length === 0) return;
  console.log(
    `${group.name}: ${chosen.length} of ${all.length} mutants in ${group.targets.length} files, ${group.tests.length} test files`,
  );
  const ids = chosen.map((m) => m.id);
  let done = 0;
  await runMutants(group, ids, options.jobs, (verdict) => {
    const m = all[verdict.id - 1] as Mutant;
    const count = countOf(m.file);
    count.mutants++;
    if (verdict.killer !== undefined) count.killed++;
    else note(m, count, verdict.reached);
    done++;
    if (done % 100 === 0) console.log(pc.dim(`${done} of ${chosen.length}, ${survivors.length} survive`));
  });
}

function note(m: Mutant, count: Count, reached: number): void {
  const reason = EQUIVALENT[m.key];
  if (reason !== undefined) {
    count.same++;
    excused.add(m.key);
    return;
  }
  count.survive++;
  survivors.push(m.key);
  console.log(`${pc.red('survives')} ${m.key}${reached === 0 ? pc.yellow(' (no test comes by)') : ''}`);
}

try {
  for (const group of GROUPS)
    if (options.group === undefined || group.name === options.group) await runGroup(group);
} catch (error) {
  console.error(`mutate: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
}

const total: Count = { mutants: 0, killed: 0, same: 0, survive: 0 };
const row = (file: string, c: Count): string =>
  [file.padEnd(34), ...[c.mutants, c.killed, c.same, c.survive].map((n) => String(n).padStart(8))].join('');
console.log(
  `\n${['file'.padEnd(34), ...['mutants', 'killed', 'same', 'survive'].map((w) => w.padStart(8))].join('')}`,
);
for (const [file, c] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(row(file, c));
  for (const field of Object.keys(total) as (keyof Count)[]) total[field] += c[field];
}
console.log(row('all', total));
// a reason for a mutant that a test notices, or that is there no more, is no reason
const idle = Object.keys(EQUIVALENT).filter(
  (key) => files.has(key.split(' | ')[0] ?? '') && !excused.has(key),
);
for (const key of idle) console.log(`${pc.yellow('reason without a need')} ${key}`);
if (options.json !== undefined)
  writeFileSync(
    options.json,
    `${JSON.stringify({ ...total, files: Object.fromEntries(files), survivors }, null, 2)}\n`,
  );
process.exit(survivors.length + idle.length === 0 ? 0 : 1);
