/**
 * The supervisor's record, put together from the slices that the rule files own. Each slice is declared, begun and reset
 * beside its rules, and only its own file writes to it: `Writes` makes a direct write to
 * another file's field a type error; a write through a wider name (`const air: WritesAir<X> = supervisor.air`) passes the types, and
 * test/safety/owners.test.ts, which walks the sources, finds it. Nothing of it is
 * shared with the regulator or the session. Must never hold what a rule was told by them.
 */
import type { Sensing } from '../sensing/sensing.ts';
import { type AirBalance, createAirBalance } from './air-balance.ts';
import { createIntervalBounds, createLateness, type IntervalBounds, type Lateness } from './clock-rules.ts';
import { createFullness, type Fullness } from './fullness.ts';
import { createLatch, createTripDetails, type Latch, type TripDetails } from './latch.ts';
import { createLevel, createLevelTimers, type Level, type LevelTimers } from './level-rules.ts';
import { createOpenTime, type OpenTime } from './open-rules.ts';
import { createProgress, type Progress } from './progress-rules.ts';
import { createSampleDoubt, type SampleDoubt } from './sensor-rules.ts';
import { createRound, type Round } from './slow-rules.ts';
import { createLimits, createSent, type Sent, type SupervisorLimits } from './supervisor.ts';
import { createSupply, type Supply } from './supply-rules.ts';
import { createTimeUsed, type TimeUsed } from './time-rules.ts';
import { createVent, type Vent } from './vent-rules.ts';

/** One flat record. The order of its fields is the order of `createSupervisor`. */
export interface Supervisor
  extends Latch,
    Fullness,
    Sent,
    IntervalBounds,
    Round,
    Level,
    Progress,
    LevelTimers,
    SampleDoubt,
    Lateness,
    OpenTime,
    Vent,
    Supply,
    TripDetails,
    TimeUsed {
  /** What holding the pressure takes. */
  readonly air: Readonly<AirBalance>;
  /** Limits of this wearer, only ever tighter than limits.ts. */
  readonly limits: Readonly<SupervisorLimits>;
  /** Counters that the sensor is judged by. */
  readonly sensing: Readonly<Sensing>;
}

/** What a rule file takes: its own slice to write, the rest to read. */
export type Writes<Slice> = Slice & Readonly<Supervisor>;

/** Often used fields first: the interpreter finds a field by walking the record. */
export function createSupervisor(sensing: Sensing): Supervisor {
  const supervisor = join(
    join(createLatch(), createFullness(), createSent(), createIntervalBounds()),
    join(createRound(), createLevel(), { air: createAirBalance() }, createProgress()),
    join(createLevelTimers(), createSampleDoubt(), createLateness(), createOpenTime()),
    join(createVent(), createSupply(), createTripDetails(), createTimeUsed()),
  );
  return Object.assign(supervisor, { limits: createLimits(), sensing: sensing });
}

function join<A extends object, B, C, D>(a: A, b: B, c: C, d: D): A & B & C & D {
  return Object.assign(Object.assign(Object.assign(a, b), c), d);
}
