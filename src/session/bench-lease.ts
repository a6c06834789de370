/**
 * The lease of the commissioning run. A build that has not passed fills for nobody but the program that commissions it, and only as long as
 * that program goes on asking over the link: one that was killed, a laptop asleep or a cable that is out ends the run. Nothing of it is
 * kept: after a power-up nobody has asked. Must never begin a run by itself: a press does.
 */
import type { Ms } from '../units.ts';

/** The run may begin, and goes on, for so long after it was asked for, ms. Whoever asks does so twice a second. */
export const BENCH_LEASE_MS = 3000;

export interface BenchLease {
  /** The lease ends here, ms since boot; before the boot = nobody has asked. */
  until: Ms;
}

export function createBenchLease(): BenchLease {
  return { until: -1 };
}

/** Somebody at the link commissions this build, at `now`. */
export function renewBench(bench: BenchLease, now: Ms): void {
  bench.until = now + BENCH_LEASE_MS;
}

/** True while somebody does. */
export function isBenchAsked(bench: Readonly<BenchLease>, now: Ms): boolean {
  return now <= bench.until;
}
