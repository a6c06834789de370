/** Which pattern the lamps show: the most important thing first, and the pins are written only when it changes. */
import { describe, expect, it } from 'vitest';
import {
  INHIBIT_BATTERY,
  INHIBIT_DRIVER,
  INHIBIT_LOCKOUT,
  INHIBIT_SENSOR,
} from '../../src/safety/inhibits.ts';
import { TRIP_LEAK } from '../../src/safety/rows/air.ts';
import { TRIP_PUMP_LIVE } from '../../src/safety/rows/outputs.ts';
import { endNotice, type Lamps, show, showNotice } from '../../src/wearer/lamps.ts';
import {
  lampsAt,
  PATTERN_ADVICE,
  PATTERN_CHOICE,
  PATTERN_ESTIMATED,
  PATTERN_HAZARD,
  PATTERN_INHIBITED,
  PATTERN_LOW_BATTERY,
  PATTERN_SOON,
  PATTERN_TRIP,
  sameUntil,
  tripClass,
} from '../../src/wearer/patterns.ts';
import { Device, working } from '../loop/device.ts';

const IDLE = 0;
const WORK = 3;
const REST = 4;
const RELEASED = 5;
const PAUSED = 10;

/** What is shown on a settled device after `change`: pattern and number. */
function shown(change: (d: Device) => void): number[] {
  const d = new Device().settle();
  change(d);
  show(d.core);
  return [d.core.lamps.shown, d.core.lamps.shownNumber];
}

const set = (
  d: Device,
  what: { supervisor?: object; readiness?: object; session?: object; lock?: object },
): void => {
  for (const [part, fields] of Object.entries(what)) Object.assign(d.core[part as 'session'], fields);
};

describe('an idle device', () => {
  it.each<[string, (d: Device) => void, number, number]>([
    ['is idle', () => undefined, IDLE, 0],
    [
      'says on what its pressure rests',
      (d) => set(d, { readiness: { estimated: true } }),
      PATTERN_ESTIMATED,
      0,
    ],
    ['advises a rest first', (d) => set(d, { readiness: { estimated: true, advice: 1 } }), PATTERN_ADVICE, 0],
    [
      'says why it will not start',
      (d) => set(d, { readiness: { advice: 1, inhibits: INHIBIT_LOCKOUT } }),
      PATTERN_INHIBITED,
      7,
    ],
    [
      'the first of several reasons',
      (d) => set(d, { readiness: { inhibits: INHIBIT_LOCKOUT + INHIBIT_SENSOR } }),
      PATTERN_INHIBITED,
      2,
    ],
    [
      'a low battery has a pattern of its own',
      (d) => set(d, { readiness: { inhibits: INHIBIT_BATTERY } }),
      PATTERN_LOW_BATTERY,
      8,
    ],
    [
      'one beside others has not',
      (d) => set(d, { readiness: { inhibits: INHIBIT_BATTERY + INHIBIT_LOCKOUT } }),
      PATTERN_INHIBITED,
      7,
    ],
    [
      'blinks what it was told to, before any reason',
      (d) => {
        set(d, { readiness: { inhibits: INHIBIT_DRIVER } });
        showNotice(d.core.lamps, PATTERN_CHOICE, 3, d.core.tick.now + 1);
      },
      PATTERN_CHOICE,
      3,
    ],
    [
      'but not when its time is over',
      (d) => showNotice(d.core.lamps, PATTERN_CHOICE, 3, d.core.tick.now),
      IDLE,
      0,
    ],
    [
      'nor once it is taken back',
      (d) => {
        showNotice(d.core.lamps, PATTERN_CHOICE, 3, d.core.tick.now + 1000);
        endNotice(d.core.lamps);
      },
      IDLE,
      0,
    ],
    [
      'a trip comes before what it was told',
      (d) => {
        set(d, { supervisor: { trip: TRIP_LEAK } });
        showNotice(d.core.lamps, PATTERN_CHOICE, 3, d.core.tick.now + 1000);
      },
      PATTERN_TRIP,
      tripClass(TRIP_LEAK),
    ],
    [
      'a hazard before everything',
      (d) => {
        set(d, { supervisor: { trip: TRIP_LEAK, hazard: TRIP_PUMP_LIVE } });
        showNotice(d.core.lamps, PATTERN_CHOICE, 3, d.core.tick.now + 1000);
      },
      PATTERN_HAZARD,
      0,
    ],
    [
      'so does a cuff that may be full',
      (d) => {
        set(d, { lock: { written: true } });
        d.core.sensing.zero.asks = true;
      },
      PATTERN_HAZARD,
      0,
    ],
    [
      'a zero that is asked about with nothing open is not that',
      (d) => {
        d.core.sensing.zero.asks = true;
      },
      IDLE,
      0,
    ],
    ['nor is an open lock alone', (d) => set(d, { lock: { written: true } }), IDLE, 0],
  ])('%s', (_name, change, pattern, number) => {
    expect(shown(change)).toEqual([pattern, number]);
  });
});

