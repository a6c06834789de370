/** Every fault in every phase on builds that differ where it matters, on the image in the loop. */

import { PHASE_DEFLATE, PHASE_DONE, PHASE_FILL, PHASE_REST, PHASE_WORK } from '../../src/phases.ts';
import { tripName } from '../../src/safety/trips.ts';
import type { ImageLevel } from '../board/image-level.ts';
import { recordsOf } from '../log/records.ts';
import { textsOf } from '../log/store-texts.ts';
import type { Fault } from '../plant/faults.ts';
import {
  NOMINAL_ARM,
  NOMINAL_THIGH,
  type PlantParams,
  RECORDED_ARM,
  REFERENCE_THIGH,
} from '../plant/params.ts';
import { type ImageSession, openSession, play, type Wiring } from './faults-image.ts';
import type { SessionShape } from './faults-sessions.ts';

/** A fault without its time. */
export type Kind = Fault extends infer F ? (F extends Fault ? Omit<F, 'atMs' | 'untilMs'> : never) : never;

export interface NamedFault {
  readonly name: string;
  /** Undefined: only the wires change. */
  readonly fault: Kind | undefined;
  readonly wiring?: Wiring;
}

const f = (name: string, fault: object): NamedFault => ({ name, fault: fault as Kind });
const wired = (name: string, wiring: Wiring, fault?: object): NamedFault => ({
  name,
  fault: fault as Kind | undefined,
  wiring,
});

export const FAULTS: readonly NamedFault[] = [
  f('leak 3 mmHg/s', { kind: 'leak', mmHgPerMin: 180 }),
  f('leak 25 mmHg/s', { kind: 'leak', mmHgPerMin: 1500 }),
  f('burst', { kind: 'burst' }),
  f('hose off', { kind: 'hose-off' }),
  f('hose kinked', { kind: 'kink' }),
  f('cuff off the limb', { kind: 'cuff-off' }),
  f('valve stuck open', { kind: 'valve-stuck-open' }),
  f('valve stuck shut', { kind: 'valve-stuck-shut' }),
  f('pump stuck on', { kind: 'pump-stuck-on' }),
  f('pump dead', { kind: 'pump-dead' }),
  f('pump cuts out when hot', { kind: 'pump-hot' }),
  f('valve drops out of hold', { kind: 'valve-drop' }),
  f('valve held by too little', { kind: 'valve-hold' }),
  f('valve too hot to pull in', { kind: 'valve-hot' }),
  f('sensor frozen', { kind: 'sensor-frozen' }),
  f('sensor silent', { kind: 'sensor-nak' }),
  f('sensor at its end', { kind: 'sensor-saturated' }),
  f('sensor reads the room', { kind: 'sensor-zero' }),
  f('sensor busy for ever', { kind: 'sensor-stale' }),
  f('sense line pinched', { kind: 'sense-line' }),
  f('sensor drifts -0.5/s', { kind: 'sensor-drift', mmHgPerS: -0.5 }),
  f('sensor drifts +0.5/s', { kind: 'sensor-drift', mmHgPerS: 0.5 }),
  f('sensor jumps by 20', { kind: 'sensor-jump', mmHg: 20 }),
  f('battery to 62 %', { kind: 'battery-sag' }),
  f('supply lost', { kind: 'supply-lost' }),
  wired("pump's driver shorted on", 'pump-live', { kind: 'pump-stuck-on' }),
  wired("pump's driver dead", 'pump-dead', { kind: 'pump-dead' }),
  wired("valve's driver shorted on", 'valve-live', { kind: 'valve-stuck-shut' }),
  wired("valve's driver dead", 'valve-dead', { kind: 'valve-stuck-open' }),
  wired("a driver's fault pin", 'driver-fault'),
];

export const BUILDS: Readonly<Record<string, PlantParams>> = {
  reference: REFERENCE_THIGH,
  'stiff hose': { ...NOMINAL_THIGH, hoseM: 1.2, hoseBoreMm: 2, barbBoreMm: 1.2, barbLoss: 4 },
  'weak pump': { ...NOMINAL_THIGH, pumpFlow: 12, pumpShutOff: 300 },
  'small valve': { ...NOMINAL_THIGH, valveC: 0.042 },
  'valve at the cuff': { ...NOMINAL_THIGH, valveAt: 'cuff', sensorAt: 'cuff' },
  'typical arm': NOMINAL_ARM,
  'recorded arm': RECORDED_ARM,
  'typical thigh': NOMINAL_THIGH,
};

