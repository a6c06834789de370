/** The words for a cuff whose image is not the one that was commissioned. */
import { expect, it } from 'vitest';
import { recordOf } from '../../sim/commission/record.ts';
import { changedLine, changedSince, partsIn } from '../../tools/cuff/commissioned-with.ts';

const THEN = { version: '0.1.0', board: 'jolt', sensor: 'mprls' };

it('the parts are read where the wizard writes them', () => {
  expect(partsIn(recordOf({ lines: [], passed: true, endedBy: '' }, 1, THEN))).toEqual(THEN);
  expect([partsIn(undefined), partsIn(''), partsIn('put aside\n\n')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it.each([
  [{}, []],
  [{ version: '0.2.0' }, ['firmware']],
  [{ board: 'xiao' }, ['board']],
  [{ sensor: 'abp2', version: '1' }, ['firmware', 'sensor']],
] as const)('%j: what is another is named, with its short list', (change, changed) => {
  const now = { ...THEN, ...change };
  expect(changedSince(THEN, now)).toEqual(changed);
  const line = changedLine(THEN, now);
  if (changed.length === 0) expect(line).toBe('');
  for (const part of changed) expect(line).toContain(`--after ${part}`);
});

it('where nothing was commissioned nothing is another', () => {
  expect(changedLine(undefined, THEN)).toBe('');
});
