/**
 * Rows of the rules on too much pressure. Texts and numbers only; the rules are in level-rules.ts, progress-rules.ts and gate.ts.
 * Must never hold a condition: a rule reads its limits here and decides in its own file.
 */
import { MAX_CUFF_MMHG, MAX_FAULT_MMHG, MAX_LOP_PERMILLE, MAX_SETPOINT_MMHG } from '../../limits.ts';
import type { TripRow } from './row.ts';

export const TRIP_OVER_PRESSURE = 1;
/** Above MAX_CUFF_MMHG for this long, ms. */
export const OVER_MS = 1000;
/** Above MAX_FAULT_MMHG for this long, ms. */
export const FAULT_OVER_MS = 400;

export const TRIP_OVER_LOP = 2;
/** Time constant of the mean, ms. */
export const MEAN_MS = 2000;
/** Mean above the occlusion pressure for this long, ms. */
export const OVER_LOP_MS = 3000;

export const TRIP_DEVIATION = 17;
/** Mean above this share of the setpoint, percent, ... */
export const HIGH_SHARE = 125;
/** ... and this much more, mmHg, ... */
export const HIGH_MMHG = 10;
/** ... for this long, ms. */
export const HIGH_MS = 6000;

export const TRIP_SETPOINT = 11;

const CUT_OFF = 'blood pressure modules on sale have an independent cut-off at 300 (+20, -10) mmHg';

export const PRESSURE_ROWS: readonly TripRow[] = [
  {
    code: TRIP_OVER_PRESSURE,
    name: 'over-pressure',
    severity: 'stop',
    clear: 'vented',
    lamp: 'pressure',
    message: 'Cuff pressure reached {m} mmHg, allowed are {a}.',
    hint: 'Take the cuff off. Check for a blow or a kinked hose before the next start.',
    hazard: 'pressure above the ceiling: a blow, a kink under the pump, an error of the regulator',
    harm: 'nerve injury, pain',
    hardware: 'relief valve at the cuff, about 300 mmHg',
    control: 'above the ceiling the gate opens the valve in the same tick; if it lasts, the session ends',
    limits: [
      [
        'cuff pressure in normal use',
        MAX_CUFF_MMHG,
        'mmHg',
        `our decision: 20 above the highest pressure of a measurement; ${CUT_OFF}`,
      ],
      ['time above it', OVER_MS, 'ms', 'a blow lasts 0.1 to 0.6 s, a fault does not end'],
      [
        'cuff pressure in a single fault',
        MAX_FAULT_MMHG,
        'mmHg',
        `our decision: a tenth more than in normal use; ${CUT_OFF}`,
      ],
      [
        'time above it in a single fault',
        FAULT_OVER_MS,
        'ms',
        'a blow of 150 mmHg and 0.6 s on top of 240 mmHg is above it for 0.27 s',
      ],
    ],
    test: 'trips.test.ts: over-pressure',
  },
  {
    code: TRIP_OVER_LOP,
    name: 'over-lop',
    severity: 'stop',
    clear: 'vented',
    lamp: 'pressure',
    message: 'Mean cuff pressure was {m} mmHg, above your occlusion pressure of {a}.',
    hint: 'Rest 3 min. Start again with a lower pressure.',
    hazard: 'mean above the occlusion pressure: wrong level, swelling limb, pump that runs on',
    harm: 'full occlusion under load',
    hardware: 'relief valve',
    control: 'the mean is held against the occlusion pressure once a round',
    limits: [
      [
        'mean pressure',
        'your occlusion pressure',
        '',
        'blood flow restriction stays below occlusion, always',
      ],
      ['time constant of the mean', MEAN_MS, 'ms', 'our decision'],
      ['time above the occlusion pressure', OVER_LOP_MS, 'ms', 'our decision'],
    ],
    test: 'trips.test.ts: mean above LOP',
  },
  {
    code: TRIP_SETPOINT,
    name: 'setpoint-limit',
    severity: 'stop',
    clear: 'vented',
    lamp: 'firmware',
    message: 'A setpoint of {m} mmHg was asked for, allowed are {a}.',
    hint: 'Check protocol and settings.',
    hazard: 'protocol, link or software asks for too much',
    harm: 'over-inflation',
    hardware: '',
    control: 'checked when a protocol is read and again in the gate, in every tick',
    limits: [
      [
        'setpoint',
        MAX_SETPOINT_MMHG,
        'mmHg',
        'or your own limit, or the share of the occlusion pressure, whichever is least; the share is 240 mmHg at most. Leaves 50 mmHg below the ceiling for the wave of a moving limb',
      ],
      [
        'setpoint as a share of the occlusion pressure',
        MAX_LOP_PERMILLE,
        'permille',
        'Patterson 2019: 40 to 80 %',
      ],
    ],
    test: 'gate.test.ts: gate',
  },
  {
    code: TRIP_DEVIATION,
    name: 'deviation',
    severity: 'stop',
    clear: 'vented',
    lamp: 'pressure',
    message:
      'Mean pressure stayed at {m} mmHg, above the allowed {a}: the valve does not let out enough, or the pump runs on.',
    hint: 'Take the cuff off. Check the valve before the next start.',
    hazard: 'pressure stays above the setpoint: valve stuck, pump stuck',
    harm: 'more restriction than asked for',
    hardware: '',
    control: 'the mean is held against the setpoint once a round',
    limits: [
      [
        'mean above the setpoint: share',
        HIGH_SHARE,
        '%',
        'surgical tourniquets alarm at 15 mmHg for 1.5 s; a limb that moves swings by more in every repetition, so the mean is judged, and for longer',
      ],
      ['mean above the setpoint: besides', HIGH_MMHG, 'mmHg', 'as above'],
      ['time above it', HIGH_MS, 'ms', 'as above'],
    ],
    test: 'trips.test.ts: deviation',
  },
];
