/**
 * Rows of the rules on supply, drivers and read-back. Texts and numbers only; the rules are in supply-rules.ts.
 * Must never hold a condition: a rule reads its limits here and decides in its own file.
 */
import type { TripRow } from './row.ts';

export const TRIP_BATTERY = 12;
/** Supply low for this long, ms, ends the session. */
export const RAIL_MS = 3000;
/** Share of the limit that is allowed while the pump loads the supply, percent. */
export const LOADED_SHARE = 85;

export const TRIP_DRIVER = 13;
/** A fault must be seen in so many looks. */
export const DRIVER_LOOKS = 2;

export const TRIP_PUMP_LIVE = 22;
/** A terminal above this is live, below it dead, mV: a quarter of the lowest rail. */
export const LIVE_MV = 600;
/** A pump that is off must be live for this long, ms: it coasts for 0.4 s, and its motor is a generator. */
export const COASTED_MS = 500;

export const TRIP_PUMP_DEAD = 23;
export const TRIP_VALVE_DEAD = 24;
export const TRIP_VALVE_LIVE = 25;
/** Any other output must be wrong for this long, ms, from the second look on. */
export const STEADY_MS = 100;

export const TRIP_MEMORY_LOW = 26;

const LOOKS = 'our decision: one look may fall on a driver that wakes';
const QUARTER = 'a quarter of the lowest rail';

export const OUTPUT_ROWS: readonly TripRow[] = [
  {
    code: TRIP_BATTERY,
    name: 'battery',
    severity: 'stop',
    clear: 'vented',
    lamp: 'power and outputs',
    message: 'Supply fell to {m} mV, needed are {a}.',
    hint: 'Charge the battery.',
    hazard: 'supply sags',
    harm: 'valve may drop out, pump stalls',
    hardware: 'no power is a vent',
    control: 'the supply is held against the setting minRailMv, a part of it while the pump runs',
    limits: [
      ['time below minRailMv', RAIL_MS, 'ms', 'our decision'],
      [
        'share of minRailMv under the pump',
        LOADED_SHARE,
        '%',
        'our decision: wires and cell drop under the load',
      ],
    ],
    test: 'trips.test.ts: supply and outputs',
  },
  {
    code: TRIP_DRIVER,
    name: 'driver-fault',
    severity: 'stop',
    clear: 'restart',
    lamp: 'power and outputs',
    message: 'A motor driver reports a fault (bits {m}).',
    hint: 'Check the wiring of pump and valve for a short, then restart.',
    hazard: 'short, overheating',
    harm: 'heat, stuck output',
    hardware: "driver's own cut-off",
    control: 'the fault pins are read in every look',
    limits: [['looks with a fault', DRIVER_LOOKS, '', LOOKS]],
    test: 'trips.test.ts: supply and outputs',
  },
  {
    code: TRIP_PUMP_LIVE,
    name: 'pump-live',
    severity: 'hazard',
    clear: 'restart',
    lamp: 'power and outputs',
    message: 'The pump is switched off but {m} mV are on it, allowed are {a}.',
    hint: 'Take the cuff off and the battery out: the pump may run by itself.',
    hazard: 'pump driven although switched off',
    harm: '**a pump that runs beats an open valve**',
    hardware: "own enable line of the pump's driver, kept low",
    control:
      'terminal voltage with the pump off all the time between the looks, vented or not; one look without it in between is passed over (a resting driver is awake in every other look)',
    limits: [
      ['terminal voltage', LIVE_MV, 'mV', QUARTER],
      [
        'time after the pump was switched off',
        COASTED_MS,
        'ms',
        'the pump coasts for 0.4 s, and its motor is a generator',
      ],
    ],
    test: 'trips.test.ts: supply and outputs',
  },
  {
    code: TRIP_PUMP_DEAD,
    name: 'pump-dead',
    severity: 'stop',
    clear: 'restart',
    lamp: 'power and outputs',
    message: 'The pump is switched on but only {m} mV are on it, {a} are needed.',
    hint: 'Check the wiring of the pump, then restart.',
    hazard: 'wire off, driver asleep',
    harm: '',
    hardware: '',
    control: 'no terminal voltage at full drive',
    limits: [
      ['terminal voltage', LIVE_MV, 'mV', QUARTER],
      ['time', STEADY_MS, 'ms', LOOKS],
    ],
    test: 'trips.test.ts: supply and outputs',
  },
  {
    code: TRIP_VALVE_DEAD,
    name: 'valve-dead',
    severity: 'stop',
    clear: 'restart',
    lamp: 'power and outputs',
    message: 'The valve should be shut but only {m} mV are on it, {a} are needed.',
    hint: 'Check the wiring of the valve, then restart.',
    hazard: 'lease has cut, wire off',
    harm: 'none: the cuff is vented',
    hardware: '',
    control: 'no terminal voltage while held shut',
    limits: [
      ['terminal voltage', LIVE_MV, 'mV', QUARTER],
      ['time', STEADY_MS, 'ms', LOOKS],
    ],
    test: 'trips.test.ts: supply and outputs',
  },
  {
    code: TRIP_VALVE_LIVE,
    name: 'valve-live',
    severity: 'hazard',
    clear: 'restart',
    lamp: 'power and outputs',
    message: 'The valve should be open but {m} mV still hold it shut, allowed are {a}.',
    hint: 'Open the cuff by hand now and take the battery out.',
    hazard: 'valve driven although vented',
    harm: 'cuff stays full',
    hardware: 'own enable line',
    control: 'terminal voltage during a vent',
    limits: [
      ['terminal voltage', LIVE_MV, 'mV', QUARTER],
      ['time', STEADY_MS, 'ms', LOOKS],
    ],
    test: 'trips.test.ts: supply and outputs',
  },
  {
    code: TRIP_MEMORY_LOW,
    name: 'memory-low',
    formerName: 'platform',
    severity: 'stop',
    clear: 'restart',
    lamp: 'firmware',
    message: 'The board complains about itself (bits {m}): memory runs out.',
    hint: 'Restart the device. Please report it with the log.',
    hazard: 'memory runs out',
    harm: 'loop dies',
    hardware: 'lease, watchdog',
    control: "the board's error flags are read in every look",
    limits: [['looks with a complaint', DRIVER_LOOKS, '', LOOKS]],
    test: 'trips.test.ts: supply and outputs',
  },
];
