/**
 * Rows of the rules on air that is lost, missing or too much. Texts and numbers only; the rules are in level-, progress-, air- and flow-rules.ts.
 * Must never hold a condition: a rule reads its limits here and decides in its own file.
 */
import type { TripRow } from './row.ts';

export const TRIP_NO_RISE = 6;
/** Pump time in which a fill must gain RISE_MMHG, ms. */
export const RISE_WINDOW_MS = 10000;
export const RISE_MMHG = 3;
/** Below this the slack cuff takes air without pressure, mmHg: it must gain SLACK_RISE_MMHG in SLACK_WINDOW_MS of pump. */
export const SLACK_MMHG = 20;
export const SLACK_RISE_MMHG = 1;
export const SLACK_WINDOW_MS = 5000;
/** Pump time of a whole fill, ms. */
export const FILL_LIMIT_MS = 180000;

export const TRIP_LEAK = 7;
/** Mean below this share of the setpoint with the pump on, percent, ... */
export const LEAK_SHARE = 70;
/** ... for this long in all, ms. */
export const LEAK_MS = 9000;

export const TRIP_PRESSURE_VANISHED = 15;
/** A reading below this share of where it was, percent, with the valve shut, ... */
export const VANISHED_SHARE = 35;
/** ... for this long, ms: no limb pulls that much back. */
export const VANISHED_MS = 200;
/** The same in a fill, with the pump held off meanwhile, ms. */
export const VANISHED_FILL_MS = 3000;
/** Mean below which nothing can be said to have vanished, mmHg: the slack cuff. */
export const VANISHED_FROM_MMHG = 40;
/** The same in a fill, mmHg: the limb is still and the pump must be stopped soon. */
export const VANISHED_FILL_MMHG = 18;

export const TRIP_SLOW_GAIN = 19;
/** Length of a window at rest, ms. */
export const GAIN_WINDOW_MS = 4000;
/** Sum that trips, mmHg. */
export const GAIN_LIMIT_MMHG = 9;
/** What is let pass, mmHg/s, and what one window may add, mmHg. */
export const GAIN_SLACK = 1 / 10;
export const MOST_GAINED = 25 / 10;

export const TRIP_FILL_UNSEEN = 32;

