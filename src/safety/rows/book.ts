/**
 * Row of the rule on the air book. Texts and numbers only; the rule is in book-rules.ts.
 * Must never hold a condition: a rule reads its limits here and decides in its own file.
 */
import type { TripRow } from './row.ts';

export const TRIP_BOOK_FULL = 33;
/** Of the margin between the setpoint and the occlusion pressure, percent: from here on a rest is asked for a release, ... */
export const BOOK_WORN_SHARE = 60;
/** ... and from here on nothing is pumped and the cuff is released in a set too. */
export const BOOK_FULL_SHARE = 75;
/** Full for so long, ms, and not released. */
export const BOOK_MS = 3000;
/** A hold that comes to it sooner than this, ms, after one that it has ended, is a leak that nobody can train with. */
export const BOOK_SHORT_MS = 20000;
/** Valve open in it for less than this, ms: a hold at rest. A movement needs that in seconds. */
export const BOOK_STILL_MS = 1000;
/** Pumped in within some seconds, mmHg, and the book is full: that is more than a wearer who stands up. */
export const BOOK_SUDDEN_MMHG = 30;
/** The same, however much margin there is: a torn cuff, a hose that is off, or a reading that no longer answers. */
export const BOOK_BURST_MMHG = 50;
/** Sudden falls of the reading in one fill, mmHg: the limb of a wearer who moves comes back. */
export const FELL_MOST_MMHG = 40;
/** A good zero proves what was lost less this, mmHg, and less creep, percent of the setpoint; so much of it is let pass, percent. */
export const PROOF_MMHG = 3;
export const PROOF_CREEP_PERCENT = 10;
export const PROOF_SHARE = 75;
/** ... and so much at most, mmHg/s: half an hour of it is more than any margin; a cuff that leaks more is to be mended. */
export const MOST_PROVEN = 1 / 2;

export const BOOK_ROWS: readonly TripRow[] = [
  {
    code: TRIP_BOOK_FULL,
    name: 'air-unaccounted',
    formerName: 'air-missing',
    severity: 'stop',
    clear: 'vented',
    lamp: 'air',
    message:
      'By the air that went in and out the cuff would hold {m} mmHg, at most {a} are allowed: air is lost as fast as it is pumped in, or the reading is too low.',
    hint: 'Look for a leak. If there is none, replace the sensor.',
    hazard:
      'a reading that drifts or jumps down, a leak that the pump makes up for, or a valve that drops out of its hold or does not pull in hot',
    harm: 'true pressure climbs unseen',
    hardware: 'relief valve',
    control:
      'from a fill on only pump and valve count; where the sum comes near the occlusion pressure nothing is pumped, and the cuff is released and filled anew with a new zero. A hold that gets there within seconds, or at rest too soon a second time, or that is not released, trips; and one in which the sum grows by more than any wearer explains',
    limits: [
      ['margin used at which a rest is asked for a release', BOOK_WORN_SHARE, '%', 'our decision'],
      ['margin used at which the cuff is released at once', BOOK_FULL_SHARE, '%', 'our decision'],
      ['time to the release', BOOK_MS, 'ms', 'our decision'],
      ['a hold at rest that is too short, after one that ended so too', BOOK_SHORT_MS, 'ms', 'our decision'],
      ['valve open in a hold at rest, less than', BOOK_STILL_MS, 'ms', 'a leg press: 200 to 300 a second'],
      ['pumped in within about 8 s when it is full', BOOK_SUDDEN_MMHG, 'mmHg', 'standing up takes 20 to 25'],
      ['the same, whether it is full or not', BOOK_BURST_MMHG, 'mmHg', 'healthy sessions: 31 at most in 70'],
      ['sudden falls of the reading in one fill', FELL_MOST_MMHG, 'mmHg', 'healthy fills: 29 at most in 254'],
      [
        'what the zero after a hold does not prove',
        PROOF_MMHG,
        'mmHg',
        'the tail of a vent reads up to 3 mmHg too high when the zero is looked at',
      ],
      ['and a share of the setpoint', PROOF_CREEP_PERCENT, '%', 'creep ends, a leak does not'],
      ['share of a proven loss that is let pass', PROOF_SHARE, '%', 'our decision'],
      ['at most', MOST_PROVEN, 'mmHg/s', 'our decision: a cuff that leaks more is to be mended'],
    ],
    test: 'air-book.test.ts: the air book',
  },
];
