import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../tools/build/project.ts';
import { evaluateThere, interpreter } from '../device/interpreter.ts';
import { tinyFirmware } from './firmware.ts';

const LIB = join(ROOT, 'tools/device-lib/lib.d.ts');

/** Lines of device code that must not type-check: the interpreter lacks it, or the core may not use it. */
const REFUSED = [
  'new Map();',
  'new Set();',
  'Symbol();',
  'Math.trunc(1);',
  'Math.hypot(1, 2);',
  'Number.isFinite(1);',
  'Object.freeze({});',
  '[1].at(0);',
  '[1].flat();',
  '[1].lastIndexOf(1);',
  "'a'.trimStart();",
  '(1).toPrecision(2);',
  '(1).toFixed(1);',
  'list.length = 0;',
  'new RangeError();',
  'Array.from([1]);',
  'Math.random();',
  'Date.now();',
  'setTimeout(work, 1);',
  'console.log(1);',
  'digitalWrite(D1, 1);',
  'process.exit();',
  "require('Storage');",
];

const ACCEPTED = [
  'list.push(Math.sign(-1));',
  "list.fill(0).includes(1) && 'a'.padStart(2, '0');",
  'Object.assign({ a: 1 }, { b: 2 });',
  'new Float32Array(4).fill(1 / 3);',
  'for (const x of list) list.push(x);',
];

function linesWithErrors(lines: readonly string[]): Set<number> {
  const head = 'const list: number[] = [];\nfunction work(): void {}\nwork();\n';
  const main = tinyFirmware({ 'main.ts': `${head}${lines.join('\n')}\nexport {};\n` });
  const config = {
    extends: '../../tsconfig.json',
    compilerOptions: { noLib: true, types: [] },
    files: ['main.ts', LIB],
    include: [],
  };
  writeFileSync(join(dirname(main), 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const run = spawnSync(process.execPath, [tsc, '-p', dirname(main), '--pretty', 'false'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(run.stdout).not.toContain('lib.d.ts');
  return new Set([...run.stdout.matchAll(/main\.ts\((\d+),/g)].map((m) => Number(m[1]) - 3));
}

/** `owner.member` of every method and constant that `lib.d.ts` declares. */
function declaredMembers(): { owner: string; member: string }[] {
  const blocks = readFileSync(LIB, 'utf8').matchAll(
    /^interface (\w+)(?:<[^{]*>)?(?: extends [^{]*)? \{\n([^}]*)^\}/gm,
  );
  return [...blocks].flatMap(([, owner = '', body = '']) =>
    [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:<]/gm)]
      .map(([, member = '']) => ({ owner, member }))
      .filter(({ member }) => member !== 'new'),
  );
}

/** An expression that is an instance of each declared interface. */
const INSTANCES: Record<string, string> = {
  Object: '({})',
  ObjectConstructor: 'Object',
  Function: '(function(){})',
  Boolean: 'true',
  Number: '(1)',
  NumberConstructor: 'Number',
  Math: 'Math',
  String: '"a"',
  StringConstructor: 'String',
  RegExp: '/a/',
  ArrayLike: '[1]',
  ReadonlyArray: '[1]',
  Array: '[1]',
  ArrayConstructor: 'Array',
  ArrayBuffer: 'new ArrayBuffer(4)',
  TypedArray: 'new Float32Array(2)',
  DataView: 'new DataView(new ArrayBuffer(8))',
  Error: 'new Error("e")',
  JSON: 'JSON',
  IArguments: '(function(){return arguments})(1)',
};

describe('the fence of types around device code', () => {
  test('refuses what is not there', () => {
    const bad = linesWithErrors(REFUSED);
    expect(REFUSED.filter((_, i) => !bad.has(i + 1))).toEqual([]);
  });

  test('lets through what is there', () => {
    expect([...linesWithErrors(ACCEPTED)].map((line) => ACCEPTED[line - 1])).toEqual([]);
  });

  const binary = interpreter('each declared built-in exists in the interpreter');
  test.skipIf(binary === undefined)('declares only what the interpreter has', () => {
    const members = declaredMembers();
    expect(members.length).toBeGreaterThan(100);
    expect(members.filter(({ owner }) => INSTANCES[owner] === undefined)).toEqual([]);
    const kinds = evaluateThere(
      binary ?? '',
      members.map(({ owner, member }) => `typeof ${INSTANCES[owner]}.${member}`),
    );
    const missing = members.filter((_, i) => !/^(function|number|string|object)$/.test(kinds[i] ?? ''));
    expect(missing.filter(({ member }) => member !== 'stack').map((m) => `${m.owner}.${m.member}`)).toEqual(
      [],
    );
  });
});