describe('a session', () => {
  it.each<[string, object, object, number, number]>([
    ['work has its own', { phase: WORK, leftMs: 3000 }, {}, WORK, 0],
    ['its last three seconds too', { phase: WORK, leftMs: 2999 }, {}, PATTERN_SOON, 0],
    ['those of a rest with the cuff on as well', { phase: REST, leftMs: 2999 }, {}, PATTERN_SOON, 0],
    ['a rest before that', { phase: REST, leftMs: 3000 }, {}, REST, 0],
    ['not those of a release', { phase: RELEASED, leftMs: 100 }, {}, RELEASED, 0],
    [
      'none where the protocol is silent',
      { phase: WORK, leftMs: 100, protocol: { ...working(9), silent: true } },
      {},
      WORK,
      0,
    ],
    [
      'a cue where it says that it is not',
      { phase: WORK, leftMs: 100, protocol: { ...working(9), silent: false } },
      {},
      PATTERN_SOON,
      0,
    ],
    [
      'what speaks against going on is shown in a pause',
      { phase: PAUSED },
      { inhibits: INHIBIT_LOCKOUT },
      PATTERN_INHIBITED,
      7,
    ],
    ['a pause without is one', { phase: PAUSED }, {}, PAUSED, 0],
    ['and in work it is not shown', { phase: WORK, leftMs: 9000 }, { inhibits: INHIBIT_LOCKOUT }, WORK, 0],
  ])('%s', (_name, session, readiness, pattern, number) => {
    expect(shown((d) => set(d, { session, readiness }))).toEqual([pattern, number]);
  });
  it('a trip is shown whatever the phase is', () => {
    expect(shown((d) => set(d, { session: { phase: WORK }, supervisor: { trip: TRIP_LEAK } }))).toEqual([
      PATTERN_TRIP,
      tripClass(TRIP_LEAK),
    ]);
  });
});

describe('the pins', () => {
  function watched(): { d: Device; lamps: Lamps; written: number[] } {
    const d = new Device();
    const written: number[] = [];
    Object.assign(d.core.ports.indicator, { write: (bits: number) => written.push(bits) });
    d.settle();
    written.length = 0;
    return { d, lamps: d.core.lamps, written };
  }
  it('are written when the lamps change, never twice the same', () => {
    const { d, lamps, written } = watched();
    d.run(9000);
    expect(written.length).toBeGreaterThan(4);
    for (let i = 1; i < written.length; i++) expect(written[i]).not.toBe(written[i - 1]);
    expect(lamps.lit).toBe(written.at(-1));
  });
  it('another pattern, or another number of the same, is shown at once, and looked at again when it changes', () => {
    const { d, lamps } = watched();
    for (const inhibits of [INHIBIT_LOCKOUT, INHIBIT_DRIVER, INHIBIT_BATTERY, 0]) {
      Object.assign(d.core.readiness, { inhibits });
      show(d.core);
      const now = d.core.tick.now;
      expect(lamps.lit).toBe(lampsAt(lamps.shown, lamps.shownNumber, now));
      expect(lamps.until).toBe(sameUntil(lamps.shown, lamps.shownNumber, now));
    }
  });
  it('another pattern with the same lamps at this moment is not written', () => {
    const { d, lamps, written } = watched();
    const dark = (): boolean => lampsAt(IDLE, 0, d.now) === 0 && lampsAt(PATTERN_INHIBITED, 7, d.now) === 0;
    while (!dark()) d.tick();
    show(d.core);
    written.length = 0;
    Object.assign(d.core.readiness, { inhibits: INHIBIT_LOCKOUT });
    show(d.core);
    expect([lamps.shown, lamps.lit, written]).toEqual([PATTERN_INHIBITED, 0, []]);
  });
  it('what stands is left alone until its time', () => {
    const { d, lamps } = watched();
    show(d.core);
    Object.assign(lamps, { lit: 99, until: d.core.tick.now + 1 });
    show(d.core);
    expect(lamps.lit).toBe(99);
    lamps.until = d.core.tick.now;
    show(d.core);
    expect(lamps.lit).not.toBe(99);
  });
});
