/**
 * `npm run bench:faults`: every fault in every phase on eight builds, on the image in the loop, and the two that only the air books see
 * on sampled devices; writes docs/faults.md.
 */
import { writeFileSync } from 'node:fs';
import pc from 'picocolors';
import { tripName } from '../../src/safety/trips.ts';
import { whole } from '../setup/numbers.ts';
import { type BenchOptions, benchCommand, writeFigures } from './command.ts';
import { BUILDS, type Cell, FAULTS, phaseTimes, runCell } from './faults-matrix.ts';
import { type Share, shareOf } from './faults-share.ts';

const options = benchCommand(
  'faults',
  'Every fault in every phase on eight builds; writes docs/faults.md. --quick: two builds, fewer devices, no page.',
  1,
)
  .option('--builds <n>', 'the first of the eight builds', whole(1, 8))
  .option('--devices <n>', 'sampled devices for leak and drift, 40 (--quick: 6)', whole(1, 10_000))
  .parse()
  .opts<BenchOptions & { builds?: number; devices?: number }>();

const { seed, quick } = options;
const builds = options.builds ?? (quick ? 2 : 8);
const devices = options.devices ?? (quick ? 6 : 40);
const cells: Cell[] = [];
const names = Object.keys(BUILDS).slice(0, builds);
for (const build of names) {
  const times = await phaseTimes(build, seed);
  for (const fault of FAULTS) {
    for (const phase of Object.keys(times))
      cells.push(await runCell(build, phase, fault, times[phase] as number, seed));
  }
  console.log(pc.dim(`${build}: ${cells.length} cells`));
}

const SHARES: readonly (readonly [string, string])[] = [
  ['leak 3 mmHg/s', 'rest'],
  ['leak 3 mmHg/s', 'legpress'],
  ['leak 3 mmHg/s', 'run'],
  ['leak 3 mmHg/s', 'curl'],
  ['sensor drifts -0.5/s', 'rest'],
  ['sensor drifts -0.5/s', 'legpress'],
  ['sensor drifts -0.5/s', 'run'],
  ['sensor drifts -0.5/s', 'curl'],
  ['sensor drifts +0.5/s', 'rest'],
  ['sensor drifts +0.5/s', 'legpress'],
];
const shares: Share[] = [];
for (const [name, shape] of SHARES) {
  const fault = FAULTS.find((f) => f.name === name);
  if (fault?.fault !== undefined) shares.push(shareOf(name, fault.fault, shape, devices, seed));
  console.log(pc.dim(`${name}, ${shape}`));
}

const seconds = (ms: number): string => (ms < 0 ? '–' : (ms / 1000).toFixed(1));
const percentile = (list: number[], share: number): number => {
  const sorted = list.slice().sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? -1;
};

/** One line for a fault: over all phases and builds. */
function line(name: string): string {
  const mine = cells.filter((c) => c.fault === name);
  const found = mine.filter((c) => c.trip !== 0);
  const full = mine.filter((c) => c.emptyMs < 0);
  const delays = found.map((c) => c.delayMs);
  const empty = mine.filter((c) => c.emptyMs >= 0).map((c) => c.emptyMs);
  const rules = [...new Set(found.map((c) => tripName(c.trip)))].join(', ');
  const logged = found.filter((c) => c.logged).length;
  const cellsOf = [
    name,
    `${found.length} of ${mine.length}`,
    `${seconds(percentile(delays, 0.5))} / ${seconds(percentile(delays, 1))}`,
    `${Math.round(Math.max(...mine.map((c) => c.peakMmHg)))}`,
    `${seconds(percentile(empty, 0.5))} / ${seconds(percentile(empty, 1))}`,
    full.length === 0 ? '–' : `${full.length}: ${[...new Set(full.map((c) => c.build))].join(', ')}`,
    logged === found.length ? 'all' : `${logged} of ${found.length}`,
    rules,
  ];
  return `| ${cellsOf.join(' | ')} |`;
}

/** Cells without a trip: where, and why that may be. */
function silent(): string {
  const byFault = FAULTS.map((f) => {
    const mine = cells.filter((c) => c.fault === f.name && c.trip === 0);
    const phases = [...new Set(mine.map((c) => c.phase))].map(
      (phase) => `${phase} ${mine.filter((c) => c.phase === phase).length}`,
    );
    return mine.length === 0 ? '' : `- ${f.name}: ${phases.join(', ')}`;
  });
  return byFault.filter((text) => text !== '').join('\n');
}

const page = `# Faults

Made by \`npm run bench:faults\` (seed ${seed}): the image in the loop (the bytes that are flashed, on the virtual board with its drivers and sense lines), ${names.length} builds (${names.join(', ')}), a set at 70 % of LOP, each fault planted in the fill, at rest, in the set and at the start of the vent. No relief valve: what firmware alone does. Simulated: nothing here was tried on hardware. What each rule does: [safety-case.md](safety-case.md).

"Not empty" = more than 15 mmHg in the cuff 65 s after the trip: what only the strap, the battery plug or the relief valve ends. "In the log" = the trip stands in the flash as the session's first cause 65 s after it; as long as the cuff is not known to be empty it is written a minute after the trip.

| fault | found | delay s, median / worst | peak true mmHg | to 15 mmHg s, median / worst | not empty | in the log | rules |
|---|---|---|---|---|---|---|---|
${FAULTS.map((f) => line(f.name)).join('\n')}

Not found, by phase (number of builds). A fault may have no effect where it is planted (a pump that dies during the vent, a valve that sticks open while it is open), or the session ends before its rule has seen enough:

${silent()}

## Leak and drift on sampled devices

In time = found before the mean of the true pressure passed LOP, or within 60 s. First session after power-up, fault at a random time from 40 to 110 s; the device is watched for 30 s after the session, in which the zero of the open cuff is looked at. Asked for are 95 %. Core in the loop.

| fault | session | in time | found | delay s, median | peak, share of LOP, median / worst |
|---|---|---|---|---|---|
${shares.map((s) => `| ${s.fault} | ${s.shape} | ${s.inTime} of ${s.devices} | ${s.found} | ${seconds(s.medianMs)} | ${s.peakMedian.toFixed(2)} / ${s.peakWorst.toFixed(2)} |`).join('\n')}

What is left, and why. What the pump put in since the fill and the valve let out adds up in the air book, whatever the reading says, and the cuff is released for a new zero before the sum comes to the occlusion pressure; the zero then tells a leak from a drift. A small leak is topped up meanwhile: at rest it costs a release now and then, in a set the pump and valve turn over so much air that it does not show. The pressure stays what is read in both. Not found by the book: a jump of the reading while the cuff fills, a line that reads a share of the pressure, and what happens in the first seconds of a movement, before the valve is known. The relief valve bounds the pressure there; a rest bounds the time. Figures: [lab/air-book.md](lab/air-book.md).
`;
console.log(page);
if (!quick) writeFileSync(new URL('../../docs/faults.md', import.meta.url), page);
writeFigures(options.json, { seed, cells, shares });
