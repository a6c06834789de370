/** One session of a drawn device without or with a bottle, on the core in the loop: what the supervisor makes of it. */
import { TICK_MS } from '../../src/limits.ts';
import { PHASE_WORK } from '../../src/phases.ts';
import { TRIP_NONE, tripName } from '../../src/safety/trips.ts';
import { runPool } from '../../tools/pool.ts';
import { TickTiming } from '../core/tick-timing.ts';
import type { BottleParams } from '../plant/bottle-params.ts';
import type { Fault } from '../plant/faults.ts';
import { Random } from '../plant/random.ts';
import type { Rig } from '../plant/rig.ts';
import { samplePlant } from '../plant/sampler.ts';
import { drawFor } from './faults-draw.ts';
import { levelOf, SessionDriver } from './faults-run.ts';
import { SHAPES } from './faults-sessions.ts';

export interface BottleTask {
  readonly shape: string;
  readonly seed: number;
  readonly index: number;
  /** `none`, `0.5 L`, or the same with the tap shut. */
  readonly bottle: 'none' | '0.5 L' | 'tap shut';
  readonly coupling?: BottleParams['coupling'];
  /** A fault without its time; it comes at `atS` after the start of the first movement. */
  readonly fault?: object;
  readonly atS: number;
}

export interface BottleOutcome {
  /** First trip, '' = none; ms after the fault, or since power-up where there was none. */
  readonly trip: string;
  readonly delayMs: number;
  /** From the fault to 15 mmHg in the cuff, ms; infinite where it never came. */
  readonly emptyMs: number;
  /** Highest true pressure after the fault over LOP. */
  readonly peak: number;
  /** Highest pressure in cuff or bottle while the device calls the cuff empty, mmHg. */
  readonly leftMmHg: number;
}

/** Longest session, and how long a cuff is watched after a trip, ms. */
const LIMIT_MS = 420_000;
const WATCH_MS = 40_000;

/** The device without or with its bottle. */
function plantOf(task: BottleTask) {
  const draw = drawFor(
    SHAPES.find((s) => s.name === task.shape) as (typeof SHAPES)[number],
    task.seed,
    task.index,
    true,
  );
  const rng = new Random(task.seed).fork('flask').fork(task.index);
  const flask = samplePlant(rng, { limb: 'thigh', build: 'runner' }).bottle as BottleParams;
  const tap = task.bottle === 'tap shut' ? ('shut' as const) : ('open' as const);
  const bottle = task.bottle === 'none' ? null : { ...flask, tap, coupling: task.coupling ?? flask.coupling };
  return { ...draw, plant: { ...draw.plant, bottle } };
}

/** Pressure in the bottle; one that has been taken off is nobody's any more. */
function joined(rig: Rig): number {
  return rig.spec.plant.bottle === null ? 0 : rig.bottleMmHg;
}

/** Runs it to its end, or for 40 s after a trip. */
export function runBottle(task: BottleTask): BottleOutcome {
  const shape = SHAPES.find((s) => s.name === task.shape);
  if (shape === undefined) throw new RangeError(`${task.shape}: no such session`);
  const draw = plantOf(task);
  const timing = new TickTiming('board', TICK_MS, new Random(draw.seed));
  const level = levelOf(draw, shape, [], timing);
  const driver = new SessionDriver(level, shape);
  let faultAt = Number.POSITIVE_INFINITY;
  let tripAt = Number.POSITIVE_INFINITY;
  let trip = '';
  let empty = Number.POSITIVE_INFINITY;
  let peak = 0;
  let left = 0;
  let worked = 0;
  let endAt = Number.POSITIVE_INFINITY;
  while (level.rig.nowMs < LIMIT_MS && level.rig.nowMs < tripAt + WATCH_MS) {
    driver.step();
    const { rig, view } = level;
    if (view.phase === PHASE_WORK) worked += level.core.tick.dt;
    if (task.fault !== undefined && faultAt > rig.nowMs && worked >= task.atS * 1000) {
      faultAt = rig.nowMs;
      rig.addFault({ ...task.fault, atMs: faultAt } as Fault);
    }
    if (rig.nowMs >= faultAt) {
      peak = Math.max(peak, rig.p2 / rig.lopMmHg);
      if (rig.p2 > 15) empty = Number.POSITIVE_INFINITY;
      else if (empty > rig.nowMs - faultAt) empty = rig.nowMs - faultAt;
    }
    if (trip === '' && view.trip !== TRIP_NONE) {
      trip = tripName(view.trip);
      tripAt = rig.nowMs;
    }
    if (driver.started && !level.core.supervisor.pressurised) left = Math.max(left, rig.p2, joined(rig));
    if (driver.over && endAt > rig.nowMs) endAt = rig.nowMs;
    if (rig.nowMs > endAt + WATCH_MS) break;
  }
  return {
    trip,
    delayMs: trip === '' ? Number.POSITIVE_INFINITY : tripAt - (task.fault === undefined ? 0 : faultAt),
    emptyMs: empty,
    peak,
    leftMmHg: left,
  };
}

/** Runs all tasks on all cores, in their order. */
export function runBottles(
  tasks: readonly BottleTask[],
  progress: (done: number) => void,
): Promise<BottleOutcome[]> {
  let done = 0;
  return runPool(new URL(import.meta.url), runBottle, tasks, { onDone: () => progress(++done) });
}
