/**
 * `npm run bench:false-alarms`: fault-free sessions over sampled devices, wearers and motions, with coughs, bumps,
 * standing up and weak pumps; every trip in them is a false one. --sessions N (1000), --seed N (1), --workers N,
 * --json FILE.
 */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { tripText } from '../../src/safety/rows/all.ts';
import type { AlarmResult } from './false-alarms-job.ts';

function option(name: string, standard: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? standard : (process.argv[at + 1] ?? standard);
}

const count = Number(option('sessions', process.argv.includes('--quick') ? '70' : '1000'));
const seed = Number(option('seed', '1'));
const workers = Number(option('workers', String(availableParallelism())));
const json = option('json', '');
if (!(count >= 1 && workers >= 1 && workers <= 64)) {
  console.error(`false-alarms: --sessions ${count} and --workers ${workers} must be at least 1`);
  process.exit(2);
}

const results: AlarmResult[] = [];
const started = performance.now();

function take(r: AlarmResult): void {
  results.push(r);
  if (r.trip !== 0) {
    const where = `${r.shape}, session ${r.index}, at ${Math.round(r.seconds)} s`;
    console.log(`${pc.red('trip')} ${where}: ${tripText(r.trip, r.measured, r.allowed)}`);
  }
  if (results.length % 50 === 0) console.log(pc.dim(`${results.length} of ${count}`));
}

async function run(first: number): Promise<void> {
  const args = [seed, first, workers, count].map(String);
  const child = fork(fileURLToPath(new URL('./false-alarms-worker.ts', import.meta.url)), args);
  child.on('message', (r) => take(r as AlarmResult));
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
  });
}

await Promise.all(Array.from({ length: Math.min(workers, count) }, (_v, i) => run(i)));

const trips = results.filter((r) => r.trip !== 0).length;
const refused = results.filter((r) => r.refused !== 0).length;
const ran = results.length - refused;
// rule of three for none; else the upper end of a Poisson interval, rounded up
const bound = ((trips === 0 ? 3 : trips + 1.96 * Math.sqrt(trips) + 2) / ran) * 100;
const hours = results.reduce((sum, r) => sum + r.seconds, 0) / 3600;
console.log(
  `${trips} of ${ran} fault-free sessions tripped (${hours.toFixed(1)} h of device time, ${Math.round((performance.now() - started) / 1000)} s); the true rate is below ${bound.toFixed(2)} % (95 %)`,
);
if (refused > 0) console.log(`${refused} devices refused to start (preflight): not counted`);
if (json !== '') {
  results.sort((a, b) => a.index - b.index);
  writeFileSync(
    json,
    `${JSON.stringify({ sessions: ran, trips, refused, boundPercent: bound, seed, results }, null, 1)}\n`,
  );
}
process.exit(trips === 0 ? 0 : 1);
