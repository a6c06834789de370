/**
 * A run under way on any level: the session, the wearer, and the record of both, a tick at a time. Whoever drives it decides how fast;
 * what is recorded depends on spec and seed alone.
 */

import type { Level } from '../level/level.ts';
import { SessionRun } from '../level/session.ts';
import { addEvent, finishLog, type RunLog } from '../report/run-log.ts';
import { faultText } from '../setup/fault-option.ts';
import { plannedSeconds } from '../setup/protocols.ts';
import type { RunSpec } from '../setup/resolve.ts';
import { startByMs, whyNotStarted } from './not-started.ts';
import { Recording, type TripNumbers, withPresses } from './recording.ts';

/** How long a run goes on after the session's end or a trip: long enough to see the cuff empty, or not. s */
const AFTER_S = 40;
/** Fills, zeroing and deflating on top of the protocol's own time, s. */
const EXTRA_S = 240;

export interface Simulated {
  readonly log: RunLog;
  /** Why no session was started, a line each; empty = one was. */
  readonly notStarted: readonly string[];
}

/** The latest that a run of this spec can end, ms. */
export function latestEndMs(spec: RunSpec): number {
  return Math.round((plannedSeconds(spec.protocol.protocol) + EXTRA_S) * 1000);
}

export class Simulation {
  readonly log: RunLog;
  readonly level: Level;
  readonly #spec: RunSpec;
  readonly #run: SessionRun;
  readonly #recording: Recording;

  /** `level` is fresh and stands on the rig of `spec`; `log` is empty. */
  constructor(spec: RunSpec, level: Level, log: RunLog, tripNumbers: TripNumbers) {
    this.log = log;
    this.#spec = spec;
    this.#recording = new Recording(log, tripNumbers);
    this.level = withPresses(level, log);
    this.#run = new SessionRun(this.level, {
      plan: spec.plan,
      limitMs: latestEndMs(spec),
      startByMs: startByMs(spec),
      afterMs: AFTER_S * 1000,
      onTick: (now) => this.#recording.take(now),
    });
  }

  get over(): boolean {
    return this.#run.over;
  }

  /** One tick. Not when it is over. */
  next(): void {
    this.#run.next();
  }

  /** The finished record. Once, when no further tick is wanted. */
  finish(): Simulated {
    const { log } = this;
    for (const fault of this.#spec.faults)
      if (fault.atMs <= this.level.rig.nowMs) addEvent(log, fault.atMs, 'fault', faultText(fault));
    finishLog(log);
    return { log, notStarted: whyNotStarted(this.#spec, log, this.#recording.refusals) };
  }
}
