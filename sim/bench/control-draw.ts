import type { Exercise, LimbParams } from '../plant/limb-params.ts';
import { sampleLimb } from '../plant/limb-params.ts';
import type { PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { samplePlant } from '../plant/sampler.ts';
import { type SensorKind, type SensorParams, sampleSensor } from '../plant/sensor-params.ts';
import type { BenchScenario } from './control-scenarios.ts';

/** One device, one wearer, one sensor; every controller meets the same one. */
export interface Draw {
  readonly seed: number;
  readonly plant: PlantParams;
  readonly limb: LimbParams;
  readonly sensor: SensorParams;
}

/** `any`: what hobbyists build; `rated`: the same with pumps of 1.4-3.6 L/min; `reference`: the recommended build. */
export type Build = 'any' | 'rated' | 'reference';

/** Free flow of a pump at its rated voltage, NmL/s: pressure slopes of 15/31/60 mmHg/s on thighs, as plant.md 0 has them. */
function ratedFlow(rng: Random): number {
  return rng.fork('rated').lognormal(42, 0.22, 24, 60);
}

/**
 * The sampler's median, ours, log-spread as a share of the sampler's, and largest wave (mmHg). With these, inflate-once, bang-bang and PI score as the published
 * devices and the reference model do (plant.md 3.4, 5.5); with the sampler's own, leg press is too kind and running too hard.
 */
const WAVES: Readonly<Record<Exercise, readonly [number, number, number, number]>> = {
  legpress: [34, 41, 1, 80],
  curl: [28, 28, 1, 70],
  walk: [17, 14.2, 0.7, 40],
  run: [24, 17.5, 0.85, 60],
  cycle: [14, 14, 1, 40],
};

export function asHardAsTheField(limb: LimbParams): LimbParams {
  const motions = { ...limb.motions };
  for (const kind of Object.keys(WAVES) as Exercise[]) {
    const [was, median, spread, most] = WAVES[kind];
    const m = motions[kind];
    motions[kind] = { ...m, mmHg: Math.min(most, median * (m.mmHg / was) ** spread) };
  }
  return { ...limb, motions };
}

const PARTS: readonly (readonly [SensorKind, number])[] = [
  ['MPRLS', 46],
  ['ABP2', 14],
  ['XGZP6847D', 14],
  ['MPX5050-12', 14],
  ['MPX5050-10', 4],
  ['HX710B', 8],
];

/** What hobbyists fit, by weight. A part whose range ends below the wave's peaks is not fitted to such a wearer. */
function drawPart(rng: Random, highest: number): SensorKind {
  let left = rng.fork('part').int(100);
  for (const [kind, weight] of PARTS) {
    left -= weight;
    if (left >= 0) continue;
    return kind === 'ABP2' && highest > 240 ? 'MPRLS' : kind;
  }
  return 'MPRLS';
}

/** Draw number `index` of a scenario's sample. */
export function drawOne(scenario: BenchScenario, seed: number, index: number, build: Build): Draw {
  const rng = new Random(seed).fork(scenario.limb).fork(index);
  const limbKind = scenario.limb === 'curl' ? 'arm' : 'thigh';
  const drawn = samplePlant(rng, { limb: limbKind, build: build === 'reference' ? 'reference' : 'any' });
  const plant = build === 'rated' ? { ...drawn, pumpFlow: ratedFlow(rng) } : drawn;
  const limb = asHardAsTheField(sampleLimb(rng, scenario.limb));
  const kind = build === 'reference' ? 'MPRLS' : drawPart(rng, plant.lopMmHg);
  const part = sampleSensor(rng, kind);
  return { seed: rng.fork('run').int(1 << 30), plant, limb, sensor: part };
}
