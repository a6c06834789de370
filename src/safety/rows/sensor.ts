/**
 * Rows of the rules on the sensor. Texts and numbers only; the rules are in sensor-, flat- and vent-rules.ts.
 * Must never hold a condition: a rule reads its limits here and decides in its own file.
 */
import { DOUBT_LIMIT_MS } from '../../limits.ts';
import type { TripRow } from './row.ts';

export const TRIP_SENSOR_LOST = 3;
export const TRIP_SENSOR_FROZEN = 4;

export const TRIP_SENSOR_ERRATIC = 14;
/** A refused sample counts this much; each period between two takes 1 back. More than one refused in five adds up. */
export const REFUSED_WEIGHT = 4;
/** A refused jump soon after a bleed counts this much: a narrow hose makes one in every other tick. */
export const BLEED_WEIGHT = 1;
/** Score that trips. */
export const ERRATIC_LIMIT = 60;

export const TRIP_SENSOR_ZERO = 20;
/** A cuff vented for this long, ms, ... */
export const SETTLED_MS = 20000;
/** ... that reads further than this from zero, mmHg, ... */
export const OFF_ZERO_MMHG = 8;
/** ... for this long, ms, has a sensor that lies. */
export const OFF_ZERO_MS = 3000;
/** So far below zero it needs no wait, mmHg, and so long, ms: no vent makes an open cuff read less than the room. A descent of 100 m is 9. */
export const OFF_LOW_MMHG = 12;
export const OFF_LOW_MS = 1000;

export const TRIP_SENSOR_FLAT = 29;
/** A reading that stirs less than this share of what the part stirs on an empty cuff, percent, ... */
export const FLAT_SHARE = 120;
/** ... for this long, ms, does not see the limb. */
export const FLAT_MS = 2000;
/** From here down nothing is pumped until it is clear, percent. */
export const DOUBT_SHARE = 140;
/** ... and has stirred more than this share of it before, with pump and valve still, percent: there is a limb. */
export const LIVELY_SHARE = 170;
/** A part that stirs more than this by itself is not judged, mmHg. */
export const MOST_NOISE_MMHG = 12 / 100;

export const SENSOR_ROWS: readonly TripRow[] = [
  {
    code: TRIP_SENSOR_LOST,
    name: 'sensor-lost',
    severity: 'stop',
    clear: 'vented',
    lamp: 'sensor',
    message: 'No believable pressure reading for {m} ms, allowed are {a}.',
    hint: 'Check the sensor cable, then restart the device.',
    hazard: 'no answer, saturated, stale: cable, bus, part',
    harm: 'pumping blind',
    hardware: '',
    control: 'the pump is off at once, the vent follows when the doubt lasts',
    limits: [
      [
        'time in doubt under pressure',
        DOUBT_LIMIT_MS,
        'ms',
        'our decision: three to five conversions; a cuff that is pumped blind would gain 10 mmHg in 0.3 s, and the pump is off',
      ],
    ],
    test: 'trips.test.ts: sensor',
  },
  {
    code: TRIP_SENSOR_FROZEN,
    name: 'sensor-frozen',
    severity: 'stop',
    clear: 'restart',
    lamp: 'sensor',
    message: 'The sensor gave the same reading {m} times, allowed are {a}.',
    hint: 'Restart the device. If it comes back, replace the sensor.',
    hazard: 'the same word for ever',
    harm: 'pumping blind',
    hardware: '',
    control:
      'equal new conversions are counted and looked at once a round; a part too coarse to tell is not judged',
    limits: [
      [
        'time of equal new conversions, one a period',
        'of the part: frozenMs in its driver',
        '',
        'our decision, by the noise and the step of the part',
      ],
    ],
    test: 'trips.test.ts: sensor',
  },
  {
    code: TRIP_SENSOR_ERRATIC,
    name: 'sensor-erratic',
    severity: 'stop',
    clear: 'restart',
    lamp: 'sensor',
    message: 'Too many readings had to be refused: the count reached {m}, allowed are {a}.',
    hint: 'Check the sensor cable, then restart the device.',
    hazard: 'jumps, wrong order, bad words now and then',
    harm: 'wrong pressure',
    hardware: '',
    control: 'refused samples add to a score, believed ones take from it',
    limits: [
      ['score', ERRATIC_LIMIT, '', 'a blow costs 6 samples, 24; a bad part loses 1 in 170'],
      ['weight of a refused sample', REFUSED_WEIGHT, '', 'more than one in five refused adds up'],
      [
        'weight of a jump soon after a bleed',
        BLEED_WEIGHT,
        '',
        'a narrow hose makes one in every other tick',
      ],
    ],
    test: 'trips.test.ts: sensor',
  },
  {
    code: TRIP_SENSOR_ZERO,
    name: 'sensor-zero',
    severity: 'stop',
    clear: 'restart',
    lamp: 'sensor',
    message: 'The open cuff reads {m} mmHg, allowed are {a} to either side of zero.',
    hint: 'The sensor has drifted. Restart the device; if it comes back, replace the sensor.',
    hazard: 'drifted or shifted zero',
    harm: 'wrong pressure in the next set',
    hardware: '',
    control: 'an open cuff must read zero at every release; the zero moves by 6 mmHg at most in a power-up',
    limits: [
      ['reading of an open cuff, to either side', OFF_ZERO_MMHG, 'mmHg', 'our decision'],
      ['time vented before it is judged', SETTLED_MS, 'ms', 'our decision: the tail of a vent is over'],
      ['time off zero', OFF_ZERO_MS, 'ms', 'our decision'],
      [
        'below zero, without the wait',
        OFF_LOW_MMHG,
        'mmHg',
        'no vent makes an open cuff read less than the room; a descent of 100 m does by 9',
      ],
      ['for', OFF_LOW_MS, 'ms', 'our decision'],
    ],
    test: 'trips.test.ts: sensor',
  },
  {
    code: TRIP_SENSOR_FLAT,
    name: 'sensor-flat',
    severity: 'hazard',
    clear: 'vented',
    lamp: 'sensor',
    message:
      'The reading is as still as on an empty cuff: {m} thousandths of a mmHg, the part alone makes {a}.',
    hint: 'Open the cuff by hand, then hold the button for 2 s. Look for a pinched or wet line to the sensor.',
    hazard: 'sense line pinched or wet: the sensor is alive and sees no pulse',
    harm: 'the regulator holds a value that is not the pressure',
    hardware: 'relief valve',
    control:
      'second differences of the reading under pressure against those on the vented cuff: a limb that is alive makes more. Judged once a limb has shown, by pulse or movement, until the cuff was vented for 150 s: a cuff around a bottle has no pulse. The cuff counts as full until the wearer says that it is open',
    limits: [
      ['share of the noise', FLAT_SHARE, '%', 'the quietest of 140 simulated sessions made 138'],
      ['share below which nothing is pumped meanwhile', DOUBT_SHARE, '%', 'as above'],
      ['share that shows a limb', LIVELY_SHARE, '%', 'the part alone makes 100, give or take 20'],
      ['time, of a mean over 3 s', FLAT_MS, 'ms', 'our decision'],
      ['noise of a part that is judged, at most', MOST_NOISE_MMHG, 'mmHg', 'a weak pulse must show above it'],
    ],
    test: 'blind.test.ts: a limb is alive',
  },
];
