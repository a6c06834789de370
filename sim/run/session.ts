/** Run one session on a level and hand every tick to whoever records it. */
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

/** Run until the session is over (plus `afterMs`) or `limitMs` is reached. Returns the time of the last tick, ms. */
export function runSession(level: Level, options: RunOptions): number {
  const wearer = new Wearer(level, options.plan);
  let endAt = options.limitMs;
  let begun = false;
  const startBy = options.startByMs ?? options.limitMs;
  while (level.rig.nowMs < endAt) {
    level.nextTick();
    wearer.look();
    options.onTick?.(level);
    begun = begun || !isWaiting(level.view.phase);
    if (!begun && level.rig.nowMs >= startBy) break;
    const over = wearer.finished || level.view.phase === PHASE_TRIPPED;
    if (over && endAt === options.limitMs) endAt = Math.min(endAt, level.rig.nowMs + options.afterMs);
  }
  return level.rig.nowMs;
}

/** True in the phases before a session: nothing has been begun yet. */
export function isWaiting(phase: number): boolean {
  return phase === PHASE_IDLE || phase === PHASE_READY;
}
