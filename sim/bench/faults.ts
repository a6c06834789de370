/**
 * `npm run bench:faults`: every fault in every phase on eight builds, and the two that only the air books see on sampled
 * devices; writes docs/faults.md. --seed N (1), --quick (three builds, fewer devices; writes no page), --json FILE.
 */
import { writeFileSync } from 'node:fs';
import pc from 'picocolors';
import { tripRow } from '../../src/safety/trips.ts';
import { BUILDS, type Cell, FAULTS, phaseTimes, runCell } from './faults-matrix.ts';
import { type Share, shareOf } from './faults-share.ts';

function option(name: string, standard: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? standard : (process.argv[at + 1] ?? standard);
}

if (process.argv.includes('--help')) {
  console.log('Usage: npm run bench:faults -- [--quick] [--seed N] [--devices N] [--json FILE]');
  console.log(
    'Every fault in every phase on eight builds; writes docs/faults.md. --quick: three builds, no page.',
  );
  process.exit(0);
}

const quick = process.argv.includes('--quick');
const seed = Number(option('seed', '1'));
const json = option('json', '');
const devices = Number(option('devices', quick ? '6' : '40'));
const cells: Cell[] = [];
const builds = Object.keys(BUILDS).slice(0, quick ? 3 : 8);
for (const build of builds) {
  const times = phaseTimes(build, seed);
  for (const fault of FAULTS) {
    for (const phase of Object.keys(times))
      cells.push(runCell(build, phase, fault, times[phase] as number, seed));
  }
  console.log(pc.dim(`${build}: ${cells.length} cells`));
}

const SHARES: readonly (readonly [string, string])[] = [
  ['leak 3 mmHg/s', 'rest'],
  ['leak 3 mmHg/s', 'legpress'],
  ['leak 3 mmHg/s', 'run'],
  ['sensor drifts -0.5/s', 'rest'],
  ['sensor drifts -0.5/s', 'legpress'],
  ['sensor drifts -0.5/s', 'run'],
  ['sensor drifts +0.5/s', 'rest'],
  ['sensor drifts +0.5/s', 'legpress'],
];
const shares: Share[] = [];
for (const [name, shape] of SHARES) {
  const fault = FAULTS.find((f) => f.name === name);
  if (fault !== undefined) shares.push(shareOf(name, fault.fault, shape, devices, seed));
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
  const rules = [...new Set(found.map((c) => tripRow(c.trip).code))].join(', ');
  return `| ${name} | ${found.length} of ${mine.length} | ${seconds(percentile(delays, 0.5))} / ${seconds(percentile(delays, 1))} | ${Math.round(Math.max(...mine.map((c) => c.peakMmHg)))} | ${seconds(percentile(empty, 0.5))} / ${seconds(percentile(empty, 1))} | ${full.length === 0 ? '–' : `${full.length}: ${[...new Set(full.map((c) => c.build))].join(', ')}`} | ${rules} |`;
}

const page = `# Faults

Made by \`npm run bench:faults\` (seed ${seed}): the core in the loop, ${builds.length} builds (${builds.join(', ')}), a set at 70 % of LOP, each fault planted in the fill, at rest, in the set and at the start of the vent. Simulated: nothing here was tried on hardware. What each rule does: [safety-case.md](safety-case.md).

"Not empty" = more than 15 mmHg in the cuff 35 s after the trip: what only the strap, the battery plug or the relief valve ends.

| fault | found | delay s, median / worst | peak true mmHg | to 15 mmHg s, median / worst | not empty | rules |
|---|---|---|---|---|---|---|
${FAULTS.map((f) => line(f.name)).join('\n')}

A fault that is not found in a cell had no effect there before the end of the session (a pump that dies during the vent).

## Leak and drift on sampled devices

In time = found before the mean of the true pressure passed LOP, or within 60 s. First session after power-up, fault at a random time. Asked for are 95 %.

| fault | session | in time | found | delay s, median | peak, share of LOP, median / worst |
|---|---|---|---|---|---|
${shares.map((s) => `| ${s.fault} | ${s.shape} | ${s.inTime} of ${s.devices} | ${s.found} | ${seconds(s.medianMs)} | ${s.peakMedian.toFixed(2)} / ${s.peakWorst.toFixed(2)} |`).join('\n')}

The books are kept while the limb is still. In a set they cannot be: pump and valve each move as much air in a few seconds as such a fault does in a minute, and neither is known well enough. There the fault is found in the next still phase, or at the next release by the zero.
`;
console.log(page);
if (!quick) writeFileSync(new URL('../../docs/faults.md', import.meta.url), page);
if (json !== '') writeFileSync(json, `${JSON.stringify({ seed, cells, shares }, null, 1)}\n`);
