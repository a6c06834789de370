/**
 * Rows of the rules on time and on the firmware itself. Texts and numbers only; the rules are in time-rules.ts, clock-rules.ts and loop.ts.
 * Must never hold a condition: a rule reads its limits here and decides in its own file.
 */
import { LATE_MS, MAX_ARM_MS, MAX_LEG_MS, OVERRUN_MS, RELEASE_MS } from '../../limits.ts';
import type { TripRow } from './row.ts';

export const TRIP_TIME = 5;

export const TRIP_OVERRUN = 9;
/** So many late ticks in a row are an overrun: nothing that passes takes three. */
export const LATE_TICKS = 3;

export const TRIP_INTERNAL = 10;
export const TRIP_CLOCK = 21;

export const FIRMWARE_ROWS: readonly TripRow[] = [
  {
    code: TRIP_TIME,
    name: 'time-limit',
    severity: 'stop',
    clear: 'vented',
    lamp: 'time',
    message: 'Under pressure for {m} s, allowed are {a}.',
    hint: 'Leave the cuff open for at least 3 min.',
    hazard: 'session forgotten, protocol too long',
    harm: 'ischaemia',
    hardware: '',
    control: 'time under pressure is summed until a full release has been seen',
    limits: [
      ['time under pressure, leg', MAX_LEG_MS, 'ms', 'VALD, AIS: less than 20 min'],
      ['time under pressure, arm', MAX_ARM_MS, 'ms', 'VALD, AIS: less than 15 min'],
      ['full release', RELEASE_MS, 'ms', 'VALD, AIS: at least 3 min'],
    ],
    test: 'trips.test.ts: time',
  },
  {
    code: TRIP_OVERRUN,
    name: 'tick-overrun',
    severity: 'stop',
    clear: 'vented',
    lamp: 'firmware',
    message: 'The control loop was {m} ms apart, allowed are {a}.',
    hint: 'Press the button to go on. If it comes back, report it.',
    hazard: 'loop stalls',
    harm: 'output older than it should be',
    hardware: 'lease of 250 ms, watchdog 1 s',
    control: 'the length of every tick is looked at; one far too long, or several late ones in a row',
    limits: [
      [
        'length of a tick',
        OVERRUN_MS,
        'ms',
        'our decision: the dearest tick with a collection of memory, at the upper end of what the reference board is estimated to take; the lease cuts at 250',
      ],
      [
        'a late tick, longer than',
        LATE_MS,
        'ms',
        'our decision: at that end of the estimate one tick in 250 takes longer',
      ],
      [
        'late ticks in a row',
        LATE_TICKS,
        '',
        'nothing that passes takes three; a loop that is too slow makes every tick late',
      ],
    ],
    test: 'trips.test.ts: clock',
  },
  {
    code: TRIP_INTERNAL,
    name: 'internal-error',
    severity: 'stop',
    clear: 'restart',
    lamp: 'firmware',
    message: 'The firmware met an error of its own in tick {m}.',
    hint: 'The device restarts by itself. Please report it with the log.',
    hazard: 'exception',
    harm: 'unknown state',
    hardware: 'watchdog',
    control: "vent, never kick the watchdog again; after the restart's lock-out a record says so",
    limits: [],
    test: 'safety-case.test.ts: an exception in the loop',
  },
  {
    code: TRIP_CLOCK,
    name: 'clock-jump',
    severity: 'stop',
    clear: 'restart',
    lamp: 'firmware',
    message: 'The clock moved by {m} ms between two ticks, at least {a} are due.',
    hint: 'Restart the device. If it comes back, report it.',
    hazard: 'clock runs backwards or in bursts',
    harm: 'wrong times and rates',
    hardware: '',
    control: 'a tick that is too short, lateness of the last one included: an interval keeps its phase',
    limits: [
      [
        'length of a tick at least',
        'half the period',
        '',
        'our decision: after a late tick the next may be early by as much',
      ],
    ],
    test: 'trips.test.ts: clock',
  },
];
