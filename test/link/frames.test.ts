/** Frames byte by byte: what is a question, what stops, what is thrown away, and when there is an answer. */
import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { receive, serveLink } from '../../src/link/link.ts';
import { Device } from '../loop/device.ts';

const ROUND = 4 * TICK_MS;
const DATE_S = 1_790_000_000;

/** A device whose answers are kept. */
function listening(d: Device): { d: Device; said: string[] } {
  const said: string[] = [];
  Object.assign(d.core.ports.link, { write: (text: string) => said.push(text) });
  return { d, said };
}

/** What is answered to `bytes` within two rounds. */
function answers(d: Device, bytes: string): string[] {
  const { said } = listening(d);
  d.run(600);
  receive(d.core, bytes);
  d.run(2 * ROUND);
  return said;
}

const stops = (d: Device, ...parts: string[]): boolean => {
  const calls = d.told(() => {
    for (const bytes of parts) receive(d.core, bytes);
  });
  return calls.includes('valve -1');
};

describe('questions', () => {
  const idle = (): Device => new Device().settle();
  it('are answered by letter, each in a line of its own', () => {
    expect(answers(idle(), '~V\n')).toEqual(['~Vx\n']);
    expect(answers(idle(), '~?\r')).toEqual(['~0,-1,0,-1,0,0,0\n']);
    const { lopPosture } = idle().core.settings;
    expect(answers(idle(), '~L\n')).toEqual([`~L200,1,${lopPosture},0,0,0,0,0,0,0,0,0\n`]);
    expect(answers(idle(), '~N\n')[0]).toMatch(/^~N0,0,Next: run-5x3/);
  });
  it('about its own time: mean and longest tick, how many came late, the longest time between two, stalls', () => {
    const d = idle();
    Object.assign(d.core.pace, { meanMs: 40.4, worstMs: 55, stalls: 2 });
    Object.assign(d.core.supervisor, { lateSeen: 3, longestSeenMs: 91 });
    expect(answers(idle(), '~P\n')).toEqual(['~P0,0,0,0,0\n']);
    expect(answers(d, '~P\n')).toEqual(['~P40,55,3,91,2\n']);
  });
  it('may tell how much was taken: the port hears it, and the answer is the same', () => {
    const d = idle();
    const taken: number[] = [];
    Object.assign(d.core.ports.link, { taken: (bytes: number) => taken.push(bytes) });
    expect(answers(d, '~?36\n')).toEqual(['~0,-1,0,-1,0,0,0\n']);
    expect(answers(d, '~V255\n~V\n')).toEqual(['~Vx\n']);
    for (const bytes of ['~T12\n', '~R0,0,230\n', '~R0,0,-1\n', '~S7\n', '~D9\n', '~?x\n', '~?-4\n'])
      receive(d.core, bytes);
    expect(taken).toEqual([36, 255, 12, 230]);
    expect(d.core.link.credit).toBeGreaterThan(0);
  });
  it('with what is no number, of another letter, or without their end are none', () => {
    for (const bytes of ['~?1x\n', '~X\n', '~?', '?\n', '~~\n', '\n', '~?x\n?\n', '~ ?\n'])
      expect(answers(idle(), bytes), JSON.stringify(bytes)).toEqual([]);
  });
  it('a new frame begins where a ~ comes, whatever was before', () => {
    expect(answers(idle(), '~X~V\n')).toEqual(['~Vx\n']);
    expect(answers(idle(), 'abc~V\n~')).toEqual(['~Vx\n']);
  });
  it('about the session under pressure are answered, others are not', () => {
    const d = new Device().work();
    expect(answers(d, '~?\n')[0]).toMatch(/^~3,0,\d+,100,\d+,0,0\n$/);
    expect(answers(d, '~H\n')[0]).toMatch(/^~H5,50,1,\d+,\d+,,,,x\n$/);
    for (const letter of ['L', 'N', 'V', 'E', 'P']) expect(answers(d, `~${letter}\n`)).toEqual([]);
  });
  it('are answered no sooner than 0.45 s after the last answer, the last question alone', () => {
    const { d, said } = listening(idle());
    const times: number[] = [];
    Object.assign(d.core.ports.link, { write: () => times.push(d.now) });
    for (let i = 0; i < 40; i++) {
      receive(d.core, '~V\n');
      d.tick();
    }
    expect(said).toEqual([]);
    const gaps = times.slice(1).map((at, i) => at - (times[i] as number));
    expect(Math.min(...gaps)).toBe(3 * ROUND);
    expect(times[0]).toBeLessThan(9000 + 2 * ROUND);
  });
  it('are answered when just 0.45 s are over, and not before', () => {
    const { d, said } = listening(idle());
    d.core.link.asked = 'V';
    d.core.link.answered = d.core.tick.now - 449;
    serveLink(d.core);
    expect(said).toEqual([]);
    d.core.link.answered = d.core.tick.now - 450;
    serveLink(d.core);
    expect(said).toEqual(['~Vx\n']);
  });
  it('have the time that is left in seconds, and say that a pressure is estimated', () => {
    const d = idle();
    d.core.session.leftMs = 61_400;
    expect(answers(d, '~?\n')[0]).toMatch(/^~0,-1,61,/);
    const estimated = new Device({ settings: { lopSource: 3 } }).settle();
    expect(answers(estimated, '~L\n')[0]).toMatch(/^~L200,3,\d,1,/);
  });
  it('a value that is no number is left out', () => {
    const d = idle();
    Object.assign(d.core.measurement.lop.result, { mmHg: Number.NaN, spreadMmHg: 2.5 });
    expect(answers(d, '~L\n')[0]).toMatch(/^~L200,1,\d,0,,3,/);
  });
  it('what comes next has the advice of the date, and no session is "none"', () => {
    const d = idle();
    receive(d.core, `~D${DATE_S}\n`);
    Object.assign(d.core.progress, { lastS: DATE_S - 3600 });
    expect(answers(d, '~N\n')[0]).toMatch(new RegExp(`^~N1,${String(DATE_S).slice(0, 8)}\\d\\d,`));
    const none = new Device({ settings: { protocol: 25 } }).settle();
    expect(answers(none, '~N\n')[0]).toContain('Next: none');
  });
});

