/** Draws the devices, wearers and sensors of the control benchmark. Every controller meets the same ones. */
import type { LimbParams } from '../plant/limb-params.ts';
import { sampleLimb } from '../plant/limb-params.ts';
import type { PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { samplePlant } from '../plant/sampler.ts';
import { type SensorKind, type SensorParams, sampleSensor } from '../plant/sensor-params.ts';
import { drawWearer, type SecondWearer } from '../second-plant/limb.ts';
import { drawSecond, type SecondPlant } from '../second-plant/params.ts';
import type { BenchScenario } from './control-scenarios.ts';

/** One device, one wearer, one sensor; every controller meets the same one. */
export interface Draw {
  readonly seed: number;
  readonly plant: PlantParams;
  readonly limb: LimbParams;
  readonly sensor: SensorParams;
}

/** The same of the second family of plants. */
export interface SecondDraw {
  readonly seed: number;
  readonly second: SecondPlant;
  readonly wearer: SecondWearer;
  readonly sensor: SensorParams;
}

export type AnyDraw = Draw | SecondDraw;

/** `first`: sim/plant, on which the regulator was designed. `second`: sim/second-plant, on which nothing is tuned. */
export type Family = 'first' | 'second';

/**
 * `any`: what hobbyists build; `rated`: the same with pumps of 1.4-3.6 L/min; `reference`: the recommended build; all three without a bottle,
 * which is a part that is judged by itself. `bottled`: `rated` with a bottle of 0.5 L; `runner`: `reference` with one.
 */
export type Build = 'any' | 'rated' | 'bottled' | 'reference' | 'runner';

/** Free flow of a pump at its rated voltage, NmL/s: pressure slopes of 15/32/60 mmHg/s on thighs, as the reference model has them (docs/sources.md). */
function ratedFlow(rng: Random): number {
  return rng.fork('rated').lognormal(42.5, 0.18, 25, 60);
}

const PARTS: readonly (readonly [SensorKind, number])[] = [
  ['MPRLS', 46],
  ['ABP2-05', 14],
  ['XGZP6847D-040', 14],
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
    return kind === 'ABP2-05' && highest > 240 ? 'MPRLS' : kind;
  }
  return 'MPRLS';
}

/** Draw number `index` of a scenario's sample. */
export function drawOne(scenario: BenchScenario, seed: number, index: number, build: Build): Draw {
  const rng = new Random(seed).fork(scenario.limb).fork(index);
  const limbKind = scenario.limb === 'curl' ? 'arm' : 'thigh';
  const reference = build === 'reference' || build === 'runner';
  const bottled = build === 'bottled' || build === 'runner';
  const drawn = samplePlant(rng, { limb: limbKind, build: reference ? 'reference' : 'any' });
  const bottle = bottled ? samplePlant(rng, { limb: limbKind, build: 'runner' }).bottle : null;
  const rated = build === 'rated' || build === 'bottled';
  const plant = { ...drawn, bottle, ...(rated ? { pumpFlow: ratedFlow(rng) } : {}) };
  const limb = sampleLimb(rng, scenario.limb);
  const kind = reference ? 'MPRLS' : drawPart(rng, plant.lopMmHg);
  const part = sampleSensor(rng, kind);
  return { seed: rng.fork('run').int(1 << 30), plant, limb, sensor: part };
}

/** The same number of the second family; `any` and `rated` are one there. Devices and wearers are thighs. */
export function drawSecondOne(seed: number, index: number, build: Build): SecondDraw {
  const rng = new Random(seed).fork('second family').fork(index);
  const good = build === 'reference' || build === 'runner';
  const second = drawSecond(rng, good, build === 'bottled' || build === 'runner');
  const kind = good ? 'MPRLS' : drawPart(rng, second.lopMmHg);
  return {
    seed: rng.fork('run').int(1 << 30),
    second,
    wearer: drawWearer(rng),
    sensor: sampleSensor(rng, kind),
  };
}
