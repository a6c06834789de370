/** Every fault in every phase on builds that differ where it matters. */
import { PHASE_DEFLATE, PHASE_FILL, PHASE_REST, PHASE_WORK } from '../../src/session/phases.ts';
import type { Fault } from '../plant/faults.ts';
import { nominalLimb } from '../plant/limb-params.ts';
import {
  NOMINAL_ARM,
  NOMINAL_THIGH,
  type PlantParams,
  RECORDED_ARM,
  REFERENCE_THIGH,
} from '../plant/params.ts';
import { SENSORS } from '../plant/sensor-params.ts';
import type { FaultDraw } from './faults-draw.ts';
import { levelOf, SessionDriver } from './faults-run.ts';
import type { SessionShape } from './faults-sessions.ts';

/** A fault without its time. */
export type Kind = Fault extends infer F ? (F extends Fault ? Omit<F, 'atMs' | 'untilMs'> : never) : never;

export interface NamedFault {
  readonly name: string;
  readonly fault: Kind;
}

const f = (name: string, fault: object): NamedFault => ({ name, fault: fault as Kind });

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
  f('sensor frozen', { kind: 'sensor-frozen' }),
  f('sensor silent', { kind: 'sensor-nak' }),
  f('sensor at its end', { kind: 'sensor-saturated' }),
  f('sensor reads the room', { kind: 'sensor-zero' }),
  f('sensor busy for ever', { kind: 'sensor-stale' }),
  f('sensor drifts -0.5/s', { kind: 'sensor-drift', mmHgPerS: -0.5 }),
  f('sensor drifts +0.5/s', { kind: 'sensor-drift', mmHgPerS: 0.5 }),
  f('sensor jumps by 20', { kind: 'sensor-jump', mmHg: 20 }),
  f('battery to 62 %', { kind: 'battery-sag' }),
  f('supply lost', { kind: 'supply-lost' }),
];

export const BUILDS: Readonly<Record<string, PlantParams>> = {
  reference: REFERENCE_THIGH,
  'typical thigh': NOMINAL_THIGH,
  'typical arm': NOMINAL_ARM,
  'recorded arm': RECORDED_ARM,
  'stiff hose': { ...NOMINAL_THIGH, hoseM: 1.2, hoseBoreMm: 2, barbBoreMm: 1.2, barbLoss: 4 },
  'weak pump': { ...NOMINAL_THIGH, pumpFlow: 12, pumpShutOff: 300 },
  'small valve': { ...NOMINAL_THIGH, valveC: 0.042 },
  'valve at the cuff': { ...NOMINAL_THIGH, valveAt: 'cuff', sensorAt: 'cuff' },
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
      ['settle', 30],
      ['work', 30],
      ['rest', 30],
    ],
  };
}

function drawOf(plant: PlantParams, seed: number): FaultDraw {
  const shape = shapeFor(plant);
  return { seed, plant, limb: nominalLimb(shape.kind), sensor: SENSORS.MPRLS };
}

/** When each phase is half over (the vent: just begun), in a run without a fault; ms since power-up. */
export function phaseTimes(build: string, seed: number): Record<string, number> {
  const plant = BUILDS[build] as PlantParams;
  const shape = shapeFor(plant);
  const level = levelOf(drawOf(plant, seed), shape, []);
  const driver = new SessionDriver(level, shape);
  const spans: Record<number, [number, number]> = {};
  while (level.rig.nowMs < 200_000 && !(driver.over && level.view.phase !== PHASE_DEFLATE)) {
    driver.step();
    const span = spans[level.view.phase];
    if (span === undefined) spans[level.view.phase] = [level.rig.nowMs, level.rig.nowMs];
    else if (level.rig.nowMs - span[1] < 1000) span[1] = level.rig.nowMs;
  }
  const times: Record<string, number> = {};
  for (const name of Object.keys(PHASES)) {
    const span = spans[PHASES[name] as number];
    if (span !== undefined)
      times[name] = name === 'vent' ? span[0] + 40 : Math.round((span[0] + span[1]) / 2);
  }
  return times;
}

const AFTER_TRIP_MS = 35_000;
const LONGEST_MS = 200_000;

export function runCell(build: string, phase: string, named: NamedFault, atMs: number, seed: number): Cell {
  const plant = BUILDS[build] as PlantParams;
  const shape = shapeFor(plant);
  const level = levelOf(drawOf(plant, seed), shape, [{ ...named.fault, atMs } as Fault]);
  const driver = new SessionDriver(level, shape);
  let tripAt = -1;
  let emptyAt = -1;
  let peak = 0;
  let end = LONGEST_MS;
  while (level.rig.nowMs < end) {
    driver.step();
    const now = level.rig.nowMs;
    if (now < atMs) continue;
    const p = level.rig.p2;
    if (p > peak) peak = p;
    if (p > 15) emptyAt = -1;
    else if (emptyAt < 0) emptyAt = now;
    if (tripAt < 0 && level.view.trip !== 0) {
      tripAt = now;
      end = Math.min(end, now + AFTER_TRIP_MS);
    }
    if (driver.over && level.view.phase !== PHASE_DEFLATE && tripAt < 0)
      end = Math.min(end, now + AFTER_TRIP_MS);
  }
  return {
    build,
    phase,
    fault: named.name,
    trip: level.view.trip,
    delayMs: tripAt < 0 ? -1 : tripAt - atMs,
    peakMmHg: peak,
    emptyMs: emptyAt < 0 ? -1 : emptyAt - atMs,
  };
}
