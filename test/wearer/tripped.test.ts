/** After a trip, with a cuff that is not known to be empty: when it is written down, and what a hold of the button says. */
import { describe, expect, it } from 'vitest';
import { distrustEmptyReading } from '../../src/safety/fullness.ts';
import { trip } from '../../src/safety/latch.ts';
import { TRIP_LEAK, TRIP_PRESSURE_VANISHED } from '../../src/safety/rows/air.ts';
import { TURN_ASK, TURN_CLOSE } from '../../src/tick.ts';
import { GESTURE_HOLD } from '../../src/wearer/gestures.ts';
import { sessionDemand } from '../../src/wearer/session-demand.ts';
import { Device, working } from '../loop/device.ts';

/** Tripped in its work with this code a moment ago, the cuff full whatever the reading says. */
function tripped(code: number): Device {
  const d = new Device().settle().tap().until('work').run(2000);
  distrustEmptyReading(d.core.supervisor);
  trip(d.core.supervisor, d.core.tick, code, 5, 100);
  return d.until('tripped');
}

/** What the store was told when the session was asked `phaseMs` after the trip, at this reading. */
function writesAt(d: Device, phaseMs: number, filteredMmHg: number, turn = TURN_ASK): string[] {
  d.core.session.phaseMs = phaseMs;
  Object.assign(d.core.tick, { filteredMmHg, turn });
  return d.told(() => sessionDemand(d.core)).filter((call) => call.startsWith('write'));
}

describe('after a trip, while the cuff counts as full', () => {
  it('a hazard goes into the lock once the valve has been open for more than 5 s', () => {
    const d = tripped(TRIP_PRESSURE_VANISHED);
    expect(writesAt(d, 5000, 100)).toEqual([]);
    expect(writesAt(d, 5001, 100, TURN_CLOSE)).toEqual([]);
    expect(writesAt(d, 5001, 100)).toEqual(['write cuff.lock 3']);
    expect(writesAt(d, 5001, 100)).toEqual([]);
  });
  it('a trip that is no hazard does not', () => {
    const d = tripped(TRIP_LEAK);
    expect(writesAt(d, 20_000, 100)).toEqual([]);
    expect([d.core.lock.hazard, d.files['cuff.lock']]).toEqual([false, '1']);
  });
  it.each([
    [14, 30_000, false],
    [14, 30_001, true],
    [15, 30_001, true],
    [15.1, 30_001, false],
    [15.1, 60_000, false],
    [15.1, 60_001, true],
    [Number.NaN, 30_001, false],
    [Number.NaN, 60_001, true],
  ])('with a reading of %s mmHg the record is written in its time', (mmHg, phaseMs, written) => {
    const writes = writesAt(tripped(TRIP_LEAK), phaseMs, mmHg);
    expect(writes.includes('write cuff.r3 ...'), `${phaseMs} ms`).toBe(written);
  });
  it('a hold of the button says that the cuff was opened, from 5 s on', () => {
    const d = tripped(TRIP_PRESSURE_VANISHED);
    const unprovenAfterHold = (phaseMs: number): boolean => {
      d.core.gestures.pending = GESTURE_HOLD;
      writesAt(d, phaseMs, 100);
      return d.core.supervisor.unproven;
    };
    expect([unprovenAfterHold(5000), unprovenAfterHold(5001)]).toEqual([true, false]);
  });
});

describe('under pressure with no trip', () => {
  it('nothing is written, however long, and no hold of the button says that the cuff is open', () => {
    const d = new Device().work(working(200)).run(65_000);
    distrustEmptyReading(d.core.supervisor);
    d.core.gestures.pending = GESTURE_HOLD;
    expect([writesAt(d, 65_000, 100), writesAt(d, 65_001, 10)]).toEqual([[], []]);
    expect([d.phase, d.core.supervisor.unproven]).toEqual(['work', true]);
  });
});
