/**
 * `npm run bench:sessions`: every built-in protocol to its end with the image in the loop on the nominal plant, and
 * with the core in the loop on sampled plants, within the ceilings of time and pressure; then protocol files, whole and broken.
 */
import { InvalidArgumentError } from 'commander';
import { builtInProtocol, PROTOCOL_ARM, PROTOCOL_COUNT } from '../../src/session/library.ts';
import { whole } from '../setup/numbers.ts';
import { type BenchOptions, benchCommand, writeFigures } from './command.ts';
import { fuzzProtocols } from './protocol-fuzz.ts';
import { limitS, nominalImage, type SampledSum, sampledRuns } from './sessions-plants.ts';
import { aboveCeilings, runProtocol, type SessionOutcome } from './sessions-run.ts';

const ALL = Array.from({ length: PROTOCOL_COUNT }, (_, index) => index);

function byId(id: string): number[] {
  const found = ALL.filter((index) => builtInProtocol(index).id === id);
  if (found.length > 0) return found;
  throw new InvalidArgumentError(`Built in are ${ALL.map((i) => builtInProtocol(i).id).join(', ')}.`);
}

const options = benchCommand(
  'sessions',
  'Every built-in protocol to its end: the image on the nominal plant, the core on sampled ones; then protocol files.',
  5000,
)
  .option('--protocol <id>', 'this one only', byId, ALL)
  .option('--plants <n>', 'sampled plants a protocol, 100 (--quick: 5)', whole(0, 100_000))
  .option('--files <n>', 'protocol files, 20000 (--quick: 1000)', whole(0, 10_000_000))
  .parse()
  .opts<BenchOptions & { protocol: number[]; plants?: number; files?: number }>();

const { seed, quick } = options;
const plants = options.plants ?? (quick ? 5 : 100);

function imageText(image: SessionOutcome, index: number): string {
  const end = image.complete ? 'to the end' : `ended in step ${image.step}, ${image.trip}`;
  return `image: ${end}, peak ${image.peakMmHg.toFixed(0)} mmHg, ${image.pressureS.toFixed(0)} s of ${limitS(index)}`;
}

function sampledText(sum: SampledSum): string {
  const causes = Object.entries(sum.trips).map(
    ([code, seeds]) => `${seeds.length} ${code}, seed ${seeds.join(' ')}`,
  );
  const why = causes.length > 0 ? ` (${causes.join('; ')})` : '';
  return `core on ${sum.runs} plants: ${sum.complete} to the end${why}, worst peak ${sum.worstPeak.toFixed(0)} mmHg, mean ${(sum.worstShare * 100).toFixed(0)} % LOP, ${sum.worstPressureS.toFixed(0)} s`;
}

const results: Record<string, unknown> = {};
let failed = 0;
for (const index of options.protocol) {
  const { level, protocol, plant } = await nominalImage(index);
  const image = runProtocol(level, protocol, plant.lopMmHg, index === PROTOCOL_ARM);
  level.close();
  const above = aboveCeilings(image, limitS(index));
  const sampled = sampledRuns(index, plants, seed);
  const good = image.complete && above.length === 0 && sampled.above.length === 0;
  if (!good) failed++;
  results[protocol.id] = { image, sampled };
  console.log(
    `${good ? 'ok  ' : 'FAIL'} ${protocol.id.padEnd(16)} ${imageText(image, index)}; ${sampledText(sampled)}`,
  );
  for (const text of [...above, ...sampled.above.slice(0, 5)]) console.log(`       ${text}`);
}
const fuzz = fuzzProtocols(options.files ?? (quick ? 1000 : 20_000), seed);
console.log(
  `${fuzz.wrong.length === 0 ? 'ok  ' : 'FAIL'} files: ${fuzz.goodAccepted} of ${fuzz.files} good ones accepted; broken in one place: ${fuzz.brokenRefused} refused, ${fuzz.brokenStillGood} still within every limit, ${fuzz.wrong.length} wrong`,
);
for (const text of fuzz.wrong.slice(0, 5)) console.log(`       ${text}`);
writeFigures(options.json, { seed, plants, results, fuzz });
process.exitCode = failed > 0 || fuzz.wrong.length > 0 ? 1 : 0;
