import { describe, expect, it } from 'vitest';
import { INHIBIT_LOCKOUT } from '../../src/safety/inhibits.ts';
import { ZERO_OUT_OF_RANGE } from '../../src/sensing/zero.ts';
import { builtInProtocol, PROTOCOL_INTRO } from '../../src/session/library.ts';
import { type Protocol, pressureLeftMs, STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import { createSession, startSession } from '../../src/session/session.ts';
import { encodeProtocol } from '../../src/session/stored.ts';
import { isTooLong } from '../../src/session/time-left.ts';
import { type Bench, bench } from '../core/bench.ts';

function work(seconds: number): Protocol['steps'][number] {
  return { kind: STEP_WORK, ms: seconds * 1000, permille: 500, mmHg: 0, rampMmHgPerS: 0 };
}

function off(seconds: number): Protocol['steps'][number] {
  return { kind: STEP_REST, ms: seconds * 1000, permille: 0, mmHg: 0, rampMmHgPerS: 0 };
}

function withSteps(steps: Protocol['steps']): Bench {
  const mine: Protocol = { id: 'mine', activity: 0, stage: 0, steps };
  return bench({ settings: { protocol: 25 }, files: { 'cuff.p0': encodeProtocol(mine) } });
}

describe('time under pressure that is left', () => {
  it('counts the step under way by what is left of it, fills, and a planned full release as one', () => {
    const p: Protocol = {
      id: 'x',
      activity: 0,
      stage: 0,
      steps: [work(300), off(60), work(200), off(240), work(400)],
    };
    expect(pressureLeftMs(p, 0, 300_000, 0, 10_000)).toBe(520_000);
    expect(pressureLeftMs(p, 0, 100_000, 250_000, 10_000)).toBe(570_000);
    expect(pressureLeftMs(p, 1, 60_000, 310_000, 10_000)).toBe(520_000);
    expect(pressureLeftMs(p, 3, 1000, 520_000, 10_000)).toBe(520_000);
    expect(pressureLeftMs(p, 4, 400_000, 0, 10_000)).toBe(410_000);
  });

  it('a fill that takes longer than assumed counts as it was measured', () => {
    const s = createSession(builtInProtocol(PROTOCOL_INTRO));
    startSession(s, { id: 'x', activity: 0, stage: 0, steps: [work(500), off(60), work(500)] }, 190);
    expect(isTooLong(s, 0, 1_024_000)).toBe(false);
    expect(isTooLong(s, 0, 1_023_999)).toBe(true);
    s.fillMs = 60_000;
    expect(isTooLong(s, 0, 1_024_000)).toBe(true);
  });
});

describe('a rest that is to give the time back', () => {
  it('is not cut short by a slow fill: the refill waits for the full release', () => {
    const b = withSteps([work(30), off(220), work(30)]);
    b.start();
    b.until('released', 60);
    b.level.core.session.fillMs = 100_000;
    let rested = 0;
    for (let s = 0; s < 300 && b.phase === 'released'; s++) {
      rested = Math.max(rested, b.level.core.supervisor.releasedMs);
      b.run(1);
    }
    expect(b.phase).toBe('fill');
    expect(rested).toBeGreaterThan(178_000);
    b.until('done', 90);
    expect(b.level.view.trip).toBe(0);
  });

  it('begins by itself where the time under pressure would not do: the session goes on after three minutes instead of tripping', () => {
    const b = withSteps([work(60), off(20), work(60)]);
    b.start();
    b.run(50);
    Object.assign(b.level.core.supervisor, { usedMs: 1_140_000 });
    b.until('released', 60);
    b.run(100);
    expect(b.phase).toBe('released');
    b.until('work', 200);
    b.until('done', 90);
    expect([b.level.view.trip, b.level.core.session.exit]).toEqual([0, 1]);
  });

  it('is asked about when it cannot be seen to end', () => {
    const b = withSteps([work(30), off(220), work(30)]);
    b.start();
    b.until('released', 60);
    for (let s = 0; s < 700 && b.phase === 'released'; s++) {
      Object.assign(b.level.core.supervisor, { releasedMs: 0 });
      b.run(1);
    }
    expect(b.phase).toBe('paused');
    expect([b.level.view.vent, b.level.view.trip]).toEqual([1, 0]);
  });
});

describe('going on after a pause', () => {
  it('is refused while what is left does not fit, said all along, and open after a full release', () => {
    const b = withSteps([work(120), off(30), work(120)]);
    b.start();
    b.run(20);
    b.tap(1);
    Object.assign(b.level.core.supervisor, { usedMs: 1_000_000 });
    b.run(8);
    expect([b.phase, b.level.view.inhibits]).toEqual(['paused', INHIBIT_LOCKOUT]);
    b.tap(1);
    b.run(5);
    expect(b.phase).toBe('paused');
    b.run(175);
    expect(b.level.view.inhibits).toBe(0);
    b.tap(1);
    b.until('work', 40);
    expect(b.level.view.step).toBe(0);
  });

  it('with time left it goes on at once, and a check that fails on the way leaves it paused and in the log', () => {
    const b = withSteps([work(120), off(30), work(120)]);
    b.start();
    b.run(20);
    b.tap(1);
    b.run(8);
    b.tap(1);
    expect(b.phase).toBe('ready');
    b.level.core.sensing.zero.refusal = ZERO_OUT_OF_RANGE;
    b.level.core.sensing.zero.count = -1_000_000;
    b.until('paused', 40);
    b.hold(2.5);
    b.until('done', 10);
    b.run(0.3);
    expect(JSON.parse(b.level.stored('cuff.r3') ?? '{}')).toMatchObject({
      protocol: 'mine',
      exit: 2,
      step: 0,
    });
  });
});
