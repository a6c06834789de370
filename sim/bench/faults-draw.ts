/** Draws device, wearer and sensor for one session with or without a fault. */
import type { Activity, LimbEvent, LimbParams } from '../plant/limb-params.ts';
import { sampleLimb } from '../plant/limb-params.ts';
import type { PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { samplePlant } from '../plant/sampler.ts';
import { type SensorParams, sampleSensor } from '../plant/sensor-params.ts';
import type { SessionShape } from './faults-sessions.ts';

/** One device, one wearer, one sensor, for one session. */
export interface FaultDraw {
  readonly seed: number;
  readonly plant: PlantParams;
  readonly limb: LimbParams;
  readonly sensor: SensorParams;
}

/**
 * Draw `index` of a shape's sample. The supply of a fault-free device is charged: an empty battery is a fault, and one that
 * the preflight refuses would test nothing.
 */
export function drawFor(shape: SessionShape, seed: number, index: number, events: boolean): FaultDraw {
  const rng = new Random(seed).fork(shape.name).fork(index);
  const plant = samplePlant(rng, { limb: shape.limb, build: index % 4 === 0 ? 'reference' : 'any' });
  const limb = sampleLimb(rng, shape.kind);
  const sensor = sampleSensor(rng, 'MPRLS');
  return {
    seed: rng.fork('run').int(1 << 30),
    plant,
    limb: events ? { ...limb, events: drawEvents(rng.fork('events'), shape.rest, secondsOf(shape)) } : limb,
    sensor,
  };
}

function secondsOf(shape: SessionShape): number {
  return shape.steps.reduce((sum, step) => sum + step[1], 0);
}

/**
 * What happens to healthy wearers in a session of `seconds`: coughs, bumps and blows, shifting; where they sit in the rests, standing up
 * and sitting down again.
 */
export function drawEvents(r: Random, rest: Activity, seconds: number): LimbEvent[] {
  const list: LimbEvent[] = [];
  const from = 25_000;
  const to = from + seconds * 1000;
  const when = () => r.range(from, to);
  if (r.chance(0.5)) list.push({ kind: 'cough', atMs: when(), size: r.range(10, 30), ms: r.range(300, 600) });
  if (r.chance(0.4)) list.push({ kind: 'bump', atMs: when(), size: r.range(30, 150), ms: r.range(100, 600) });
  if (r.chance(0.1)) list.push({ kind: 'bump', atMs: when(), size: 150, ms: 600 });
  if (r.chance(0.3))
    list.push({ kind: 'posture', atMs: when(), size: r.range(-12, 12), ms: r.range(200, 1000) });
  if (rest === 'rest' && r.chance(0.35)) {
    const at = when();
    const size = r.range(10, 40);
    list.push({ kind: 'stand-up', atMs: at, size, ms: r.range(400, 1200) });
    list.push({ kind: 'sit-down', atMs: at + r.range(4000, 40_000), size, ms: r.range(400, 1200) });
  }
  return list;
}
