/**
 * `npm run bench:sessions`: every built-in protocol to its end with the image in the loop on the nominal plant, and
 * with the core in the loop on sampled plants, within the ceilings of time and pressure.
 */
import { writeFileSync } from 'node:fs';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { MAX_ARM_MS, MAX_LEG_MS } from '../../src/limits.ts';
import { builtInProtocol, PROTOCOL_ARM, PROTOCOL_COUNT } from '../../src/session/library.ts';
import { postureOf } from '../../src/session/posture.ts';
import type { Protocol } from '../../src/session/protocol.ts';
import { defaultSettings, encodeSettings, LOP_ENTERED } from '../../src/settings.ts';
import { ImageLevel } from '../board/image-level.ts';
import { flashed } from '../cli/image.ts';
import { CoreLevel } from '../core/core-level.ts';
import { type LimbParams, nominalLimb, sampleLimb } from '../plant/limb-params.ts';
import { NOMINAL_ARM, NOMINAL_THIGH, type PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { Rig } from '../plant/rig.ts';
import { samplePlant } from '../plant/sampler.ts';
import type { Level } from '../run/level.ts';
import { fuzzProtocols } from './protocol-fuzz.ts';
import { aboveCeilings, motionOf, runProtocol, type SessionOutcome } from './sessions-run.ts';

/** What a device holds whose wearer has LOP `lopMmHg` and every stage behind him. */
export function filesFor(
  protocol: Protocol,
  index: number,
  lopMmHg: number,
  arm: boolean,
): Record<string, string> {
  const settings = {
    ...defaultSettings(),
    limb: arm ? 0 : 1,
    ...(arm ? { maxPressureS: 900 } : {}),
    lopMmHg: Math.round(lopMmHg),
    lopSource: LOP_ENTERED,
    lopPosture: postureOf(protocol.activity),
    protocol: index + 1,
    maxMmHg: 250,
    minStartMv: 2800,
    minRailMv: 2600,
  };
  return { [FILE_SETTINGS]: encodeSettings(settings), [FILE_PROGRESS]: '1,20,20,5,0,0,0' };
}

export function rigFor(protocol: Protocol, plant: PlantParams, limb: LimbParams, seed: number): Rig {
  const top = Math.max(
    ...protocol.steps.map((s) => (s.mmHg > 0 ? s.mmHg : (s.permille * plant.lopMmHg) / 1000)),
  );
  return new Rig({ plant, limb, sensor: 'MPRLS', targetMmHg: top }, seed);
}

/** A level with the protocol chosen, on the nominal plant of its limb. */
export async function nominalImage(
  index: number,
): Promise<{ level: Level; protocol: Protocol; plant: PlantParams }> {
  const protocol = builtInProtocol(index);
  const arm = index === PROTOCOL_ARM;
  const plant = arm ? NOMINAL_ARM : NOMINAL_THIGH;
  const limb = nominalLimb(motionOf(protocol, arm));
  const files = await flashed('mprls', filesFor(protocol, index, plant.lopMmHg, arm));
  return { level: new ImageLevel(rigFor(protocol, plant, limb, 1), { files }), protocol, plant };
}

export function sampledCore(
  index: number,
  seed: number,
): { level: Level; protocol: Protocol; plant: PlantParams } {
  const protocol = builtInProtocol(index);
  const arm = index === PROTOCOL_ARM;
  const rng = new Random(seed);
  const plant = samplePlant(rng, { limb: arm ? 'arm' : 'thigh' });
  const limb = sampleLimb(rng, motionOf(protocol, arm));
  const level = new CoreLevel(rigFor(protocol, plant, limb, seed), {
    files: filesFor(protocol, index, plant.lopMmHg, arm),
  });
  return { level, protocol, plant };
}

export interface SampledSum {
  runs: number;
  complete: number;
  /** Seeds that did not come to the end, by cause. */
  trips: Record<string, number[]>;
  worstPeak: number;
  worstShare: number;
  worstPressureS: number;
  above: string[];
}

function addOutcome(sum: SampledSum, outcome: SessionOutcome, limitS: number, seed: number): void {
  sum.runs++;
  if (outcome.complete) sum.complete++;
  const cause = outcome.trip === '' ? 'not ended' : outcome.trip;
  if (!outcome.complete) sum.trips[cause] = [...(sum.trips[cause] ?? []), seed];
  sum.worstPeak = Math.max(sum.worstPeak, outcome.peakMmHg);
  sum.worstShare = Math.max(sum.worstShare, outcome.meanShare);
  sum.worstPressureS = Math.max(sum.worstPressureS, outcome.pressureS);
  for (const text of aboveCeilings(outcome, limitS)) sum.above.push(`seed ${seed}: ${text}`);
}

/** One protocol on `plants` sampled plants, seeds from `seed` on. */
export function sampledRuns(index: number, plants: number, seed: number): SampledSum {
  const sum: SampledSum = {
    runs: 0,
    complete: 0,
    trips: {},
    worstPeak: 0,
    worstShare: 0,
    worstPressureS: 0,
    above: [],
  };
  const arm = index === PROTOCOL_ARM;
  const limitS = (arm ? MAX_ARM_MS : MAX_LEG_MS) / 1000;
  for (let i = 0; i < plants; i++) {
    const { level, protocol, plant } = sampledCore(index, seed + i);
    addOutcome(sum, runProtocol(level, protocol, plant.lopMmHg, arm), limitS, seed + i);
  }
  return sum;
}

function option(name: string, standard: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? standard : (process.argv[at + 1] ?? standard);
}

const USAGE = `Usage: npm run bench:sessions -- [--protocol ID] [--plants N] [--seed N] [--files N] [--json FILE]
Every built-in protocol to its end: the image on the nominal plant, the core on N (100) sampled ones; then N (20000) protocol files.`;

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(USAGE);
  const plants = Number(option('plants', '100'));
  const seed = Number(option('seed', '5000'));
  const only = option('protocol', '');
  const results: Record<string, unknown> = {};
  let failed = 0;
  for (let index = 0; index < PROTOCOL_COUNT; index++) {
    const arm = index === PROTOCOL_ARM;
    const limitS = (arm ? MAX_ARM_MS : MAX_LEG_MS) / 1000;
    const { level, protocol, plant } = await nominalImage(index);
    if (only !== '' && only !== protocol.id) continue;
    const image = runProtocol(level, protocol, plant.lopMmHg, arm);
    level.close();
    const above = aboveCeilings(image, limitS);
    const sum = sampledRuns(index, plants, seed);
    const good = image.complete && above.length === 0 && sum.above.length === 0;
    if (!good) failed++;
    results[protocol.id] = { image, sampled: sum };
    const causes = Object.entries(sum.trips).map(
      ([code, seeds]) => `${seeds.length} ${code}, seed ${seeds.join(' ')}`,
    );
    console.log(
      `${good ? 'ok  ' : 'FAIL'} ${protocol.id.padEnd(16)} image: ${image.complete ? 'to the end' : `ended in step ${image.step}, ${image.trip}`}, peak ${image.peakMmHg.toFixed(0)} mmHg, ${image.pressureS.toFixed(0)} s of ${limitS};` +
        ` core on ${sum.runs} plants: ${sum.complete} to the end${causes.length > 0 ? ` (${causes.join('; ')})` : ''}, worst peak ${sum.worstPeak.toFixed(0)} mmHg, mean ${(sum.worstShare * 100).toFixed(0)} % LOP, ${sum.worstPressureS.toFixed(0)} s`,
    );
    for (const text of [...above, ...sum.above.slice(0, 5)]) console.log(`       ${text}`);
  }
  const fuzz = fuzzProtocols(Number(option('files', '20000')), seed);
  console.log(
    `${fuzz.wrong.length === 0 ? 'ok  ' : 'FAIL'} files: ${fuzz.goodAccepted} of ${fuzz.files} good ones accepted; broken in one place: ${fuzz.brokenRefused} refused, ${fuzz.brokenStillGood} still within every limit, ${fuzz.wrong.length} wrong`,
  );
  for (const text of fuzz.wrong.slice(0, 5)) console.log(`       ${text}`);
  const json = option('json', '');
  if (json !== '') writeFileSync(json, `${JSON.stringify({ seed, plants, results, fuzz }, null, 1)}\n`);
  process.exitCode = failed > 0 || fuzz.wrong.length > 0 ? 1 : 0;
}

if (process.argv[1]?.endsWith('sessions.ts')) await main();
