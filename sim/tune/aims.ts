/** What somebody may want of a cuff, as a cost by trial, and the settings that are tried for it. */
import { CONTROL_SETTINGS } from '../../src/control/settings.ts';
import type { Settings } from '../../src/settings.ts';
import type { Figures } from './trial.ts';

export interface Aim {
  readonly name: AimName;
  /** What was complained of, or is wanted. */
  readonly what: string;
  /** What is made small, one number a trial; in `unit`. */
  cost(f: Figures): number;
  readonly costName: string;
  readonly unit: string;
  /** Settings and their values that are tried; empty = parts only. */
  readonly tries: readonly Tries[];
  /** Least gain that is worth a change, in `unit`. */
  readonly worth: number;
}

export interface Tries {
  readonly name: keyof Settings;
  readonly values: readonly number[];
}

export type AimName = 'band' | 'battery' | 'quiet' | 'chatter' | 'gentle' | 'overshoot' | 'sag';

/** Speed of a fill that nobody calls sudden, mmHg/s. */
export const GENTLE_PER_S = 12;

const SAVE = [0, 20, 40, 60, 80, 100];
const FILL: Tries = { name: 'fillMmHgPerS', values: [0, 40, 30, 20, 15, 12, 10, 7, 5] };

/** Every setting of the regulator but the fill's speed, for all that has to do with band or wear; five values over a range not named here. */
function others(): Tries[] {
  return CONTROL_SETTINGS.filter((row) => row.key !== FILL.name).map((row) => ({
    name: row.key,
    values:
      row.key === 'savePercent'
        ? SAVE
        : [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(row.min + share * (row.max - row.min))),
  }));
}

export const AIMS: readonly Aim[] = [
  {
    name: 'band',
    what: 'hold the pressure as well as possible',
    cost: (f) => 200 - f.move10 - f.rest5,
    costName: 'time outside the bands, moving and at rest together',
    unit: '%',
    tries: others(),
    worth: 1,
  },
  {
    name: 'battery',
    what: 'it eats the battery',
    cost: (f) => f.pumpS,
    costName: 'pump time in the trial',
    unit: 's',
    tries: others(),
    worth: 1,
  },
  {
    name: 'quiet',
    what: 'it is loud',
    cost: (f) => f.starts + f.actions,
    costName: 'pump starts and valve actions',
    unit: 'a minute',
    tries: others(),
    worth: 5,
  },
  {
    name: 'chatter',
    what: 'the valve chatters',
    cost: (f) => f.actions,
    costName: 'valve actions',
    unit: 'a minute',
    tries: others(),
    worth: 5,
  },
  {
    name: 'gentle',
    what: 'it fills too suddenly',
    cost: (f) => 10 * Math.max(0, f.fillPerS - GENTLE_PER_S) + f.fillS,
    costName: `fill: seconds, and ten times what it is faster than ${GENTLE_PER_S} mmHg/s`,
    unit: 's',
    tries: [FILL],
    worth: 1,
  },
  {
    name: 'overshoot',
    what: 'it overshoots',
    cost: (f) => f.overshoot,
    costName: 'overshoot after the fill',
    unit: 'mmHg',
    tries: [FILL],
    worth: 0.5,
  },
  {
    name: 'sag',
    what: 'the pressure sags',
    cost: (f) => 200 - f.move10 - f.rest5,
    costName: 'time outside the bands, moving and at rest together',
    unit: '%',
    tries: others(),
    worth: 1,
  },
];
