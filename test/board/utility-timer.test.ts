import { describe, expect, it } from 'vitest';
import { BoardPin } from '../../sim/board/pins.ts';
import { UtilityTimer } from '../../sim/board/utility-timer.ts';
import type { LeasePort, ValvePort } from '../../src/ports.ts';
import { bench } from './support.ts';

function pin(): BoardPin {
  const p = new BoardPin(5, () => {});
  p.write(1);
  return p;
}

describe('the utility timer of the board', () => {
  it('gives 16 ids and then -1 when removed tasks are removed only once, as the interpreter does', () => {
    const timer = new UtilityTimer();
    const ids = Array.from({ length: 18 }, () => {
      const id = timer.add({ type: 'SET', pin: pin(), value: 0, time: 1000 }, 0);
      if (id >= 0) timer.remove(id);
      return id;
    });
    expect(ids).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, -1, -1]);
  });

  it('gives id 0 every time when each task is removed twice', () => {
    const timer = new UtilityTimer();
    for (let i = 0; i < 100; i++) {
      const id = timer.add({ type: 'SET', pin: pin(), value: 0, time: 1000 }, 0);
      expect(id).toBe(0);
      timer.remove(id);
      timer.remove(id);
    }
  });

  it('is full with 15 pending tasks', () => {
    const timer = new UtilityTimer();
    for (let i = 0; i < 15; i++) timer.add({ type: 'SET', pin: pin(), value: 0, time: 1000 }, 0);
    expect(timer.isFull).toBe(true);
  });

  it('sets each pin to its own bit of the value at the due time, not before', () => {
    const timer = new UtilityTimer();
    const [a, b] = [pin(), pin()];
    timer.add({ type: 'SET', pin: a, pin2: b, value: 2, time: 10 }, 5);
    timer.run(14);
    expect([a.out, b.out]).toEqual([1, 1]);
    timer.run(15);
    expect([a.out, b.out]).toEqual([0, 1]);
  });

  it('does not move a pin that the PWM unit owns', () => {
    const p = pin();
    p.pwm(0.5);
    p.latch(0);
    expect(p.drives).toBe(0.5);
  });
});

const LEASES = `
import { Lease } from '../../hal/lease.ts';
import { Valve } from '../../hal/valve.ts';
const lease = new Lease({ enable: { pump: D21, valve: D23 }, ms: 200 });
const valve = new Valve({ output: { pin: D22 }, enable: D23 });
export default { lease, valve };
`;

describe('tasks of lease and valve', () => {
  it('never leak a slot in 2,000 ticks of renewals, bleeds and vents of every length', () => {
    const { board } = bench(LEASES);
    const m = board.machine;
    const { lease, valve } = board.evaluate('cuff') as { lease: LeasePort; valve: ValvePort };
    for (let k = 0; k < 2000; k++) {
      lease.renew();
      valve.write([0, 7, 39, 40, 3, -1, 0, 55][k % 8] ?? 0);
      board.advanceTo((k + 1) * 40);
      expect(m.utilityTimer.list().length).toBeLessThanOrEqual(2);
    }
    expect(m.utilityTimer.waits).toBe(0);
    board.evaluate('cuff.lease.drop();cuff.valve.write(-1)');
    expect(m.utilityTimer.list()).toEqual([]);
  });

  it('a valve never removes the lease that got the id of its bleed', () => {
    const { board, rig } = bench(LEASES);
    board.evaluate('cuff.valve.write(0);cuff.valve.write(5)');
    board.advanceTo(10);
    board.evaluate('cuff.lease.renew();cuff.valve.write(-1);cuff.valve.write(0)');
    expect(rig.valve).toBe(1);
    board.advanceTo(209);
    expect(rig.valve).toBe(1);
    board.advanceTo(210);
    expect(rig.valve).toBe(0);
  });

  it('a lease that cannot be renewed for want of a slot still cuts', () => {
    const { board, rig } = bench(LEASES);
    board.evaluate('cuff.valve.write(0);cuff.lease.renew()');
    board.evaluate(
      'for(var i=0;i<15;i++){var id=require("timer").add({type:"SET",pin:D9,value:0,time:1e6});require("timer").remove(id)}',
    );
    board.advanceTo(100);
    board.evaluate('cuff.lease.renew()');
    board.advanceTo(200);
    expect(rig.valve).toBe(0);
  });
});