export const PHASES: Readonly<Record<string, number>> = {
  fill: PHASE_FILL,
  rest: PHASE_REST,
  set: PHASE_WORK,
  vent: PHASE_DEFLATE,
};

export interface Cell {
  readonly build: string;
  readonly phase: string;
  readonly fault: string;
  /** 0 = no trip. */
  readonly trip: number;
  readonly delayMs: number;
  /** Highest true cuff pressure from the fault on, mmHg. */
  readonly peakMmHg: number;
  /** From the fault to 15 mmHg in the cuff, ms; -1 = not within the run. */
  readonly emptyMs: number;
  /** The trip stands in the log afterwards; true where there was none. */
  readonly logged: boolean;
}

export function shapeFor(plant: PlantParams): SessionShape {
  const arm = plant.limb === 'arm';
  const kind = arm ? 'curl' : 'legpress';
  return {
    name: kind,
    limb: plant.limb,
    kind,
    work: kind,
    rest: 'rest',
    permille: 700,
    steps: [
      ['settle', 25],
      ['work', 25],
      ['rest', 25],
    ],
  };
}

function sessionOf(plant: PlantParams, seed: number, atMs: number, named?: NamedFault): ImageSession {
  const fault = named?.fault;
  return {
    plant,
    shape: shapeFor(plant),
    faults: fault === undefined ? [] : [{ ...fault, atMs } as Fault],
    wiring: named?.wiring,
    atMs,
    seed,
  };
}

/** When each phase is half over (the vent: just begun), in a run without a fault; ms since power-up. */
export async function phaseTimes(build: string, seed: number): Promise<Record<string, number>> {
  const session = sessionOf(BUILDS[build] as PlantParams, seed, Number.POSITIVE_INFINITY);
  const level = await openSession(session);
  const spans: Record<number, [number, number]> = {};
  play(level, session, LONGEST_MS, () => {
    const now = level.rig.nowMs;
    const phase = level.view.phase;
    const span = spans[phase];
    if (span === undefined) spans[phase] = [now, now];
    else if (now - span[1] < 1000) span[1] = now;
    return spans[PHASE_DEFLATE] !== undefined;
  });
  level.close();
  const times: Record<string, number> = {};
  for (const name of Object.keys(PHASES)) {
    const span = spans[PHASES[name] as number];
    if (span !== undefined)
      times[name] = name === 'vent' ? span[0] + 40 : Math.round((span[0] + span[1]) / 2);
  }
  return times;
}

/** The log is written a minute after a trip even if no sensor says that the cuff is empty. */
const AFTER_TRIP_MS = 65_000;
const LONGEST_MS = 200_000;
/** A cuff that has been empty for so long stays so: the log is looked at then, and the run ends if the trip is in it. */
const CALM_MS = 10_000;

export async function runCell(
  build: string,
  phase: string,
  named: NamedFault,
  atMs: number,
  seed: number,
): Promise<Cell> {
  const session = sessionOf(BUILDS[build] as PlantParams, seed, atMs, named);
  const level = await openSession(session);
  let trip = 0;
  let tripAt = -1;
  let emptyAt = -1;
  let peak = 0;
  let overAt = Number.POSITIVE_INFINITY;
  let looked = false;
  let logged = false;
  play(level, session, LONGEST_MS, () => {
    const now = level.rig.nowMs;
    if (now < atMs) return false;
    const p = level.rig.p2;
    if (p > peak) peak = p;
    if (p > 15) emptyAt = -1;
    else if (emptyAt < 0) emptyAt = now;
    if (tripAt < 0 && level.view.trip !== 0) {
      tripAt = now;
      trip = level.view.trip;
    }
    if (overAt > now && (tripAt >= 0 || level.view.phase === PHASE_DONE)) overAt = now;
    if (trip !== 0 && emptyAt >= 0 && now > emptyAt + CALM_MS && !looked) {
      looked = true;
      logged = isLogged(level, trip);
      if (logged) return true;
    }
    return now > overAt + AFTER_TRIP_MS;
  });
  logged = logged || trip === 0 || isLogged(level, trip);
  level.close();
  return {
    build,
    phase,
    fault: named.name,
    trip,
    delayMs: tripAt < 0 ? -1 : tripAt - atMs,
    peakMmHg: peak,
    emptyMs: emptyAt < 0 ? -1 : emptyAt - atMs,
    logged,
  };
}

/** The trip is the first cause in a record of the store. */
function isLogged(level: ImageLevel, trip: number): boolean {
  const { records } = recordsOf(textsOf(level));
  return records.some((r) => r.trip === tripName(trip));
}
