/** What a scenario is: a device on a wearer, what happens to them, and what has to come of it. Data only. */
import type { Activity, Exercise, LimbEvent } from '../plant/limb-params.ts';

/** What a run of the scenario must show; what is left out is not looked at. All pressures are true cuff pressures. */
export interface Expect {
  /** 'none', or trip codes of which one must come. */
  readonly trip: 'none' | readonly string[];
  /** The trip comes at most this long after the first fault, s. */
  readonly tripWithinS?: number;
  /** Names of phases that must all be reached. */
  readonly phases?: readonly string[];
  /** Least share of time in band, 0..1: +-10 % while moving, +-5 % at rest with the cuff on. */
  readonly moving10?: number;
  /** The same where ticks take the time that they take on the reference board (level image); nothing is expected of it when left out. */
  readonly moving10OnBoard?: number;
  readonly still5?: number;
  /** Highest pressure, as a share of LOP or in mmHg. */
  readonly peakShareOfLop?: number;
  readonly peakMmHg?: number;
  /** Every vent brings the cuff to 15 mmHg within this, s. */
  readonly emptyWithinS?: number;
  /** The cuff cannot empty by itself (hose or valve blocked): the device must say so by this trip, and the wearer opens it. */
  readonly staysUp?: boolean;
}

export interface Press {
  /** 0 BTN1, 1 training button, 2 STOP. */
  readonly button: 0 | 1 | 2;
  readonly atS: number;
  readonly forS?: number;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** One or two sentences for the list. */
  readonly about: string;
  /** As for `--plant`, `--sensor`, `--protocol`. */
  readonly plant: string;
  readonly sensor: string;
  readonly protocol: string;
  /** On top of the defaults; `lopMmHg` is the plant's when left out. */
  readonly settings: Readonly<Record<string, number>>;
  readonly work: Exercise | 'rest';
  readonly rest: Activity;
  /** As for `--fault`. */
  readonly faults: readonly string[];
  readonly events: readonly LimbEvent[];
  readonly presses: readonly Press[];
  /** Sessions logged before: 0 or 1 means a first-time wearer. */
  readonly sessions: number;
  /** Battery at the start, mV; the plant's when left out. */
  readonly batteryMv?: number;
  readonly expect: Expect;
}
