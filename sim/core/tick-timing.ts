/**
 * When the ticks of a board really come: a tick that takes longer than the period makes the next one late, and a collection of memory or
 * a busy radio now and then makes one much later. Device time only; draws come from a seeded stream.
 */
import { CONVERT_MS } from '../../src/limits.ts';
import { paceOf } from '../board/cost/board-cost.ts';
import { TickCost } from '../board/cost/tick-cost.ts';
import type { Random } from '../plant/random.ts';

/**
 * `exact`: every tick on time, no time passes in it. `board`: ticks cost what was counted for the reference board
 * (sim/board/cost/tick-cost.json); `upper`: the same at the upper end of the estimate. `busy`: ticks of a slow board. `late`: some ticks are held up.
 */
export const TIMING_KINDS = ['exact', 'board', 'upper', 'busy', 'late'] as const;
export type TimingKind = (typeof TIMING_KINDS)[number];

const { usPerThousand, range } = paceOf('jolt');
/** What the reference board may cost at most, as a share of the middle of its estimate. */
const UPPER = range[1] / usPerThousand;
/** Share of the tick's work after which its outputs are written. */
const DRIVE_SHARE = 0.75;
/** A tick of a slow board, ms: mean 45, worst 77, of a period of 50. */
const MEDIAN_MS = 44;
const SPREAD = 0.17;
const LEAST_MS = 31;
const MOST_MS = 77;
/** A collection, ms, and the mean time between two, ms. */
const COLLECT_MS = 40;
const COLLECT_EVERY_MS = 15_000;
/** In `late` one tick in so many is held up, by LATE_MS[0] to LATE_MS[1]. */
const LATE_IN = 12;
const LATE_MS = [20, 45] as const;

export interface TickTimes {
  /** The conversion is started, the tick reads it, the outputs are written; ms since power-up. */
  readonly convertAt: number;
  readonly tickAt: number;
  readonly driveAt: number;
  /** The tick is over. */
  readonly endAt: number;
}

/** The times of one tick after the other. */
export class TickTiming {
  readonly #kind: TimingKind;
  readonly #period: number;
  readonly #rng: Random;
  readonly #cost: TickCost;
  #slot = 0;
  #freeAt = 0;
  #collectAt: number;

  constructor(kind: TimingKind, periodMs: number, rng: Random) {
    this.#kind = kind;
    this.#period = periodMs;
    this.#rng = rng.fork('ticks');
    this.#cost = new TickCost(rng.fork('cost').int(1 << 30));
    this.#collectAt = this.#rng.range(0, 2 * COLLECT_EVERY_MS);
  }

  next(): TickTimes {
    this.#slot++;
    const due = this.#slot * this.#period;
    if (this.#kind === 'exact') return exactly(due);
    const held = this.#kind === 'late' && this.#rng.int(LATE_IN) === 0 ? this.#rng.range(...LATE_MS) : 0;
    const convertAt = Math.round(Math.max(due + held, this.#freeAt));
    // what was held up for more than a period fires once
    if (convertAt >= due + this.#period) this.#slot = Math.floor(convertAt / this.#period);
    const work = this.#work(convertAt);
    const tickAt = convertAt + CONVERT_MS + this.#rng.int(2);
    this.#freeAt = convertAt + work;
    const driveAt = Math.max(tickAt, Math.round(convertAt + CONVERT_MS + (work - CONVERT_MS) * DRIVE_SHARE));
    return { convertAt, tickAt, driveAt, endAt: Math.max(driveAt, convertAt + Math.round(work)) };
  }

  #work(nowMs: number): number {
    // the conversion is waited for before the tick, and nothing else is done meanwhile
    if (this.#kind === 'board') return CONVERT_MS + this.#cost.nextMs();
    if (this.#kind === 'upper') return CONVERT_MS + this.#cost.nextMs() * UPPER;
    let work = this.#kind === 'busy' ? this.#rng.lognormal(MEDIAN_MS, SPREAD, LEAST_MS, MOST_MS) : 30;
    if (nowMs < this.#collectAt) return work;
    work += COLLECT_MS;
    this.#collectAt = nowMs + this.#rng.range(0.2, 1.8) * COLLECT_EVERY_MS;
    return work;
  }
}

function exactly(due: number): TickTimes {
  const at = due + CONVERT_MS;
  return { convertAt: due, tickAt: at, driveAt: at, endAt: at };
}