describe('the date', () => {
  it.each<[string, number]>([
    [`~D${DATE_S}\n`, DATE_S],
    [`~D0${DATE_S / 10}\n`, 0],
    [`~D0${DATE_S}\n`, 0],
    [`~D1\n~D${DATE_S}\n`, DATE_S],
    [`~D${DATE_S}0\n`, 0],
    [`~D${DATE_S}x`, 0],
    ['~D\n', 0],
    ['~D1790:00000\n', 0],
    ['~D1790/00000\n', 0],
  ])('%j', (bytes, dateS) => {
    const d = new Device().settle();
    receive(d.core, bytes);
    expect([d.core.date.trusted, d.core.date.trusted ? d.core.date.baseS + 9 : 0]).toEqual([
      dateS > 0,
      dateS,
    ]);
  });
  it('takes ten digits, nines and noughts among them', () => {
    const d = new Device();
    receive(d.core, '~D1999999990\n');
    expect(d.core.date.baseS).toBe(1_999_999_990);
  });
});

describe('STOP', () => {
  const flood = 'x'.repeat(48);
  it.each<[string, string[], boolean]>([
    ['with a line end', ['~S\n'], true],
    ['with the other one', ['~S\r'], true],
    ['byte by byte', ['~', 'S', '\n'], true],
    ['without its end', ['~S'], false],
    ['with digits', ['~S1\n'], false],
    ['of a small letter', ['~s\n'], false],
    ['behind more than is read: without its end too', [`${flood}~S`], true],
    ['cut apart by that: after the ~', [`${'x'.repeat(47)}~`, 'S'], true],
    ['cut apart by that: before its end', [`${'x'.repeat(46)}~S`, 'x'], true],
    ['cut apart in what is dropped', [`${flood}x~`, 'S'], true],
    ['not an S alone in what is dropped', [`${flood}S`], false],
    ['nor a ~ alone', [`${flood}~`], false],
    ['nor one before a letter of another frame', [`${flood}x~`, 'x', 'S'], false],
    [
      'but half of one does, when in doubt: a frame with digits that was begun',
      [`${'x'.repeat(45)}~S1`, 'x'],
      true,
    ],
    ['nor a question that was begun', [`${'x'.repeat(46)}~?`, 'x'], false],
    ['a ~ is remembered from one drop to the next, not for ever', [`${flood}~`, 'x', 'x~', 'S'], true],
  ])('%s', (_name, parts, stopped) => {
    expect(stops(new Device().work(), ...parts)).toBe(stopped);
  });
  it('48 bytes are read in a round, and again in the next one', () => {
    const { d, said } = listening(new Device().settle().run(600));
    receive(d.core, `${'x'.repeat(45)}~V\n`);
    d.run(ROUND);
    expect(said).toEqual(['~Vx\n']);
    d.run(600);
    receive(d.core, `${'x'.repeat(46)}~V\n`);
    d.run(ROUND);
    expect(said).toEqual(['~Vx\n']);
    d.run(600);
    receive(d.core, '~V\n');
    d.run(ROUND);
    expect(said).toHaveLength(2);
  });
});
