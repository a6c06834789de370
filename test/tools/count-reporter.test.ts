import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../tools/build/project.ts';
import { tinyFirmware } from './firmware.ts';

const GOOD = `import { expect, test } from 'vitest';
test('a', () => expect(1).toBe(1));
test('b', () => expect(1).toBe(1));
test.skip('c', () => expect(1).toBe(1));
`;

const CONFIG = `export default {
  test: { include: ['*.test.ts'], reporters: ['default', ${JSON.stringify(join(ROOT, 'tools/count-reporter.ts'))}] },
};
`;

/** Runs Vitest on the given files, apart from the run that this test is in. */
function lastLineOf(files: Record<string, string>): { line: string; status: number | null } {
  const folder = dirname(tinyFirmware({ 'main.ts': '', 'vitest.config.ts': CONFIG, ...files }));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run'], { cwd: folder, encoding: 'utf8', env });
  return { line: run.stdout.trimEnd().split('\n').at(-1) ?? '', status: run.status };
}

test('the last line counts what passed; failed tests and files that do not load count as failed', () => {
  const bad = `${GOOD}test('d', () => expect(1).toBe(2));\n`;
  const broken = `import './nowhere.ts';\n${GOOD}`;
  const { line, status } = lastLineOf({ 'a.test.ts': GOOD, 'b.test.ts': bad, 'c.test.ts': broken });
  expect(line).toBe('4 passed, 2 failed');
  expect(status).not.toBe(0);
});
