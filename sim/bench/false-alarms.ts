/**
 * `npm run bench:false-alarms`: fault-free sessions over sampled devices, wearers and motions, with coughs, bumps,
 * standing up and weak pumps; every trip in them is a false one.
 */
import { Option } from 'commander';
import pc from 'picocolors';
import { TICK_MS } from '../../src/limits.ts';
import { tripText } from '../../src/safety/rows/all.ts';
import { runPool } from '../../tools/pool.ts';
import { TIMING_KINDS, type TimingKind } from '../core/tick-timing.ts';
import { whole } from '../setup/numbers.ts';
import { type BenchOptions, benchCommand, writeFigures } from './command.ts';
import { type AlarmResult, alarmSession } from './false-alarms-job.ts';

const options = benchCommand('false-alarms', 'Fault-free sessions: every trip is a false one.', 1)
  .option('--sessions <n>', 'sessions, 1000 (--quick: 70)', whole(1, 1_000_000))
  .addOption(new Option('--ticks <kind>', 'when ticks come').choices([...TIMING_KINDS]).default('exact'))
  .option('--period <ms>', 'control period', whole(10, 100), TICK_MS)
  .option('--workers <n>', 'processes; all cores when left out', whole(1, 64))
  .parse()
  .opts<BenchOptions & { sessions?: number; workers?: number; ticks: TimingKind; period: number }>();

const { seed } = options;
const count = options.sessions ?? (options.quick ? 70 : 1000);
const started = performance.now();
let done = 0;

function tell(r: AlarmResult): void {
  if (r.trip !== 0) {
    const where = `${r.shape}, session ${r.index}, at ${Math.round(r.seconds)} s`;
    console.log(`${pc.red('trip')} ${where}: ${tripText(r.trip, r.measured, r.allowed)}`);
  }
  done++;
  if (done % 50 === 0) console.log(pc.dim(`${done} of ${count}`));
}

const sessions = Array.from({ length: count }, (_, index) => ({
  seed,
  index,
  ticks: options.ticks,
  periodMs: options.period,
}));
const results = await runPool(new URL('./false-alarms-job.ts', import.meta.url), alarmSession, sessions, {
  jobs: options.workers,
  onDone: (_index, result) => tell(result),
});

const trips = results.filter((r) => r.trip !== 0).length;
const refused = results.filter((r) => r.refused !== 0).length;
const ran = results.length - refused;
// rule of three for none; else the upper end of a Poisson interval, rounded up
const bound = ((trips === 0 ? 3 : trips + 1.96 * Math.sqrt(trips) + 2) / ran) * 100;
const hours = results.reduce((sum, r) => sum + r.seconds, 0) / 3600;
console.log(
  `${trips} of ${ran} fault-free sessions tripped (${hours.toFixed(1)} h of device time, ${Math.round((performance.now() - started) / 1000)} s); the true rate is below ${bound.toFixed(2)} % (95 %)`,
);
const bleeding = results.filter((r) => r.bleeds && r.refused === 0);
const bleedingTrips = bleeding.filter((r) => r.trip !== 0).length;
console.log(
  `of these, builds with a fixed bleed, which the commissioning refuses: ${bleedingTrips} of ${bleeding.length}; all others: ${trips - bleedingTrips} of ${ran - bleeding.length}`,
);
if (refused > 0) console.log(`${refused} devices refused to start (preflight): not counted`);
writeFigures(options.json, { sessions: ran, trips, refused, boundPercent: bound, seed, results });
process.exitCode = trips === 0 ? 0 : 1;
