/**
 * `npm run bench:builds`: healthy builds of each kind of docs/build.md, drawn from a seed, each led through the whole commissioning. Every refusal is a
 * false one. Exit code 1 when there is one.
 */

import { type BenchOptions, benchCommand, withBar, writeFigures } from '../bench/command.ts';
import { drawnBuilds } from './drawn-builds.ts';
import { BUILD_KINDS } from './supplies.ts';

const options = benchCommand(
  'builds',
  'Healthy builds of each kind, commissioned: a refusal is a false one. --quick: 3 of each.',
  2026,
)
  .parse()
  .opts<BenchOptions>();
const count = options.quick ? 3 : 10;

const rows = await withBar(BUILD_KINDS.length, 'kinds', async (tell) => {
  const all: { kind: string; builds: number; refused: string[] }[] = [];
  for (const kind of BUILD_KINDS) {
    all.push({ kind: kind.name, builds: count, refused: await drawnBuilds(kind, options.seed, count) });
    tell(all.length);
  }
  return all;
});
for (const { kind, refused } of rows)
  console.log(
    `${count - refused.length} of ${count} of build ${kind} pass${refused.map((why) => `\n  refused ${why}`).join('')}`,
  );
writeFigures(options.json, rows);
process.exitCode = rows.some(({ refused }) => refused.length > 0) ? 1 : 0;
