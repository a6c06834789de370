/** The built-in protocols on the nominal plant (image in the loop) and on sampled plants (core in the loop). */
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { MAX_ARM_MS, MAX_LEG_MS } from '../../src/limits.ts';
import { builtInProtocol, PROTOCOL_ARM } from '../../src/session/library.ts';
import { postureOf } from '../../src/session/posture.ts';
import type { Protocol } from '../../src/session/protocol.ts';
import { defaultSettings, encodeSettings, LOP_ENTERED } from '../../src/settings.ts';
import { ImageLevel } from '../board/image-level.ts';
import { CoreLevel } from '../core/core-level.ts';
import type { Level } from '../level/level.ts';
import { type LimbParams, nominalLimb, sampleLimb } from '../plant/limb-params.ts';
import { NOMINAL_ARM, NOMINAL_THIGH, type PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { Rig } from '../plant/rig.ts';
import { samplePlant } from '../plant/sampler.ts';
import { flashed } from '../setup/image.ts';
import { aboveCeilings, motionOf, runProtocol, type SessionOutcome } from './sessions-run.ts';

/** Longest time under pressure that the limb of built-in protocol `index` may have, s. */
export function limitS(index: number): number {
  return (index === PROTOCOL_ARM ? MAX_ARM_MS : MAX_LEG_MS) / 1000;
}

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

function addOutcome(sum: SampledSum, outcome: SessionOutcome, mostS: number, seed: number): void {
  sum.runs++;
  if (outcome.complete) sum.complete++;
  const cause = outcome.trip === '' ? 'not ended' : outcome.trip;
  if (!outcome.complete) sum.trips[cause] = [...(sum.trips[cause] ?? []), seed];
  sum.worstPeak = Math.max(sum.worstPeak, outcome.peakMmHg);
  sum.worstShare = Math.max(sum.worstShare, outcome.meanShare);
  sum.worstPressureS = Math.max(sum.worstPressureS, outcome.pressureS);
  for (const text of aboveCeilings(outcome, mostS)) sum.above.push(`seed ${seed}: ${text}`);
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
  for (let i = 0; i < plants; i++) {
    const { level, protocol, plant } = sampledCore(index, seed + i);
    addOutcome(sum, runProtocol(level, protocol, plant.lopMmHg, arm), limitS(index), seed + i);
  }
  return sum;
}
