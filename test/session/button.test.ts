import { describe, expect, it } from 'vitest';
import { bench } from '../core/bench.ts';

describe('one button, core in the loop', () => {
  it('starts the default session with one press: idle, ready, fill, work', () => {
    const b = bench();
    b.settle();
    expect(b.phase).toBe('idle');
    expect(b.level.view.inhibits).toBe(0);
    b.tap(1);
    b.until('work', 30);
    expect(b.level.core.session.protocol.id).toBe('run-5x3');
    expect(Math.abs(b.level.rig.p2 - 95)).toBeLessThan(95 / 10);
  });

  it('gives a first-time wearer the introduction', () => {
    const b = bench({ progress: '1,0,0,0,0,0,0', settings: { screening: 1 } });
    b.start();
    expect(b.level.core.session.protocol.id).toBe('intro');
    expect(b.level.view.setpoint).toBe(76);
  });

  it('does not start without an occlusion pressure', () => {
    const b = bench({ settings: { lopMmHg: 0, lopSource: 0 } });
    b.settle();
    b.tap(1);
    b.run(5);
    expect(b.phase).toBe('idle');
    expect(b.level.view.vent).toBe(1);
  });

  for (const button of [0, 1, 2]) {
    it(`vents in the same millisecond when button ${button} is pressed under pressure, and stays vented`, () => {
      const b = bench();
      b.start();
      const at = b.level.rig.nowMs + 3;
      b.level.button(button, true, at);
      b.level.button(button, false, at + 150);
      b.level.nextTick();
      expect(b.level.view.vent).toBe(1);
      expect(b.level.rig.valve).toBe(0);
      expect(b.level.rig.pump).toBe(0);
      expect(b.phase).toBe('paused');
      b.run(12);
      expect(b.level.view.vent).toBe(1);
      expect(b.level.rig.p2).toBeLessThan(15);
    });
  }

  it('goes on only after a new press from vented, in the step where it was left', () => {
    const b = bench();
    b.start();
    b.run(20);
    b.tap(1);
    expect(b.phase).toBe('paused');
    const left = b.level.view.leftMs;
    b.run(10);
    expect(b.phase).toBe('paused');
    b.tap(1);
    b.until('work', 40);
    expect(b.level.view.step).toBe(0);
    expect(Math.abs(b.level.view.leftMs - left)).toBeLessThan(1000);
  });

  it('a press while the cuff is still emptying is used up: it does not start it again', () => {
    const b = bench();
    b.start();
    b.tap(1);
    expect(b.level.rig.p2).toBeGreaterThan(15);
    b.tap(1);
    b.run(8);
    expect(b.phase).toBe('paused');
    expect(b.level.view.vent).toBe(1);
  });

  it('two presses while paused take 10 mmHg off from the next fill on', () => {
    const b = bench();
    b.start();
    b.tap(1);
    b.run(10);
    b.tap(2);
    b.tap(1);
    b.until('work', 40);
    expect(b.level.view.setpoint).toBe(85);
  });

  it('a hold of 2 s while paused ends the session', () => {
    const b = bench();
    b.start();
    b.tap(1);
    b.run(10);
    b.hold(2.5);
    b.until('done', 10);
    b.run(0.2);
    expect(b.level.stored('cuff.prog')).toBe('2,3,2,1,0,0,0,0,0');
  });

  it('a pause ends by itself after 5 min, vented', () => {
    const b = bench();
    b.start();
    b.tap(1);
    b.run(297);
    expect(b.phase).toBe('paused');
    b.until('done', 10);
  });

  it('no press, however long, starts anything while a trip is latched that only a restart clears', () => {
    const b = bench({ rig: { faults: [{ kind: 'sensor-frozen', atMs: 30000 }] } });
    b.start();
    b.until('tripped', 60);
    b.run(15);
    for (const n of [1, 2, 3]) b.tap(n);
    b.hold(3);
    expect(b.phase).toBe('tripped');
    expect(b.level.view.vent).toBe(1);
  });

  it('writes the lock-out before the first inflation, and a restart in a session serves all of it', () => {
    const b = bench();
    b.settle();
    b.tap(1);
    b.until('fill', 30);
    expect(b.level.stored('cuff.lock')).toBe('1');
    const zero = b.level.stored('cuff.zero');
    expect(zero).toMatch(/^7\d\d\d$/);
    const again = bench({ files: { 'cuff.lock': '1', 'cuff.zero': zero ?? '' } });
    again.run(170);
    again.tap(1);
    again.run(2);
    expect(again.phase).toBe('idle');
    again.run(18);
    again.tap(1);
    again.until('fill', 30);
  });

  it('service mode is asked for by a hold of 5 s from idle only', () => {
    const b = bench();
    let asked = 0;
    Object.assign(b.level.core.ports.service, { request: () => asked++ });
    b.start();
    b.hold(6);
    expect(asked).toBe(0);
    expect(b.phase).toBe('paused');
    const idle = bench();
    Object.assign(idle.level.core.ports.service, { request: () => asked++ });
    idle.settle();
    idle.hold(6);
    expect(asked).toBe(1);
    expect(idle.level.view.vent).toBe(1);
  });
});
