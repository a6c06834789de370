import { describe, expect, it } from 'vitest';
import { BoardCost } from '../../../sim/board/cost/board-cost.ts';
import { ImageLevel } from '../../../sim/board/image-level.ts';
import { VirtualBoard } from '../../../sim/board/virtual-board.ts';
import { simulate } from '../../../sim/cli/run.ts';
import { Rig } from '../../../sim/plant/rig.ts';
import { flashed } from '../../../sim/setup/image.ts';
import { resolveSpec } from '../../../sim/setup/spec.ts';
import { TICK_MS } from '../../../src/limits.ts';
import { bundle, FakeRig } from '../support.ts';

/** A program that ticks every 50 ms: a lease, `rounds` rounds of work, an output, and notes of what happens when. */
function program(rounds: number, options: { board?: string; end?: 'lower' | 'upper' } = {}) {
  const source = `
const timer = require('timer');
const log = [];
const core = { tick: { count: 0 } };
let task = -1;
const ms = () => Math.round(getTime() * 1000);
pinMode(D1, 'input_pullup');
setWatch(() => log.push('edge ' + ms()), D1, { repeat: true, edge: 'rising' });
digitalWrite(D21, 1);
setInterval(() => {
  core.tick.count++;
  log.push(ms());
  if (task >= 0) { timer.remove(task); timer.remove(task); }
  task = timer.add({ type: 'SET', pin: D21, value: 0, time: 250 });
  for (let i = 0; i < ${rounds}; i++);
  digitalWrite(D17, core.tick.count & 1);
  log.push('out ' + ms());
}, 50);
export default { core, log, view: () => ({ tick: core.tick.count }) };`;
  const rig = new FakeRig();
  const board = new VirtualBoard({ rig, cost: new BoardCost({ seed: 3, ...options }) });
  board.write({ code: bundle(source), '.bootcde': 'var cuff=eval(require("Storage").read("code"));' });
  board.powerOn();
  const log = (): string[] => String(board.evaluate('cuff.log.join()')).split(',');
  const outs = (): number[] =>
    log()
      .filter((line) => line.startsWith('out'))
      .map((line) => Number(line.slice(4)));
  return { board, rig, log, outs };
}

describe('a callback that takes time', () => {
  it('lets time pass inside it: what it does last, it does late', () => {
    const { board, outs } = program(100);
    board.advanceTo(240);
    const [first = 0] = outs();
    expect(first).toBeGreaterThan(55);
    expect(first).toBeLessThan(100);
    expect(board.machine.pin(17).drives).toBe(0);
    board.advanceTo(250 + first - 50);
    expect(board.machine.pin(17).drives).toBe(1);
  });

  it('keeps the phase of its interval while it is shorter, and comes late when it is longer', () => {
    const short = program(20);
    short.board.advanceTo(210);
    const begun = (p: { log: () => string[] }): number[] =>
      p
        .log()
        .filter((l) => /^\d/.test(l))
        .map(Number);
    expect(begun(short).map((t) => Math.floor(t / 10))).toEqual([5, 10, 15, 20]);
    const long = program(400);
    long.board.advanceTo(400);
    const [a = 0, b = 0, c = 0] = begun(long);
    expect([a < 60, b > 110, c - b > 60]).toEqual([true, true, true]);
  });

  it('lets an edge wait until it is over', () => {
    const { board, log, outs } = program(100);
    board.schedule(60, () => board.press('D1'));
    board.schedule(61, () => board.release('D1'));
    board.advanceTo(120);
    const edge = Number(
      log()
        .find((l) => l.startsWith('edge'))
        ?.slice(5),
    );
    expect(edge).toBeGreaterThanOrEqual(outs()[0] ?? Number.POSITIVE_INFINITY);
  });

  it('does not hold up the hardware: a lease runs out in the middle of it', () => {
    const { board, outs } = program(3000);
    const changes: number[] = [];
    board.machine.onNative = () => {
      if (changes.length === 0 && board.machine.pin(21).drives === 0) changes.push(board.nowMs);
    };
    board.advanceTo(1500);
    expect(outs()[0]).toBeGreaterThan(300);
    expect(changes[0]).toBeLessThanOrEqual(outs()[0] ?? 0);
  });

  it.each([52, 57, 65])('writes nothing to flash when the power goes in it, at %d ms', (at) => {
    const source = `
const flash = require('Storage');
const core = { tick: { count: 0 } };
setInterval(() => { core.tick.count++; for (let i = 0; i < 100; i++); flash.write('late', '1'); }, 50);
export default { core, view: () => ({ tick: core.tick.count }) };`;
    const board = new VirtualBoard({ rig: new FakeRig(), cost: new BoardCost({ seed: 3 }) });
    board.write({ code: bundle(source), '.bootcde': 'var cuff=eval(require("Storage").read("code"));' });
    board.powerOn();
    board.schedule(at, () => board.machine.powerOff());
    board.advanceTo(200);
    expect(board.machine.storage.read('late')).toBeUndefined();
  });

  it('costs less on a faster board and at the lower end of the estimate', () => {
    const out = (options: Parameters<typeof program>[1]): number => {
      const { board, outs } = program(100, options);
      board.advanceTo(200);
      return outs()[0] ?? Number.NaN;
    };
    expect(out({ board: 'pico2' })).toBeLessThan(out({}));
    expect(out({ end: 'lower' })).toBeLessThan(out({}));
    expect(out({ end: 'upper' })).toBeGreaterThan(out({}));
    expect(() => new BoardCost({ seed: 1, board: 'nano' })).toThrow(/no pace of board nano; known: jolt/);
  });
});

describe('with what its ticks cost on the board, collections included', () => {
  it('the default session on the nominal plant runs to its end without a trip', {
    timeout: 120_000,
  }, async () => {
    const spec = resolveSpec({ scenario: 'run', set: [], fault: [], seed: 1, level: 'image', cost: true });
    const { log, notStarted } = await simulate(spec, 'test', false);
    expect([notStarted, log.events.filter((e) => e.kind === 'trip')]).toEqual([[], []]);
    const { columns } = log;
    const ticks = columns.phase.length;
    expect(Math.max(...columns.p2.slice(ticks - 20))).toBeLessThan(15);
    expect(log.events.some((e) => /done/.test(e.text))).toBe(true);
  });

  it('is the same for the same seed; ticks do come late, and memory is collected now and then', async () => {
    const spec = resolveSpec({ scenario: 'run', set: [], fault: [], seed: 2, level: 'image' });
    const files = await flashed('mprls', spec.files);
    const run = (seed: number): number[] => {
      const level = new ImageLevel(new Rig(spec.rig, 2), { files, cost: new BoardCost({ seed }) });
      return Array.from({ length: 600 }, () => {
        level.nextTick();
        return level.view.now;
      });
    };
    const times = run(2);
    expect(run(2)).toEqual(times);
    expect(run(3)).not.toEqual(times);
    const gaps = times.slice(1).map((t, i) => t - (times[i] ?? 0));
    expect(gaps.filter((g) => g > TICK_MS).length).toBeGreaterThan(100);
    expect(Math.max(...gaps)).toBeGreaterThan(90);
  });

  it('is an option of the image level only', () => {
    const given = { scenario: 'run', set: [], fault: [], seed: 1, cost: true };
    expect(() => resolveSpec({ ...given, level: 'core' })).toThrow(/--level image only/);
  });
});
