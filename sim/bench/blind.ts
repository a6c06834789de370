/**
 * `npm run bench:blind`: what the device does when its sensor lives but is blind, drifts or jumps, when a hose folds in the vent, after a
 * restart with a full cuff, with two faults at once. Judged on the true cuff pressure of sampled builds without a relief valve.
 */
import { tripRow, tripText } from '../../src/safety/rows/all.ts';
import { runPool } from '../../tools/pool.ts';
import { whole } from '../setup/numbers.ts';
import { type BlindCase, CASES } from './blind-cases.ts';
import { type HealthyResult, healthySession } from './blind-healthy.ts';
import { blindJob } from './blind-job.ts';
import type { BlindResult } from './blind-run.ts';
import { type BenchOptions, benchCommand, writeFigures } from './command.ts';

const options = benchCommand(
  'blind',
  'Sensors that are alive but blind, and what else is not seen, on sampled builds without a relief valve.',
  1,
)
  .option('--builds <n>', 'sampled builds a case, 60 (--quick: 8)', whole(1, 10_000))
  .option('--workers <n>', 'processes; all cores when left out', whole(1, 64))
  .option('--ambient <mmHg>', 'pressure of the room, 760 when left out', whole(370, 830))
  .option('--only <text>', 'only cases whose kind and name hold this text', '')
  .option('--healthy <n>', 'fault-free sessions of full length besides, 60 (--quick: 14)', whole(0, 100_000))
  .parse()
  .opts<
    BenchOptions & { builds?: number; workers?: number; ambient?: number; only: string; healthy?: number }
  >();

const builds = options.builds ?? (options.quick ? 8 : 60);
const sessions = options.healthy ?? (options.quick ? 14 : 60);
const ambientMmHg = options.ambient ?? 760;
const chosen = CASES.filter((c) => `${c.kind}: ${c.name}`.includes(options.only));
const jobs = chosen.flatMap((c) =>
  Array.from({ length: builds }, (_, build) => ({ seed: options.seed, name: c.name, build, ambientMmHg })),
);

const percentile = (list: readonly number[], share: number): number => {
  const sorted = list.slice().sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};
const seconds = (ms: number): string => (Number.isNaN(ms) ? '-' : (ms / 1000).toFixed(1));

/** Trips and how often each came, the most frequent first. */
function causes(runs: readonly BlindResult[]): string {
  const count = new Map<string, number>();
  for (const r of runs)
    if (r.trip !== 0) count.set(tripRow(r.trip).name, (count.get(tripRow(r.trip).name) ?? 0) + 1);
  return [...count]
    .sort((a, b) => b[1] - a[1])
    .map(([code, n]) => `${code} ${n}`)
    .join(', ');
}

/** Held: never above LOP for more than 3 s, never above 300 mmHg, found before 1.1 x LOP; where only a hand helps: it was said. */
function held(c: BlindCase, r: BlindResult): boolean {
  if (r.freed || r.refilled) return false;
  if (c.staysUp === true) return r.told || r.leftMmHg <= 15;
  return r.aboveMs <= 3000 && r.peakMmHg <= 300 && r.meanShare <= 1.1;
}

/** Sessions that did not get as far as the fault, told beside the others. */
function begun(c: BlindCase, all: readonly BlindResult[]): string {
  const n = all.filter((r) => r.name === c.name && !r.planted).length;
  return n > 0 ? ` (${n} without the fault)` : '';
}

function line(c: BlindCase, all: readonly BlindResult[]): string {
  const runs = all.filter((r) => r.name === c.name && r.planted);
  const found = runs.filter((r) => r.trip !== 0);
  const delays = found.map((r) => r.delayMs);
  const above = runs.map((r) => r.aboveMs);
  const full = runs.filter((r) => r.leftMmHg > 15);
  const cells = [
    c.name.padEnd(48),
    `held ${runs.filter((r) => held(c, r)).length}/${runs.length}${begun(c, all)}`,
    `found ${found.length}`,
    `delay ${seconds(percentile(delays, 0.5))}/${seconds(percentile(delays, 1))} s`,
    `above LOP ${seconds(percentile(above, 0.5))}/${seconds(percentile(above, 1))} s`,
    `peak ${Math.round(Math.max(0, ...runs.map((r) => r.peakMmHg)))} mmHg`,
    `mean ${percentile(
      runs.map((r) => r.meanShare),
      0.5,
    ).toFixed(2)}/${Math.max(0, ...runs.map((r) => r.meanShare)).toFixed(2)} LOP`,
    `full ${full.length} told ${full.filter((r) => r.told).length} freed ${runs.filter((r) => r.freed).length} refilled ${runs.filter((r) => r.refilled).length}`,
    causes(runs),
  ];
  return cells.join(' | ');
}

/** A trip where nothing is wrong. */
function tellTrip(r: HealthyResult): void {
  if (r.trip === 0) return;
  const where = `${r.protocol}, session ${r.index}, at ${Math.round(r.atMs / 1000)} s`;
  console.log(`false trip ${where}: ${tripRow(r.trip).name}: ${tripText(r.trip, r.measured, r.allowed)}`);
}

const results = await runPool(new URL('./blind-job.ts', import.meta.url), blindJob, jobs, {
  jobs: options.workers,
});
for (const c of chosen) console.log(line(c, results));
const healthy = await runPool(
  new URL('./blind-healthy.ts', import.meta.url),
  healthySession,
  Array.from({ length: sessions }, (_, index) => ({ seed: options.seed, index })),
  { jobs: options.workers, onDone: (_index, r) => tellTrip(r) },
);
const ran = healthy.filter((r) => r.refused === 0);
const hours = healthy.reduce((sum, r) => sum + r.atMs, 0) / 3_600_000;
console.log(
  `${ran.filter((r) => r.trip !== 0).length} of ${ran.length} healthy sessions of full length with late ticks tripped, ${ran.filter((r) => r.rezeroed > 0).length} were released for a new zero, ${ran.filter((r) => r.pauses > 0).length} paused by themselves, ${ran.filter((r) => r.complete).length} came to the end (${hours.toFixed(1)} h); ${healthy.length - ran.length} refused to start`,
);
const bleeding = ran.filter((r) => r.bleeds);
console.log(
  `of these, builds with a fixed bleed, which the commissioning refuses: ${bleeding.filter((r) => r.trip !== 0).length} of ${bleeding.length} tripped; all others: ${ran.filter((r) => r.trip !== 0 && !r.bleeds).length} of ${ran.length - bleeding.length}`,
);
writeFigures(options.json, { seed: options.seed, builds, ambientMmHg, results, healthy });
