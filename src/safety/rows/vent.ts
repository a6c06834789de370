/**
 * Rows of the rules on air that cannot leave. Texts and numbers only; the rules are in vent-rules.ts, level-rules.ts and flow-rules.ts.
 * Must never hold a condition: a rule reads its limits here and decides in its own file.
 */
import { ARM_VENT_LIMIT_MS, VENT_LIMIT_MS, VENTED_MMHG } from '../../limits.ts';
import type { TripRow } from './row.ts';
import { OFF_ZERO_MS } from './sensor.ts';

export const TRIP_NOT_VENTING = 8;
/** In each window of this length, ms, the pressure must fall by one part in so many: the slowest healthy build falls by a quarter. */
export const FALL_MS = 4000;
export const FALL_PARTS = 8;

export const TRIP_HOSE_BLOCKED = 16;
/** Rise within a round while the pump runs that no cuff takes, mmHg: fastest arm 25, hose 20, wave 20. */
export const SURGE_MMHG = 75;
/** So many in a row: a bump is one. */
export const SURGE_LIMIT = 3;
/** From at least this, mmHg, ... */
export const BLOCKED_FROM_MMHG = 50;
/** ... to vented within this, ms, is faster than air can leave. */
export const BLOCKED_MS = 130;
/** Later in the vent: from more than VENTED_MMHG to less than one part in so many ... */
export const DROP_TIMES = 3;
/** ... between two good samples no further apart than this, ms; to one in the square of it in twice the time: those between wait to be confirmed. */
export const DROP_MS = 150;

export const TRIP_VALVE_WITHOUT_EFFECT = 28;
/** Open time of the valve without any pump, ms, ... */
export const OPEN_LIMIT_MS = 4000;
/** ... in which the mean must fall by this, mmHg: the slowest valve takes 15 mmHg/s. */
export const FELL_MMHG = 10;

export const VENT_ROWS: readonly TripRow[] = [
  {
    code: TRIP_NOT_VENTING,
    name: 'not-venting',
    severity: 'hazard',
    clear: 'restart',
    lamp: 'vent',
    message: 'Valve opened, but the reading does not fall as it must: {m} mmHg, allowed are {a}.',
    hint: 'Open the cuff by hand now. Do not use it until the valve and hose are checked.',
    hazard: 'valve stuck shut, pump stuck on, blocked line',
    harm: 'cuff stays full',
    hardware: 'strap opens by hand; relief valve',
    control:
      'the pressure must fall by an eighth in each window and be vented in time; on a vented cuff it must not come back',
    limits: [
      ['vented', VENTED_MMHG, 'mmHg', 'IEC 60601-2-30 in its edition GOST 30324.30-2002'],
      ['time to vented', VENT_LIMIT_MS, 'ms', 'the same, after a fault'],
      [
        'time to vented of an arm cuff, else no further session',
        ARM_VENT_LIMIT_MS,
        'ms',
        'our decision: an arm cuff is small, and a limb waits for air',
      ],
      [
        'pressure that comes back on a vented cuff, for',
        OFF_ZERO_MS,
        'ms',
        'our decision: a limb that moves is over sooner',
      ],
      ['window of the fall', FALL_MS, 'ms', 'the slowest healthy build falls by a quarter in it'],
    ],
    test: 'trips.test.ts: vent',
  },
  {
    code: TRIP_HOSE_BLOCKED,
    name: 'hose-blocked',
    severity: 'hazard',
    clear: 'restart',
    lamp: 'vent',
    message:
      'The reading changed faster than air can flow ({m} mmHg in {a} ms): the cuff may still hold pressure.',
    hint: 'Open the cuff by hand now. Then look for a kinked or blocked hose.',
    hazard: 'kinked or blocked hose',
    harm: '**the vent does not reach the cuff**',
    hardware: 'valve at the cuff, or pump on the cuff with no hose, removes it',
    control:
      'pulses of the pump in a row in which the reading surges between two rounds; or a vent that is over, or falls at any moment, faster than air can leave',
    limits: [
      ['rise between two rounds', SURGE_MMHG, 'mmHg', 'no cuff takes it: fastest arm 25, hose 20, wave 20'],
      ['pulses in a row', SURGE_LIMIT, '', 'a bump is one'],
      ['a vent from', BLOCKED_FROM_MMHG, 'mmHg', 'working pressure'],
      ['is over in', BLOCKED_MS, 'ms', 'the fastest cuff takes longer'],
      [
        'later in a vent, from more than 15 mmHg to less than one part in',
        DROP_TIMES,
        '',
        'a hose that folds in the vent leaves the pump side alone: it falls by 50 and more; a cuff that empties falls by 1.3 in 50 ms at most (120 sampled builds in movement)',
      ],
      [
        'between two samples no further apart than',
        DROP_MS,
        'ms',
        'as above: 1.6 in 150 ms; nine times in 300 ms, the same time constant',
      ],
    ],
    test: 'trips.test.ts: hose blocked',
  },
  {
    code: TRIP_VALVE_WITHOUT_EFFECT,
    name: 'valve-without-effect',
    formerName: 'valve-idle',
    severity: 'hazard',
    clear: 'restart',
    lamp: 'vent',
    message: 'The valve was open for {m} ms in all and the pressure did not fall; allowed are {a}.',
    hint: 'Take the cuff off: the valve is stuck or the pump runs by itself.',
    hazard: 'valve stuck shut in the hold, pump stuck on',
    harm: 'no way down',
    hardware: 'strap',
    control: 'open time without the pump must show as a fall of the mean',
    limits: [
      ['open time in all', OPEN_LIMIT_MS, 'ms', 'the slowest valve takes 15 mmHg/s'],
      ['fall in it', FELL_MMHG, 'mmHg', 'as above'],
    ],
    test: 'trips.test.ts: pump and valve',
  },
];
