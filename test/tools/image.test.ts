import { parseExpressionAt } from 'acorn';
import { describe, expect, test } from 'vitest';
import { buildImage } from '../../tools/build/image.ts';
import { projectVersion } from '../../tools/build/project.ts';
import { tinyFirmware } from './firmware.ts';

const GOOD = {
  'main.ts': `import { GAIN, step, type Reg } from './reg.ts';
declare const BUILD_VERSION: string;
declare const BUILD_BOARD: string;
declare const BUILD_DEV: boolean;
const reg: Reg = { sum: 0 };
function add(x: number): number {
  step(reg, x);
  return reg.sum * GAIN;
}
export default { add, version: BUILD_VERSION, board: BUILD_BOARD, dev: BUILD_DEV };
`,
  'reg.ts': `export interface Reg {
  sum: number;
}
export const GAIN = 95 / 100;
export function step(reg: Reg, x: number): void {
  reg.sum += x * (7 / 10);
}
`,
};

function broken(text: string): Record<string, string> {
  return { ...GOOD, 'reg.ts': `${GOOD['reg.ts']}${text}` };
}

async function refusalOf(files: Record<string, string>): Promise<string> {
  const entry = tinyFirmware(files);
  return await buildImage({ entry }).then(
    () => 'not refused',
    (error: Error) => error.message,
  );
}

describe('the device image', () => {
  test('is one ASCII expression whose value is the default export', async () => {
    const { code, bytes } = await buildImage({ entry: tinyFirmware(GOOD) });
    expect(parseExpressionAt(code, 0, { ecmaVersion: 2015 }).end).toBe(code.length);
    expect(code).toMatch(/^[\x20-\x7e\n]*$/);
    expect(bytes).toBe(code.length);
    // biome-ignore lint/security/noGlobalEval: the loader on the board does exactly this
    const cuff = eval(code) as { add(x: number): number; version: string; board: string; dev: boolean };
    expect(cuff).toMatchObject({ version: projectVersion(), board: 'jolt', dev: false });
    expect(cuff.add(3)).toBe(3 * (7 / 10) * (95 / 100));
  });

  test('has the same bytes for the same sources', async () => {
    const entry = tinyFirmware(GOOD);
    const [a, b] = [await buildImage({ entry }), await buildImage({ entry })];
    expect(a.code).toBe(b.code);
  });

  test('knows whether it keeps the console', async () => {
    const { code } = await buildImage({ entry: tinyFirmware(GOOD), dev: true });
    // biome-ignore lint/security/noGlobalEval: the loader on the board does exactly this
    expect(eval(code)).toMatchObject({ dev: true });
  });

  test('writes no decimal fraction, although the minifier folds quotients', async () => {
    const { code } = await buildImage({ entry: tinyFirmware(GOOD) });
    expect(code).toContain('(95/100)');
    expect(code.replaceAll(/"[^"]*"/g, '')).not.toMatch(/\.\d/);
  });

  test('cut off anywhere runs nothing', async () => {
    const { code } = await buildImage({ entry: tinyFirmware(GOOD) });
    const parse = (text: string): unknown => new Function(text);
    const runnable = Array.from({ length: code.length - 1 }, (_, i) => code.slice(0, i + 1)).filter((cut) => {
      try {
        return parse(cut) !== undefined;
      } catch {
        return false;
      }
    });
    // only the function itself, not called
    expect(runnable).toEqual([code.slice(0, -'()'.length)]);
  });

  test('accounts for every byte by source file', async () => {
    const image = await buildImage({ entry: tinyFirmware(GOOD) });
    expect(image.modules.some((m) => m.file.endsWith('/reg.ts'))).toBe(true);
    const sum = image.modules.reduce((total, m) => total + m.bytes, 0);
    expect(sum).toBeGreaterThan(image.bytes * 0.8);
    expect(sum).toBeLessThanOrEqual(image.bytes);
  });

  test.each([
    ['decimal-literal', 'export const X = 1;\nexport const B = 0.7;\n', 9, 18],
    ['optional-chaining', 'export function f(r?: Reg): unknown {\n  return r?.sum;\n}\n', 9, 10],
    ['use-before-define', 'export const T = [late];\nfunction late(): void {}\n', 8, 19],
    ['missing-builtin', 'export const n: number = Math.trunc(3);\n', 8, 26],
    ['non-ascii', 'export const A = 1; // \u00e9\n', 8, 24],
  ])('refuses %s with file, line and what to write instead', async (rule, text, line, column) => {
    const message = await refusalOf(broken(text));
    expect(message).toMatch(
      new RegExp(`build/tiny-\\w+/reg\\.ts:${line}:${column}: \\[${rule}\\] .*write instead: \\w`),
    );
  });

  test('refuses an import cycle and names its files', async () => {
    const message = await refusalOf({
      'main.ts': `import { a } from './a.ts';\nexport default { a };\n`,
      'a.ts': `import { b } from './b.ts';\nexport const a = 1;\nexport function fa(): number {\n  return b;\n}\n`,
      'b.ts': `import { fa } from './a.ts';\nexport const b = 2;\nexport function fb(): number {\n  return fa();\n}\n`,
    });
    expect(message).toMatch(/\[import-cycle\].*a\.ts -> .*b\.ts -> .*a\.ts/);
  });

  test('refuses what the minifier brings in, naming the source line', async () => {
    const sum = 'reg.sum * GAIN';
    const main = GOOD['main.ts'].replace(sum, `${sum} + 1 / 100000000 / 100000000`);
    const message = await refusalOf({ ...GOOD, 'main.ts': main });
    expect(message).toMatch(/main\.ts:8:\d+: \[decimal-literal\] .*\(in the emitted image\)/);
  });

  test.each(['board', 'sensor'])('refuses an unknown %s with the list of known ones', async (kind) => {
    await expect(buildImage({ [kind]: 'nosuch' })).rejects.toThrow(
      new RegExp(`--${kind} nosuch: .*choose one of: \\w`),
    );
  });
});
