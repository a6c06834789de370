import { describe, expect, it } from 'vitest';
import { FILE_LOCK, FILE_ZERO } from '../../src/files.ts';
import { INHIBIT_LOCKOUT } from '../../src/safety/inhibits.ts';
import { TRIP_PUMP_LIVE } from '../../src/safety/rows/outputs.ts';
import { type Bench, bench } from '../core/bench.ts';

const ZERO = '7600';

function locked(content: string): Bench {
  return bench({ files: { [FILE_LOCK]: content, [FILE_ZERO]: ZERO } });
}

function isLocked(b: Bench): boolean {
  return (b.level.view.inhibits & INHIBIT_LOCKOUT) !== 0;
}

describe('the lock-out after a restart', () => {
  it.each(['1', '', '1 ', 'x', '00'])('begins with a lock that says "%s"', (content) => {
    const b = locked(content);
    b.settle();
    expect(isLocked(b)).toBe(true);
  });

  it('does not begin with a lock that says "0", nor without one', () => {
    const given = locked('0');
    given.settle();
    expect(isLocked(given)).toBe(false);
    const none = bench();
    none.settle();
    expect(isLocked(none)).toBe(false);
  });

  it('is not given back while no sensor shows the cuff empty, and is once one has for three minutes', () => {
    const b = locked('1');
    const { trouble } = b.level.rig.sensor;
    trouble.nak = true;
    b.run(400);
    expect(isLocked(b)).toBe(true);
    expect(b.level.stored(FILE_LOCK)).not.toBe('0');
    trouble.nak = false;
    b.run(170);
    expect(isLocked(b)).toBe(true);
    b.run(30);
    expect(isLocked(b)).toBe(false);
    expect(b.level.stored(FILE_LOCK)).toBe('0');
  });

  it('counts anew after a reading that shows pressure', () => {
    const b = locked('1');
    b.run(120);
    b.level.rig.sensor.trouble.added = 18;
    b.run(1);
    b.level.rig.sensor.trouble.added = 0;
    b.run(170);
    expect([b.level.view.trip, isLocked(b)]).toEqual([0, true]);
    b.run(20);
    expect(isLocked(b)).toBe(false);
  });

  it('does not begin without a kept zero that should be there: the zero is asked for first', () => {
    const b = bench({ files: { [FILE_LOCK]: '1' } });
    b.run(300);
    expect(isLocked(b)).toBe(true);
    b.hold(2.5);
    b.run(200);
    expect([b.phase, isLocked(b)]).toEqual(['idle', false]);
  });
});

it('a hazard on a vented cuff locks the next power-up, and the latch keeps it locked', () => {
  const b = bench();
  b.settle();
  const { supervisor } = b.level.core;
  Object.assign(supervisor, { trip: TRIP_PUMP_LIVE });
  Object.assign(supervisor, { hazard: TRIP_PUMP_LIVE });
  b.run(1);
  expect(b.level.stored(FILE_LOCK)).toBe('4');
  b.run(400);
  expect(b.level.stored(FILE_LOCK)).toBe('4');
});
