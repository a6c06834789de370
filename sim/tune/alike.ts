/**
 * Plants like the one that was identified: drawn from the same sampler as everything else, scaled so that what a commissioning run
 * shows of them agrees with what it showed, and refused where that takes parts that nobody sells. What the run cannot tell (creep,
 * seating, hose, delays, the wearer) keeps its whole spread: that is what the printed range of "before" and "after" is made of.
 */
import { gasCapacity } from '../plant/compliance.ts';
import { type LimbParams, sampleLimb } from '../plant/limb-params.ts';
import type { PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { samplePlant } from '../plant/sampler.ts';
import { type SensorParams, sampleSensor } from '../plant/sensor-params.ts';
import type { Identified } from './identify.ts';
import { creepAt, fallAt, riseAt, shownDrop } from './observe.ts';

export interface AlikePlant {
  readonly plant: PlantParams;
  readonly limb: LimbParams;
  readonly sensor: SensorParams;
  readonly seed: number;
}

/** Parts that are still believed: free flow, NmL/s; conductance, NmL/s per mmHg abs; leak, mmHg/min. */
const FLOW = [4, 90] as const;
const CONDUCTANCE = [0.015, 0.4] as const;
const LEAK = [0.3, 200] as const;
/** Largest cuff that is believed, mL. */
const MOST_ML = 600;
/** The scaled plant must show the rates within this share. */
const NEAR = 0.05;
/** The drop that the sensor shows is found to about this, mmHg, and a third of itself. */
const DROP_MMHG = 2.5;

function within(value: number, [low, high]: readonly [number, number]): boolean {
  return value >= low && value <= high;
}

function near(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= NEAR * wanted;
}

/** The same cuff, larger or smaller as a whole. */
function sized(plant: PlantParams, factor: number): PlantParams {
  return {
    ...plant,
    residualMl: plant.residualMl * factor,
    slackMl: plant.slackMl * factor,
    softMl: plant.softMl * factor,
    stretch: plant.stretch * factor,
  };
}

/** Scales pump, valve and leak so that the plant shows what was seen; undefined = takes impossible parts. */
function fitted(drawn: PlantParams, seen: Identified): PlantParams | undefined {
  let plant =
    seen.bottle === null ? drawn : sized(drawn, seen.bottle.capacity / gasCapacity(drawn, seen.topMmHg));
  if (plant.slackMl + plant.softMl + plant.residualMl > MOST_ML) return undefined;
  // pump and hose work on each other: a few rounds bring the rates together
  for (let round = 0; round < 4; round++) {
    const rise = riseAt(plant, seen.topMmHg);
    if (!(rise > 0.5)) return undefined;
    const fall = seen.fallPerS === null ? 1 : seen.fallPerS / fallAt(plant, seen.topMmHg);
    plant = { ...plant, pumpFlow: (plant.pumpFlow * seen.risePerS) / rise, valveC: plant.valveC * fall };
    // a sound valve and hose can only let so much through: without end there is no such plant
    if (!within(plant.pumpFlow, FLOW) || !within(plant.valveC, CONDUCTANCE)) return undefined;
  }
  if (seen.lossPerMin !== null) {
    const creep = creepAt(plant, seen.topMmHg, seen.lossAfterS ?? 20);
    const leak = Math.max(LEAK[0], seen.bottle?.leakPerMin ?? seen.lossPerMin - creep);
    plant = { ...plant, bleed: 0, leakMmHgPerMin: Math.min(LEAK[1], leak) };
  }
  if (!near(riseAt(plant, seen.topMmHg), seen.risePerS)) return undefined;
  if (seen.fallPerS !== null && !near(fallAt(plant, seen.topMmHg), seen.fallPerS)) return undefined;
  if (seen.dropMmHg !== null) {
    const off = Math.abs(shownDrop(plant, seen.topMmHg) - seen.dropMmHg);
    if (off > DROP_MMHG + seen.dropMmHg / 3) return undefined;
  }
  return plant;
}

/** Draws that are tried for each plant that is wanted. */
const TRIES = 60;

/**
 * `count` plants like the identified one, each with a wearer and a sensor of its own; fewer where the draws run out.
 * @param lopMmHg occlusion pressure of the wearer, 0 = not known, then it is drawn too
 */
export function alike(
  seen: Identified,
  limb: 'thigh' | 'arm',
  motion: LimbParams['kind'],
  lopMmHg: number,
  seed: number,
  count: number,
): AlikePlant[] {
  const found: AlikePlant[] = [];
  const all = new Random(seed).fork('alike');
  for (let i = 0; i < count * TRIES && found.length < count; i++) {
    const rng = all.fork(i);
    const drawn = samplePlant(rng, { limb });
    const plant = fitted(lopMmHg > 0 ? { ...drawn, lopMmHg } : drawn, seen);
    if (plant === undefined) continue;
    found.push({
      plant,
      limb: sampleLimb(rng, motion),
      sensor: sampleSensor(rng, 'MPRLS'),
      seed: rng.fork('run').int(1 << 30),
    });
  }
  return found;
}
