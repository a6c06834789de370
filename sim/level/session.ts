/** One session on a level; every tick is handed to whoever records it. */
import { PHASE_IDLE, PHASE_READY, PHASE_TRIPPED } from '../../src/phases.ts';
import type { Level } from './level.ts';
import { Wearer, type WearerPlan } from './wearer.ts';

export interface RunOptions {
  plan: WearerPlan;
  /** Stop at this time at the latest, ms. */
  limitMs: number;
  /** Stop at this time when nothing has begun by then, ms; a device that refuses a start does so for good. */
  startByMs?: number;
  /** How long to go on after the session has ended or tripped, ms. */
  afterMs: number;
  /** Called after every tick. */
  onTick?: (level: Level) => void;
}

/** A session on a level, a tick at a time: by whoever has the time to watch it. */
export class SessionRun {
  readonly #level: Level;
  readonly #options: RunOptions;
  readonly #wearer: Wearer;
  #endAt: number;
  #begun = false;
  #givenUp = false;

  constructor(level: Level, options: RunOptions) {
    this.#level = level;
    this.#options = options;
    this.#wearer = new Wearer(level, options.plan);
    this.#endAt = options.limitMs;
  }

  /** True when no further tick belongs to it: the session is over (plus `afterMs`), never begun, or `limitMs` is reached. */
  get over(): boolean {
    return this.#givenUp || this.#level.rig.nowMs >= this.#endAt;
  }

  /** One tick. Not when it is over. */
  next(): void {
    const level = this.#level;
    const { limitMs, startByMs, afterMs, onTick } = this.#options;
    level.nextTick();
    this.#wearer.look();
    onTick?.(level);
    this.#begun = this.#begun || !isWaiting(level.view.phase);
    this.#givenUp = !this.#begun && level.rig.nowMs >= (startByMs ?? limitMs);
    const done = this.#wearer.finished || level.view.phase === PHASE_TRIPPED;
    if (done && this.#endAt === limitMs) this.#endAt = Math.min(this.#endAt, level.rig.nowMs + afterMs);
  }
}

/** Run until the session is over (plus `afterMs`) or `limitMs` is reached. Returns the time of the last tick, ms. */
export function runSession(level: Level, options: RunOptions): number {
  const run = new SessionRun(level, options);
  while (!run.over) run.next();
  return level.rig.nowMs;
}

/** True in the phases before a session: nothing has been begun yet. */
export function isWaiting(phase: number): boolean {
  return phase === PHASE_IDLE || phase === PHASE_READY;
}
