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
  /** Settings that are tried; empty = parts only. */
  readonly tries: readonly (keyof Settings)[];
  /** Least gain that is worth a change, in `unit`. */
  readonly worth: number;
}

export type AimName = 'band' | 'battery' | 'quiet' | 'chatter' | 'gentle' | 'overshoot' | 'sag';

/** Speed of a fill that nobody calls sudden, mmHg/s. */
export const GENTLE_PER_S = 12;

/** Control settings that are not named below are tried for everything that has to do with the band or the wear. */
function others(): (keyof Settings)[] {
  return CONTROL_SETTINGS.map((row) => row.key).filter((key) => key !== 'fillMmHgPerS');
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
    tries: ['fillMmHgPerS'],
    worth: 1,
  },
  {
    name: 'overshoot',
    what: 'it overshoots',
    cost: (f) => f.overshoot,
    costName: 'overshoot after the fill',
    unit: 'mmHg',
    tries: ['fillMmHgPerS'],
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

const VALUES: Partial<Record<keyof Settings, readonly number[]>> = {
  savePercent: [0, 20, 40, 60, 80, 100],
  fillMmHgPerS: [0, 40, 30, 20, 15, 12, 10, 7, 5],
};

/** Values of a setting that are tried: the listed ones, else five over its range. */
export function valuesOf(name: keyof Settings): readonly number[] {
  const listed = VALUES[name];
  if (listed !== undefined) return listed;
  const row = CONTROL_SETTINGS.find(({ key }) => key === name);
  if (row === undefined) return [];
  return [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(row.min + share * (row.max - row.min)));
}
