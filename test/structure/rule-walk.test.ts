/**
 * The walk "Add a safety rule" of CONTRIBUTING.md, gone in a copy of the tree: row, rule and test are written into it by hand, the rest by the
 * command for documents, and then the copy's own checks run on it. A walk that needs one more file fails.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TRIP_ROWS } from '../../src/safety/rows/all.ts';
import { ROOT } from '../../tools/build/project.ts';

let tree = '';

beforeAll(() => {
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  tree = mkdtempSync(join(ROOT, 'build', 'rule-'));
  for (const layer of ['src', 'hal', 'tools', 'sim', 'docs'])
    cpSync(join(ROOT, layer), join(tree, layer), { recursive: true });
  for (const folder of ['safety', 'structure'])
    cpSync(join(ROOT, 'test', folder), join(tree, 'test', folder), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(ROOT, file), join(tree, file));
  writeFileSync(
    join(tree, 'vitest.config.ts'),
    "export default { test: { include: ['test/**/*.test.ts'], isolate: false, maxWorkers: 1 } };\n",
  );
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** A file of the copy with these texts in the place of others; each must be there. */
function edit(path: string, ...changes: readonly (readonly [was: string | RegExp, is: string])[]): void {
  let text = readFileSync(join(tree, path), 'utf8');
  for (const [was, is] of changes) {
    const next = text.replace(was, () => is);
    expect(next, `${path} has no ${was}`).not.toBe(text);
    text = next;
  }
  writeFileSync(join(tree, path), text);
}

/** Runs `node` in the copy. */
function run(...args: string[]): { readonly said: string; readonly code: number | null } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const ran = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8', env });
  return { said: ran.stdout + ran.stderr, code: ran.status };
}

/** The highest code plus one. */
const CODE = Math.max(...TRIP_ROWS.map((row) => row.code)) + 1;

const inModules = (path: string): string => join(ROOT, 'node_modules', path);

const ROW = `  {
    code: TRIP_TOO_WARM,
    name: 'too-warm',
    severity: 'hazard',
    clear: 'restart',
    lamp: 'power and outputs',
    message: 'The pump was on for {m} ms without a pause, allowed are {a}.',
    hint: 'Take the cuff off and let it cool.',
    hazard: 'pump overheats',
    harm: 'burn',
    hardware: '',
    control: 'time that the pump has run without a pause',
    limits: [['time without a pause', WARM_MS, 'ms', 'our decision']],
    test: 'too-warm.test.ts: a pump without a pause',
  },
];
`;

const RULE = `
function judgeWarmth(supervisor: Writes<Supply>, t: ReadTick): void {
  supervisor.warmMs = t.outPump > 0 ? supervisor.warmMs + 4 * t.dt : 0;
  if (!(supervisor.warmMs < WARM_MS)) trip(supervisor, t, TRIP_TOO_WARM, supervisor.warmMs, WARM_MS);
}
`;

const TEST = `import { expect, it } from 'vitest';
import { TRIP_TOO_WARM } from '../../src/safety/rows/outputs.ts';
import { isHazard, tripName } from '../../src/safety/trips.ts';
import { Stand } from './stand.ts';

it('a pump without a pause', () => {
  const stand = new Stand().hold(100);
  for (let k = 0; k < 60 && stand.s.trip === 0; k++) {
    stand.t.outPump = 1000;
    stand.tick({ pumpMv: 3000 });
  }
  expect([stand.s.trip, tripName(stand.s.trip), isHazard(stand.s.trip)]).toEqual([TRIP_TOO_WARM, 'too-warm', true]);
});
`;

describe('a safety rule: its row and its rule', () => {
  it('compiles, is in every table once they are made anew, trips, and its test fails without it', {
    timeout: 120_000,
  }, () => {
    edit(
      'src/safety/rows/outputs.ts',
      [
        'export const TRIP_MEMORY_LOW = 26;\n',
        `export const TRIP_MEMORY_LOW = 26;\n\nexport const TRIP_TOO_WARM = ${CODE};\n/** The pump may run for so long without a pause, ms. Our decision. */\nexport const WARM_MS = 2000;\n`,
      ],
      [/\];\n$/, ROW],
    );
    edit(
      'src/safety/supply-rules.ts',
      ['  TRIP_VALVE_LIVE,\n}', '  TRIP_TOO_WARM,\n  TRIP_VALVE_LIVE,\n  WARM_MS,\n}'],
      [
        'export interface Supply {\n',
        'export interface Supply {\n  /** The pump has run for so long without a pause, ms. */\n  warmMs: number;\n',
      ],
      ['  return {\n', '  return {\n    warmMs: 0,\n'],
      [
        '  supervisor.railLowSince = t.now;\n  supervisor.faultLooks',
        '  supervisor.warmMs = 0;\n  supervisor.railLowSince = t.now;\n  supervisor.faultLooks',
      ],
      [
        '  supervisor.lookAt = t.now;\n}\n',
        `  supervisor.lookAt = t.now;\n  judgeWarmth(supervisor, t);\n}\n${RULE}`,
      ],
    );
    writeFileSync(join(tree, 'test/safety/too-warm.test.ts'), TEST);

    expect(run(inModules('typescript/bin/tsc'), '-p', 'src', '--noEmit')).toEqual({ said: '', code: 0 });
    const made = run('--import', 'tsx', 'sim/docs.ts', '--pages');
    expect(made.said).toMatch(/wrote src\/safety\/trip-table\.ts[\s\S]*wrote docs\/safety-case\.md/);
    expect(readFileSync(join(tree, 'docs/safety-case.md'), 'utf8')).toContain(
      `| \`too-warm\` | ${CODE} | pump overheats |`,
    );
    expect(readFileSync(join(tree, 'docs/indicator.md'), 'utf8')).toContain('too-warm');

    const CHECKS = ['too-warm', 'owners', 'safety-case', 'structure.test'];
    const checked = run(inModules('vitest/vitest.mjs'), 'run', '--no-color', ...CHECKS);
    expect(checked.said).not.toMatch(/FAIL .*/);
    expect(checked.code).toBe(0);

    edit('src/safety/supply-rules.ts', ['  judgeWarmth(supervisor, t);\n', '']);
    expect(run(inModules('vitest/vitest.mjs'), 'run', 'too-warm').code).toBe(1);
  });
});
