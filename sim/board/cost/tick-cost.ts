/**
 * What ticks cost on the board, drawn from what the image costs by its own count (`board-cost.ts`): for the core level, which has no
 * image to count. Seeded: the same seed gives the same costs.
 */
import { Random } from '../../plant/random.ts';
import DATA from './tick-cost.json' with { type: 'json' };

export interface TickCostData {
  /** Shares of the ticks, 0..1 rising, and what the dearest of each share costs, ms; straight lines between. */
  readonly shares: readonly number[];
  readonly ms: readonly number[];
  /** A collection of the interpreter's memory, ms, and how many ticks lie between two on average; 0 = none. */
  readonly collectionMs: number;
  readonly ticksBetweenCollections: number;
}

/** The reference board's; the file names the source. */
export const JOLT_COST: TickCostData = DATA;

export class TickCost {
  readonly #data: TickCostData;
  readonly #rng: Random;

  constructor(seed: number, data: TickCostData = JOLT_COST) {
    this.#data = data;
    this.#rng = new Random(seed).fork('tick-cost');
  }

  /** Cost of the next tick, whole ms, with a collection now and then. */
  nextMs(): number {
    const tick = costAt(this.#data, this.#rng.next());
    const { collectionMs, ticksBetweenCollections: between } = this.#data;
    const collects = this.#rng.next() * between < 1 && between > 0;
    return Math.round(tick + (collects ? collectionMs : 0));
  }
}

/** Cost at `share` of the ticks, cheapest first, ms. */
export function costAt(data: TickCostData, share: number): number {
  const { shares, ms } = data;
  let i = 1;
  while (i < shares.length - 1 && (shares[i] ?? 1) < share) i++;
  const [from = 0, to = 1] = [shares[i - 1], shares[i]];
  const [low = 0, high = 0] = [ms[i - 1], ms[i]];
  return low + ((share - from) / (to - from)) * (high - low);
}
