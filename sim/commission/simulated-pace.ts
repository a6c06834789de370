/**
 * What a simulated build would have measured of its own ticks: its runs are made on the core, whose ticks take no time. Drawn from what ticks cost
 * on the reference board; nothing of a run is decided by it.
 */
import { CONVERT_MS, TICK_MS } from '../../src/limits.ts';
import { JOLT_COST, TickCost } from '../board/cost/tick-cost.ts';
import type { RunPace } from './bench.ts';
import type { Build } from './hidden.ts';

/** Ticks under pressure of a run. */
const RUN_TICKS = 2000;

/** The ticks of a run; those of a slow build take so many times as long. The same seed gives the same figures. */
export function paceOfBuild(build: Build, seed: number): RunPace {
  const ms = JOLT_COST.ms.map((cost) => cost * build.slowness);
  const costs = new TickCost(seed, { ...JOLT_COST, ms });
  const took = Array.from({ length: RUN_TICKS }, () => costs.nextMs());
  const apart = took.map((cost) => Math.max(TICK_MS, cost + CONVERT_MS));
  const [meanMs, worstMs, longestMs] = [
    Math.round(took.reduce((sum, cost) => sum + cost, 0) / took.length),
    Math.max(...took),
    Math.max(...apart),
  ];
  const late = apart.filter((gap) => gap > TICK_MS + 10).length;
  return { meanMs, worstMs, longestMs, late, stalls: 0, periodMs: TICK_MS };
}
