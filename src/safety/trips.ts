/**
 * Every reason for which the supervisor vents by itself: one row a trip, code = position in the table.
 * The rows are functions, so that they cost no memory until a trip is put into words; never called in a
 * tick under pressure.
 */

export const TRIP_NONE = 0;
export const TRIP_OVER_PRESSURE = 1;
export const TRIP_OVER_LOP = 2;
export const TRIP_SENSOR_LOST = 3;
export const TRIP_SENSOR_FROZEN = 4;
export const TRIP_TIME = 5;
export const TRIP_NO_RISE = 6;
export const TRIP_LEAK = 7;
export const TRIP_NOT_VENTING = 8;
export const TRIP_OVERRUN = 9;
export const TRIP_INTERNAL = 10;
export const TRIP_SETPOINT = 11;
export const TRIP_BATTERY = 12;
export const TRIP_DRIVER = 13;
export const TRIP_SENSOR_ERRATIC = 14;
export const TRIP_PRESSURE_VANISHED = 15;
export const TRIP_HOSE_BLOCKED = 16;
export const TRIP_DEVIATION = 17;
export const TRIP_SLOW_LOSS = 18;
export const TRIP_SLOW_GAIN = 19;
export const TRIP_SENSOR_ZERO = 20;
export const TRIP_CLOCK = 21;
export const TRIP_PUMP_LIVE = 22;
export const TRIP_PUMP_DEAD = 23;
export const TRIP_VALVE_DEAD = 24;
export const TRIP_VALVE_LIVE = 25;
export const TRIP_MEMORY_LOW = 26;
export const TRIP_PUMP_WITHOUT_EFFECT = 27;
export const TRIP_VALVE_WITHOUT_EFFECT = 28;

/** `stop` ends the session, vented; `hazard` also tells the wearer to take the cuff off: the vent alone may not do. */
export type Severity = 'stop' | 'hazard';

/** When the latch may be cleared by a press: once vented, or only by a restart of the device. */
export type ClearCondition = 'vented' | 'restart';

export interface TripRow {
  /** Stable name, in logs and documents. */
  code: string;
  severity: Severity;
  clear: ClearCondition;
  /** Sentence with `{m}` = measured and `{a}` = allowed. */
  message: string;
  /** What to do next. */
  hint: string;
}