export const AIR_ROWS: readonly TripRow[] = [
  {
    code: TRIP_NO_RISE,
    name: 'no-rise',
    severity: 'stop',
    clear: 'vented',
    lamp: 'air',
    message: 'Pump on, but the pressure only came to {m} mmHg on the way to {a}.',
    hint: 'Check hose, cuff and strap, then press the button.',
    hazard: 'pump dead, too weak or cut out by its heat, valve open, hose off at the start',
    harm: 'pump overheats',
    hardware: '',
    control:
      'a fill must gain pressure for the time that the pump runs, over the lowest reading since the last gain',
    limits: [
      ['rise of a fill', RISE_MMHG, 'mmHg', 'our decision'],
      ['in pump time', RISE_WINDOW_MS, 'ms', 'as above'],
      ['rise below 20 mmHg', SLACK_RISE_MMHG, 'mmHg', 'a slack cuff takes air without pressure'],
      [
        'in pump time below 20 mmHg',
        SLACK_WINDOW_MS,
        'ms',
        'a cuff whose sense line is off fills unseen meanwhile',
      ],
      [
        'pump time of a whole fill',
        FILL_LIMIT_MS,
        'ms',
        'the largest cuff on the weakest pump takes 90 s; a limb that moves can look like a rise, but not for ever',
      ],
    ],
    test: 'trips.test.ts: progress',
  },
  {
    code: TRIP_LEAK,
    name: 'leak',
    severity: 'stop',
    clear: 'vented',
    lamp: 'air',
    message: 'Air is lost: the mean came to {m} mmHg under the pump on the way to {a}.',
    hint: 'Look for a leak or a loose hose, then press the button.',
    hazard: 'leak as large as the pump, valve fallen open',
    harm: 'session without effect',
    hardware: '',
    control: 'time far below the setpoint with the pump on adds up and is only slowly forgiven',
    limits: [
      ['far below the setpoint: share', LEAK_SHARE, '%', 'our decision'],
      ['time in all', LEAK_MS, 'ms', 'leak rule of surgical tourniquets (Zimmer ATS): 9 s of topping up'],
    ],
    test: 'trips.test.ts: progress',
  },
  {
    code: TRIP_PRESSURE_VANISHED,
    name: 'pressure-vanished',
    formerName: 'air-gone',
    severity: 'hazard',
    clear: 'vented',
    lamp: 'air',
    message: 'The reading fell to {m} mmHg from {a} with the valve shut.',
    hint: 'Open the cuff by hand: a hose or sensor line is off, or the cuff has burst or slipped.',
    hazard: 'hose off, burst, cuff off, sense line off',
    harm: 'cuff may be full while the sensor reads nothing',
    hardware: '',
    control:
      'a reading far below its level with the valve shut and more than our own bleeds explain, or one that stays there under the pump until `leak` or `air-unaccounted` would trip; the cuff then counts as full until the wearer says that it is open',
    limits: [
      ['reading as a share of its level', VANISHED_SHARE, '%', 'no limb pulls that much back'],
      ['time', VANISHED_MS, 'ms', 'as above'],
      [
        'time in a fill, with the pump off',
        VANISHED_FILL_MS,
        'ms',
        'a blow on a slack cuff lifts the level, and it takes so long to be back',
      ],
      ['level from which it is judged', VANISHED_FROM_MMHG, 'mmHg', 'the slack cuff'],
      [
        'level from which it is judged in a fill',
        VANISHED_FILL_MMHG,
        'mmHg',
        'the limb is still, and the pump must be stopped soon',
      ],
    ],
    test: 'trips.test.ts: pressure vanished',
  },
  {
    code: TRIP_SLOW_GAIN,
    name: 'slow-gain',
    formerName: 'air-gained',
    severity: 'stop',
    clear: 'vented',
    lamp: 'air',
    message: 'At rest the reading rose by {m} mmHg with pump and valve still, allowed are {a}.',
    hint: 'No cuff gains air by itself: the reading drifts or the pump leaks. Replace the sensor if it comes back.',
    hazard: 'a sensor that drifts up, a pump that leaks in',
    harm: 'too little restriction, later a false zero',
    hardware: '',
    control:
      'at rest, in windows between calm readings: the rise of the reading less the air that the pump put in adds up',
    limits: [
      ['sum', GAIN_LIMIT_MMHG, 'mmHg', 'our decision, held against `npm run bench:false-alarms`'],
      ['let pass', GAIN_SLACK, 'mmHg/s', 'as the sum'],
      [
        'what one window may add',
        MOST_GAINED,
        'mmHg',
        'a wearer who shifts is one window, a fault is all of them',
      ],
    ],
    test: 'trips.test.ts: air balance at rest',
  },
  {
    code: TRIP_FILL_UNSEEN,
    name: 'fill-unseen',
    severity: 'hazard',
    clear: 'vented',
    lamp: 'air',
    message:
      'The pump ran for {m} ms and the reading stayed at the open air: the cuff may be full all the same.',
    hint: 'Open the cuff by hand, then hold the button for 2 s. Check hose, sensor line, valve and pump before the next start.',
    hazard: 'the line to the sensor reads the room while the pump fills the cuff, and the valve may be stuck',
    harm: 'each new start adds air that nobody sees',
    hardware: 'relief valve',
    control:
      'a fill that ends by `no-rise` on a slack cuff: what went in was not seen, so its leaving cannot be seen; the cuff counts as full until the wearer says that it is open',
    limits: [
      ['reading below which nothing was seen', SLACK_MMHG, 'mmHg', 'a slack cuff takes air without pressure'],
    ],
    test: 'trips.test.ts: progress',
  },
];
