import { describe, expect, it } from 'vitest';
import { traceCsv } from '../../sim/tune/commission-command.ts';
import { identify } from '../../sim/tune/identify.ts';
import { readLog } from '../../sim/tune/read-log.ts';
import { BadLog, type Trace } from '../../sim/tune/trace.ts';
import { BOX_PARTS, boxText } from '../../src/record/log.ts';
import { createRecorder, RING_FIELDS, RING_TICKS } from '../../src/record/recorder.ts';
import { commissioned } from './runs.ts';

const RUN = commissioned('nominal-thigh');

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

function read(text: string | Uint8Array): Trace {
  const log = readLog(typeof text === 'string' ? bytes(text) : text, 'test');
  if (log.kind !== 'trace') throw new Error('no trace');
  return log.trace;
}

/** What the device keeps of the run: the last 2,000 ticks under pressure. */
function boxOf(trace: Trace): string {
  const r = createRecorder();
  for (let i = 0; i < trace.tMs.length; i++) {
    const pressurised = trace.vent[i] === 0 || (trace.mmHg[i] ?? 0) > 15;
    if (!pressurised) continue;
    const at = r.row * RING_FIELDS;
    r.ring[at] = (trace.mmHg[i] as number) * 10;
    r.ring[at + 1] = (trace.setpoint[i] as number) < 0 ? -1 : (trace.setpoint[i] as number) * 10;
    r.ring[at + 2] = trace.pump[i] as number;
    r.ring[at + 3] = trace.vent[i] === 1 ? -1 : (trace.bleedMs[i] as number);
    r.row = (r.row + 1) % RING_TICKS;
  }
  let text = '';
  for (let part = 0; part < BOX_PARTS; part++) text += boxText(r.ring, r.row, part);
  return text;
}

describe('a log', () => {
  it('as CSV says the same of a plant as the run itself', () => {
    const direct = identify(RUN.trace).identified;
    const again = identify(read(traceCsv(RUN.trace))).identified;
    expect(again?.risePerS).toBeCloseTo(direct?.risePerS ?? 0, 2);
    expect(again?.ventS).toBeCloseTo(direct?.ventS ?? 0, 1);
    expect(again?.railMv).toEqual(direct?.railMv);
  });

  it('as black box holds the last 80 s under pressure: enough for rise, vent and bleeds', () => {
    const direct = identify(RUN.trace).identified;
    const box = identify(read(boxOf(RUN.trace)));
    expect(box.problems).toEqual([]);
    expect(box.identified?.risePerS).toBeCloseTo(direct?.risePerS ?? 0, 0);
    expect(Math.abs((box.identified?.ventS ?? 0) - (direct?.ventS ?? 99))).toBeLessThan(0.5);
    expect(box.identified?.falls.length).toBeGreaterThan(3);
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
    ['a black box that is cut short', '17\nabc'],
    ['a ring row that cannot be', '5000\n'],
    ['bytes', String.fromCharCode(...Array.from({ length: 200 }, (_, i) => (i * 37) % 256))],
  ])('that is %s is refused with its name', (_what, text) => {
    expect(() => readLog(bytes(text), 'my-file')).toThrow(BadLog);
    expect(() => readLog(bytes(text), 'my-file')).toThrow(/my-file/);
  });
});