const ROWS: ReadonlyArray<() => TripRow> = [
  () => row('none', 'stop', 'vented', 'No trip.', ''),
  () =>
    row(
      'over-pressure',
      'stop',
      'vented',
      'Cuff pressure reached {m} mmHg, allowed are {a}.',
      'Take the cuff off. Check for a blow or a kinked hose before the next start.',
    ),
  () =>
    row(
      'over-lop',
      'stop',
      'vented',
      'Mean cuff pressure was {m} mmHg, above your occlusion pressure of {a}.',
      'Rest 3 min. Start again with a lower pressure.',
    ),
  () =>
    row(
      'sensor-lost',
      'stop',
      'vented',
      'No believable pressure reading for {m} ms, allowed are {a}.',
      'Check the sensor cable, then restart the device.',
    ),
  () =>
    row(
      'sensor-frozen',
      'stop',
      'restart',
      'The sensor gave the same reading {m} times, allowed are {a}.',
      'Restart the device. If it comes back, replace the sensor.',
    ),
  () =>
    row(
      'time-limit',
      'stop',
      'vented',
      'Under pressure for {m} s, allowed are {a}.',
      'Leave the cuff open for at least 3 min.',
    ),
  () =>
    row(
      'no-rise',
      'stop',
      'vented',
      'Pump on, but the pressure only came to {m} mmHg on the way to {a}.',
      'Check hose, cuff and strap, then press the button.',
    ),
  () =>
    row(
      'leak',
      'stop',
      'vented',
      'Air is lost: {m} measured, {a} allowed (mmHg under the pump, or mmHg a minute at rest).',
      'Look for a leak or a loose hose, then press the button.',
    ),
  () =>
    row(
      'not-venting',
      'hazard',
      'restart',
      'Valve opened, but the reading does not fall as it must: {m} mmHg, allowed are {a}.',
      'Open the cuff by hand now. Do not use it until the valve and hose are checked.',
    ),
  () =>
    row(
      'tick-overrun',
      'stop',
      'vented',
      'The control loop was {m} ms apart, allowed are {a}.',
      'Press the button to go on. If it comes back, report it.',
    ),
  () =>
    row(
      'internal-error',
      'stop',
      'restart',
      'The firmware met an error of its own in tick {m}.',
      'The device restarts by itself. Please report it with the log.',
    ),
  () =>
    row(
      'setpoint-limit',
      'stop',
      'vented',
      'A setpoint of {m} mmHg was asked for, allowed are {a}.',
      'Check protocol and settings.',
    ),
  () => row('battery', 'stop', 'vented', 'Supply fell to {m} mV, needed are {a}.', 'Charge the battery.'),
  () =>
    row(
      'driver-fault',
      'stop',
      'restart',
      'A motor driver reports a fault (bits {m}).',
      'Check the wiring of pump and valve for a short, then restart.',
    ),
  () =>
    row(
      'sensor-erratic',
      'stop',
      'restart',
      'Too many readings had to be refused: the count reached {m}, allowed are {a}.',
      'Check the sensor cable, then restart the device.',
    ),
  () =>
    row(
      'air-gone',
      'hazard',
      'vented',
      'The reading fell to {m} mmHg from {a} with the valve shut.',
      'Open the cuff by hand: a hose or sensor line is off, or the cuff has burst or slipped.',
    ),
  () =>
    row(
      'hose-blocked',
      'hazard',
      'restart',
      'The reading changed faster than air can flow ({m} mmHg in {a} ms): the cuff may still hold pressure.',
      'Open the cuff by hand now. Then look for a kinked or blocked hose.',
    ),
  () =>
    row(
      'deviation',
      'stop',
      'vented',
      'Mean pressure stayed at {m} mmHg, above the allowed {a}: the valve does not let out enough, or the pump runs on.',
      'Take the cuff off. Check the valve before the next start.',
    ),
  () =>
    row(
      'air-lost',
      'stop',
      'vented',
      'The pump had to make up for {m} mmHg more than this cuff usually loses, allowed are {a}: a leak, or a reading that drifts down.',
      'Check hose and cuff for a leak. If there is none, replace the sensor.',
    ),
  () =>
    row(
      'air-gained',
      'stop',
      'vented',
      'At rest the reading rose by {m} mmHg with pump and valve still, allowed are {a}.',
      'No cuff gains air by itself: the reading drifts or the pump leaks. Replace the sensor if it comes back.',
    ),
  () =>
    row(
      'sensor-zero',
      'stop',
      'restart',
      'The open cuff reads {m} mmHg, allowed are {a} to either side of zero.',
      'The sensor has drifted. Restart the device; if it comes back, replace the sensor.',
    ),
  () =>
    row(
      'clock-jump',
      'stop',
      'restart',
      'The clock moved by {m} ms between two ticks, at least {a} are due.',
      'Restart the device. If it comes back, report it.',
    ),
  () =>
    row(
      'pump-live',
      'hazard',
      'restart',
      'The pump is switched off but {m} mV are on it, allowed are {a}.',
      'Take the cuff off and the battery out: the pump may run by itself.',
    ),
  () =>
    row(
      'pump-dead',
      'stop',
      'restart',
      'The pump is switched on but only {m} mV are on it, {a} are needed.',
      'Check the wiring of the pump, then restart.',
    ),
  () =>
    row(
      'valve-dead',
      'stop',
      'restart',
      'The valve should be shut but only {m} mV are on it, {a} are needed.',
      'Check the wiring of the valve, then restart.',
    ),
  () =>
    row(
      'valve-live',
      'hazard',
      'restart',
      'The valve should be open but {m} mV still hold it shut, allowed are {a}.',
      'Open the cuff by hand now and take the battery out.',
    ),
  () =>
    row(
      'platform',
      'stop',
      'restart',
      'The board complains about itself (bits {m}): memory runs out.',
      'Restart the device. Please report it with the log.',
    ),
  () =>
    row(
      'air-missing',
      'stop',
      'vented',
      'Air for {m} mmHg was pumped in and does not show as pressure, allowed are {a}.',
      'Look for a leak, a dead pump or a loose sensor line, then press the button.',
    ),
  () =>
    row(
      'valve-idle',
      'hazard',
      'restart',
      'The valve was open for {m} ms in all and the pressure did not fall; allowed are {a}.',
      'Take the cuff off: the valve is stuck or the pump runs by itself.',
    ),
];

function row(
  code: string,
  severity: Severity,
  clear: ClearCondition,
  message: string,
  hint: string,
): TripRow {
  return { code: code, severity: severity, clear: clear, message: message, hint: hint };
}

export const TRIP_COUNT = 29;

/** The row of a trip; an unknown code gives that of `internal-error`. */
export function tripRow(trip: number): TripRow {
  const make = (ROWS[trip] ?? ROWS[TRIP_INTERNAL]) as () => TripRow;
  return make();
}

/** The whole sentence for the wearer: what, measured, allowed, next step. */
export function tripText(trip: number, measured: number, allowed: number): string {
  const r = tripRow(trip);
  const said = r.message
    .replace('{m}', Math.round(measured).toString())
    .replace('{a}', Math.round(allowed).toString());
  return r.hint === '' ? said : `${said} ${r.hint}`;
}
