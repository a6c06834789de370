import { describe, expect, it } from 'vitest';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { costAt, JOLT_COST, TickCost, type TickCostData } from '../../sim/board/tick-cost.ts';
import { simulate } from '../../sim/cli/run.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { resolveSpec } from '../../sim/setup/spec.ts';
import { TICK_MS } from '../../src/limits.ts';
import { bench } from './support.ts';

/** Late ticks: what a tick costs on the board, and what comes late by it. */
const EXACT: TickCostData = { shares: [0, 1], ms: [40, 40], collectionMs: 0, ticksBetweenCollections: 0 };

/** A program that ticks every 50 ms, renews a lease of 250 ms in each, and notes what happens when. */
const PROGRAM = `
const timer = require('timer');
const log = [];
const core = { tick: { count: 0 } };
let task = -1;
pinMode(D1, 'input_pullup');
setWatch(() => log.push('edge ' + Math.round(getTime() * 1000)), D1, { repeat: true, edge: 'rising' });
digitalWrite(D21, 1);
setInterval(() => {
  core.tick.count++;
  log.push(Math.round(getTime() * 1000));
  if (task >= 0) { timer.remove(task); timer.remove(task); }
  task = timer.add({ type: 'SET', pin: D21, value: 0, time: 250 });
}, 50);
export default { core, log, view: () => ({ tick: core.tick.count }) };`;

function program(data: TickCostData) {
  const { board } = bench(PROGRAM, { cost: new TickCost(1, data) });
  return { board, log: () => board.evaluate('cuff.log.join()') };
}

describe('the cost of a tick', () => {
  it('has the mean, the spread and the worst that were counted', () => {
    const costs: number[] = [];
    const cost = new TickCost(3, { ...JOLT_COST, ticksBetweenCollections: 0 });
    for (let i = 0; i < 20_000; i++) costs.push(cost.nextMs());
    costs.sort((a, b) => a - b);
    const mean = costs.reduce((a, b) => a + b, 0) / costs.length;
    expect(Math.abs(mean - 45)).toBeLessThan(1);
    expect([costs[18_000], costs.at(-1)]).toEqual([59, 77]);
  });

  it('is the same for the same seed, and collects now and then', () => {
    const draw = (seed: number) => {
      const cost = new TickCost(seed);
      return Array.from({ length: 4000 }, () => cost.nextMs());
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    const collections = draw(5).filter((ms) => ms > 77).length;
    expect(collections).toBeGreaterThan(0);
    expect(Math.max(...draw(5))).toBeLessThanOrEqual(77 + JOLT_COST.collectionMs);
  });

  it('lies on straight lines between the shares', () => {
    const data = { ...EXACT, shares: [0, 0.5, 1], ms: [10, 20, 60] };
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => costAt(data, share))).toEqual([10, 15, 20, 40, 60]);
  });
});

describe('a tick that costs time', () => {
  it('keeps the phase of its interval while it is shorter, and comes late when it is longer', () => {
    const short = program(EXACT);
    short.board.advanceTo(210);
    expect(short.log()).toBe('50,100,150,200');
    const long = program({ ...EXACT, ms: [70, 70] });
    long.board.advanceTo(300);
    expect(long.log()).toBe('50,120,190,260');
  });

  it('lets an edge wait until it is over', () => {
    const { board, log } = program(EXACT);
    board.schedule(60, () => board.press('D1'));
    board.schedule(70, () => board.release('D1'));
    board.advanceTo(99);
    expect(log()).toBe('50,edge 90');
  });

  it('does not hold up the hardware: a lease runs out meanwhile', () => {
    const { board } = program({ ...EXACT, ms: [400, 400] });
    board.advanceTo(299);
    expect(board.machine.pin(21).drives).toBe(1);
    board.advanceTo(300);
    expect(board.machine.pin(21).drives).toBe(0);
  });
});

describe('with what each tick costs on the board, collections included', () => {
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

  it('ticks do come late, as often as their cost says', async () => {
    const spec = resolveSpec({ scenario: 'run', set: [], fault: [], seed: 2, level: 'image' });
    const files = await flashed('mprls', spec.files);
    const level = new ImageLevel(new Rig(spec.rig, 2), { files, cost: new TickCost(2) });
    let last = 0;
    let late = 0;
    for (let k = 0; k < 1000; k++) {
      level.nextTick();
      if (level.view.now - last > TICK_MS) late++;
      last = level.view.now;
    }
    expect(late).toBeGreaterThan(300);
  });

  it('is an option of the image level only', () => {
    const given = { scenario: 'run', set: [], fault: [], seed: 1, cost: true };
    expect(() => resolveSpec({ ...given, level: 'core' })).toThrow(/--level image only/);
  });
});
