/**
 * Made by `npm run docs` from the rows in rows/ and inhibits.ts. Must never be edited by hand. What the image keeps of each row, by code; place 0
 * is "no trip". Texts stay out of the image.
 */

/** Stable names. */
export const TRIP_NAMES =
  'none over-pressure over-lop sensor-lost sensor-frozen time-limit no-rise leak not-venting tick-overrun internal-error setpoint-limit battery driver-fault sensor-erratic pressure-vanished hose-blocked deviation unused slow-gain sensor-zero clock-jump pump-live pump-dead valve-dead valve-live memory-low unused valve-without-effect sensor-flat fill-unanswered unused fill-unseen air-unaccounted';

/** s = stop, h = hazard. */
export const TRIP_SEVERITIES = 'sssssssshsssssshhssssshsshsshhhshs';

/** v = by a press once vented, r = by a restart. */
export const TRIP_CLEARED_BY = 'vvvvrvvvrvrvvrrvrvrvrrrrrrrrrvvrvv';

/** Number of the lamp class. */
export const TRIP_LAMPS = '0112263347775523417327555577422733';

/** Names of the inhibits, by bit. */
export const INHIBIT_NAMES =
  'trip sensor pressure zero settings no-lop lockout battery driver button protocol posture screening lop-old lop-other slow-vent bench zero-range stop stop-untried store commission day parts';
