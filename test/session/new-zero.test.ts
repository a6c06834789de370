import { describe, expect, it } from 'vitest';
import { BOOK_FULL, BOOK_WORN } from '../../src/safety/book-rules.ts';
import { TRIP_SENSOR_ZERO } from '../../src/safety/rows/sensor.ts';
import { type Protocol, STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import { encodeProtocol } from '../../src/session/stored.ts';
import { type Bench, bench } from '../core/bench.ts';

const STEP = { ms: 600_000, permille: 800, mmHg: 0, rampMmHgPerS: 0 };

/** In a step at 80 % of the occlusion pressure. */
function inStep(kind: number, seconds = 20): Bench {
  const mine: Protocol = { id: 'mine', activity: 0, stage: 0, steps: [{ ...STEP, kind }] };
  const b = bench({ settings: { protocol: 25 }, files: { 'cuff.p0': encodeProtocol(mine) } });
  b.settle();
  b.tap(1);
  b.until(kind === STEP_WORK ? 'work' : 'rest', 60);
  b.run(seconds);
  return b;
}

function bookSays(b: Bench, stage: number): void {
  Object.assign(b.level.core.supervisor.air, { bookStage: stage });
}

describe('a release for a new zero', () => {
  it('empties the cuff, zeroes the sensor and goes on with the step where it was', () => {
    const b = inStep(STEP_REST);
    const { session, sensing } = b.level.core;
    bookSays(b, BOOK_WORN);
    b.until('ready', 1);
    const left = session.leftMs;
    expect(b.level.rig.valve).toBe(0);
    expect(session.setpoint).toBe(null);
    sensing.zero.mmHg += 2;
    b.until('fill', 30);
    expect(b.level.rig.p2).toBeLessThan(5);
    expect(Math.abs(sensing.zero.mmHg - sensing.zero.first)).toBeLessThan(1);
    b.until('rest', 30);
    expect(session.leftMs).toBe(left);
    expect([session.pauses, session.releases, b.level.view.trip]).toEqual([0, 1, 0]);
    b.run(1);
    expect(session.leftMs).toBeLessThan(left);
  });

  it('interrupts a set only when the book is full', () => {
    const b = inStep(STEP_WORK);
    bookSays(b, BOOK_WORN);
    b.run(0.5);
    expect(b.phase).toBe('work');
    bookSays(b, BOOK_FULL);
    b.until('ready', 1);
    b.until('work', 60);
  });

  it('is counted in the record of its session', () => {
    const b = inStep(STEP_REST);
    for (const _ of [1, 2]) {
      bookSays(b, BOOK_WORN);
      b.until('ready', 1);
      b.until('rest', 60);
    }
    b.tap(1);
    b.run(6);
    b.hold(2.5);
    b.until('done', 60);
    b.run(1);
    expect(JSON.parse(b.level.stored('cuff.r3') ?? '{}')).toMatchObject({ releases: 2, pauses: 1 });
  });

  it('shortens neither the time under pressure nor the lock-out, and a press in it stops', () => {
    const b = inStep(STEP_REST);
    bookSays(b, BOOK_FULL);
    b.until('ready', 1);
    const used = b.level.core.supervisor.usedMs;
    b.run(4);
    expect(b.level.core.supervisor.usedMs).toBeGreaterThanOrEqual(used);
    expect(b.level.core.lock.open).toBe(true);
    b.tap(1);
    expect(b.phase).not.toBe('ready');
    b.run(30);
    expect(b.level.rig.p2).toBeLessThan(5);
  });
});

describe('a sensor that drifts down at rest', () => {
  it.each([0.1, 0.2, 0.5])(
    'by %d mmHg/s is found by the new zero, far below the occlusion pressure',
    (rate) => {
      const b = inStep(STEP_REST, 8);
      const { rig } = b.level;
      rig.addFault({ kind: 'sensor-drift', mmHgPerS: -rate, atMs: rig.nowMs });
      let peak = 0;
      for (let i = 0; i < 12_000 && b.level.view.trip === 0; i++) {
        b.level.nextTick();
        peak = Math.max(peak, rig.p2);
      }
      expect(b.level.view.trip).toBe(TRIP_SENSOR_ZERO);
      expect(peak).toBeLessThan(190);
    },
  );
});
