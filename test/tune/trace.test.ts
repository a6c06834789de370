import { describe, expect, it } from 'vitest';
import { traceCsv } from '../../sim/tune/commission-command.ts';
import { identify } from '../../sim/tune/identify.ts';
import { readLog } from '../../sim/tune/read-log.ts';
import { BadLog, type Trace } from '../../sim/tune/trace.ts';
import { commissioned } from './runs.ts';

const RUN = commissioned('nominal-thigh');

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function read(text: string | Uint8Array): Trace {
  const log = readLog(typeof text === 'string' ? bytes(text) : text, 'test');
  if (log.kind !== 'trace') throw new Error('no trace');
  return log.trace;
}

describe('a log', () => {
  it('as CSV says the same of a plant as the run itself', () => {
    const direct = identify(RUN.trace).identified;
    const again = identify(read(traceCsv(RUN.trace))).identified;
    expect(again?.risePerS).toBeCloseTo(direct?.risePerS ?? 0, 2);
    expect(again?.ventS).toBeCloseTo(direct?.ventS ?? 0, 1);
    expect(again?.railMv).toEqual(direct?.railMv);
  });

  it('is kept by the device itself after a commissioning run: its store tells rise, vent and bleeds, and its settings', () => {
    const direct = identify(RUN.trace).identified;
    const log = readLog(bytes(JSON.stringify(RUN.store)), 'test');
    expect(log.settings?.lopMmHg).toBe(190);
    const box = identify(read(JSON.stringify(RUN.store)));
    expect(box.problems).toEqual([]);
    expect(box.identified?.risePerS).toBeCloseTo(direct?.risePerS ?? 0, 0);
    expect(Math.abs((box.identified?.ventS ?? 0) - (direct?.ventS ?? 99))).toBeLessThan(0.5);
    expect(box.identified?.falls.length).toBeGreaterThan(3);
  });

  it('as store without a black box is told so', () => {
    const { 'cuff.b0': _gone, ...rest } = RUN.store;
    expect(() => read(JSON.stringify(rest))).toThrow(/no black box/);
    expect(() => read(JSON.stringify({ ...RUN.store, 'cuff.b3': 'x' }))).toThrow(/part 3 .* damaged/);
  });

  it('as session record gives sums, and no trace', () => {
    const record = {
      v: 1,
      n: 3,
      moveInPermille: 900,
      restInPermille: 990,
      meanErrorTenths: -52,
      pressureS: 900,
      pumpS: 600,
      pumpStarts: 50,
      bleeds: 60,
      weak: 12,
      trip: '',
      settings: {},
    };
    const log = readLog(bytes(JSON.stringify(record)), 'test');
    expect(log.kind === 'record' && log.record.meanErrorMmHg).toBe(-5.2);
    expect(() => readLog(bytes(JSON.stringify({ ...record, pumpS: 'x' })), 'test')).toThrow(/pumpS/);
  });

  it.each([
    ['nothing', ''],
    ['a text', 'Dear diary,\ntoday I ran\n'],
    ['half a JSON', '{"v":1,'],
    ['another CSV', 'a,b,c\n1,2,3\n'],
    ['an empty object', '{}'],
    ['a list', '{"a":[]}'],
    ['bytes', String.fromCharCode(...Array.from({ length: 200 }, (_, i) => (i * 37) % 256))],
  ])('that is %s is refused with its name', (_what, text) => {
    expect(() => readLog(bytes(text), 'my-file')).toThrow(BadLog);
    expect(() => readLog(bytes(text), 'my-file')).toThrow(/my-file/);
  });
});
