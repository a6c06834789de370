import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../tools/build/project.ts';
import { EQUIVALENT } from '../../tools/mutate/equivalent.ts';
import { GROUPS, UNBROKEN } from '../../tools/mutate/groups.ts';
import { instrumentAll } from '../../tools/mutate/runner.ts';

/** All TypeScript files of a layer, with forward slashes. */
function filesUnder(layer: string): string[] {
  return readdirSync(join(ROOT, layer), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => `${layer}/${name.replaceAll('\\', '/')}`);
}

it('every file of the firmware is broken by one group, or by none for a reason', () => {
  const listed = [...GROUPS.flatMap((group) => group.targets), ...Object.keys(UNBROKEN)].sort();
  expect(listed).toEqual([...filesUnder('src'), ...filesUnder('hal')].sort());
});

it('every test file of a group is there', () => {
  for (const file of GROUPS.flatMap((group) => group.tests))
    expect(existsSync(join(ROOT, file)), file).toBe(true);
});

it('every mutant that is excused is one that the tool makes', async () => {
  const made = await Promise.all(GROUPS.map(instrumentAll));
  const keys = new Set(made.flatMap(({ mutants }) => mutants.map((m) => m.key)));
  expect(Object.keys(EQUIVALENT).filter((key) => !keys.has(key))).toEqual([]);
});
