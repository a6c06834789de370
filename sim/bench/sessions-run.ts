/** One whole session of a protocol on one simulated wearer, and what has to be known of it. */
import { MAX_CUFF_MMHG, VENTED_MMHG } from '../../src/limits.ts';
import { PHASE_DONE } from '../../src/phases.ts';
import { TRIP_NONE, tripName } from '../../src/safety/trips.ts';
import {
  ACTIVITY_CYCLE,
  ACTIVITY_LIFT,
  ACTIVITY_PASSIVE,
  ACTIVITY_RUN,
  ACTIVITY_WALK,
  type Protocol,
} from '../../src/session/protocol.ts';
import type { Level } from '../level/level.ts';
import { runSession } from '../level/session.ts';
import type { Activity, Exercise } from '../plant/limb-params.ts';

/** What the simulated wearer does in the work phases of a protocol. */
export function motionOf(protocol: Protocol, arm: boolean): Exercise | 'rest' {
  if (protocol.activity === ACTIVITY_PASSIVE) return 'rest';
  if (arm) return 'curl';
  const motions: Readonly<Record<number, Exercise>> = {
    [ACTIVITY_RUN]: 'run',
    [ACTIVITY_WALK]: 'walk',
    [ACTIVITY_CYCLE]: 'cycle',
    [ACTIVITY_LIFT]: 'legpress',
  };
  return motions[protocol.activity] ?? 'run';
}

function restOf(protocol: Protocol): Activity {
  return protocol.activity === ACTIVITY_RUN || protocol.activity === ACTIVITY_WALK ? 'stand' : 'rest';
}

export interface SessionOutcome {
  /** True when the session came to the end of its last step. */
  readonly complete: boolean;
  /** First cause of a trip, '' = none, and where. */
  readonly trip: string;
  readonly step: number;
  readonly seconds: number;
  /** Longest time under more than VENTED_MMHG without a full release of 3 min, s, by the true pressure. */
  readonly pressureS: number;
  /** Highest true pressure, mmHg, and highest 2 s mean as a share of LOP. */
  readonly peakMmHg: number;
  readonly meanShare: number;
}

/** Fills, zeroing and emptying on top of the protocol's own time, ms. */
const EXTRA_MS = 600_000;
const FULL_RELEASE_S = 180;
const MEAN_S = 2;

/** Run to the end (or a trip) and watch the true pressure. `lopMmHg` is the wearer's true occlusion pressure. */
export function runProtocol(level: Level, protocol: Protocol, lopMmHg: number, arm: boolean): SessionOutcome {
  const planned = protocol.steps.reduce((sum, step) => sum + step.ms, 0);
  let trip = '';
  let step = -1;
  let peak = 0;
  let mean = 0;
  let highest = 0;
  let usedS = 0;
  let openS = 0;
  let longest = 0;
  let before = level.rig.nowMs;
  runSession(level, {
    plan: { work: motionOf(protocol, arm), rest: restOf(protocol), starts: true },
    limitMs: planned + EXTRA_MS,
    afterMs: 20_000,
    onTick: ({ view, rig }) => {
      const s = (rig.nowMs - before) / 1000;
      before = rig.nowMs;
      peak = Math.max(peak, rig.p2);
      mean += (rig.p2 - mean) * (s / MEAN_S);
      highest = Math.max(highest, mean);
      openS = rig.p2 > VENTED_MMHG ? 0 : openS + s;
      usedS = openS >= FULL_RELEASE_S ? 0 : usedS + (rig.p2 > VENTED_MMHG ? s : 0);
      longest = Math.max(longest, usedS);
      if (view.step >= 0) step = view.step;
      if (trip === '' && view.trip !== TRIP_NONE) trip = tripName(view.trip);
    },
  });
  return {
    complete: level.view.phase === PHASE_DONE && step === protocol.steps.length - 1 && trip === '',
    trip,
    step,
    seconds: level.rig.nowMs / 1000,
    pressureS: longest,
    peakMmHg: peak,
    meanShare: highest / lopMmHg,
  };
}

/** What is above a ceiling, in words; empty = all within. `limitS` is the limb's time limit. */
export function aboveCeilings(outcome: SessionOutcome, limitS: number): string[] {
  const found: string[] = [];
  if (!(outcome.peakMmHg <= MAX_CUFF_MMHG))
    found.push(`peak ${outcome.peakMmHg.toFixed(0)} mmHg, allowed are ${MAX_CUFF_MMHG}`);
  if (!(outcome.pressureS <= limitS + 10))
    found.push(`${outcome.pressureS.toFixed(0)} s under pressure, allowed are ${limitS} and 10 to empty`);
  if (!(outcome.meanShare <= 1))
    found.push(`2 s mean at ${(outcome.meanShare * 100).toFixed(0)} % of LOP, allowed are 100`);
  return found;
}
