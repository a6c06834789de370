import { describe, expect, test } from 'vitest';
import { againstBudget, BUDGETS } from '../../tools/budgets.ts';
import { buildImage, type Image } from '../../tools/build/image.ts';
import { sizeReport } from '../../tools/build/size-report.ts';

function imageOf(bytes: number): Image {
  const rest = { version: '1.2.3', board: 'jolt', sensor: 'mprls', dev: false, code: '', gzipBytes: 400 };
  return { ...rest, bytes, names: new Map(), modules: [{ file: 'src/loop.ts', bytes: bytes / 2 }] };
}

describe('the budgets', () => {
  test('hold up to the limit and fail one above', () => {
    expect(againstBudget('imageBytes', BUDGETS.imageBytes).over).toBe(false);
    expect(againstBudget('imageBytes', BUDGETS.imageBytes + 1).over).toBe(true);
  });

  test('count a figure that is not a number as over', () => {
    expect(againstBudget('tickMeanPercent', Number.NaN).over).toBe(true);
  });

  test('leave a fifth of the variables of a Jolt.js free: no collection comes in a session', () => {
    expect(BUDGETS.variablesPeak).toBeLessThanOrEqual((12_000 * 8) / 10);
    expect(BUDGETS.variablesIdle).toBeLessThan(BUDGETS.variablesPeak);
  });

  test('leave the period its margin, as the design says', () => {
    expect(BUDGETS.tickMeanPercent).toBeLessThanOrEqual(50);
    expect(BUDGETS.tickWorstPercent).toBeLessThanOrEqual(70);
  });
});

describe('the size report', () => {
  test('lists image, gzip and modules', () => {
    const { text, over } = sizeReport(imageOf(1000));
    expect(over).toBe(false);
    expect(text).toMatch(/cuffloop 1\.2\.3, jolt \+ mprls\n/);
    expect(text).toMatch(/image +1,000 B/);
    expect(text).toMatch(/gzipped +400 B/);
    expect(text).toMatch(/src\/loop\.ts +500 B {2}50\.0 %/);
  });

  test('says when the image is over its budget', () => {
    const { text, over, problem } = sizeReport(imageOf(BUDGETS.imageBytes + 1));
    expect(over).toBe(true);
    expect(text).toContain('OVER');
    expect(problem).toContain('the image has 100,001 bytes, allowed are 100,000.');
    expect(problem).toContain('tools/budgets.ts');
  });

  test('has no problem with the image of the reference build', async () => {
    const image = await buildImage();
    expect(image.bytes).toBe(Buffer.byteLength(image.code));
    expect(sizeReport(image).problem).toBe('');
  }, 120_000);
});
