/** The two faults that only the air books see, on sampled devices: is it found before the true mean passes LOP, or in 60 s? */
import { PHASE_DEFLATE } from '../../src/phases.ts';
import type { Fault } from '../plant/faults.ts';
import { Random } from '../plant/random.ts';
import { drawFor } from './faults-draw.ts';
import type { Kind } from './faults-matrix.ts';
import { levelOf, SessionDriver } from './faults-run.ts';
import { SHAPES } from './faults-sessions.ts';

export interface Share {
  readonly fault: string;
  readonly shape: string;
  readonly devices: number;
  /** Found before the mean of the true pressure passed LOP, or within 60 s. */
  readonly inTime: number;
  readonly found: number;
  /** Median delay of those found, ms. */
  readonly medianMs: number;
  /** Highest true pressure as a share of LOP: median and worst. */
  readonly peakMedian: number;
  readonly peakWorst: number;
}

const MEAN_MS = 3000;
const LIMIT_MS = 60_000;
/** How long the device is watched after the session: the zero of a vented cuff is looked at after 20 s. */
const VENTED_MS = 30_000;

export function shareOf(name: string, kind: Kind, shapeName: string, devices: number, seed: number): Share {
  const shape = SHAPES.find((s) => s.name === shapeName);
  if (shape === undefined) throw new RangeError(`${shapeName}: no such session`);
  const delays: number[] = [];
  const peaks: number[] = [];
  let inTime = 0;
  for (let i = 0; i < devices; i++) {
    const draw = drawFor(shape, seed, i, false);
    const length = shape.steps.reduce((sum, step) => sum + step[1], 0);
    const atMs = Math.round(new Random(seed).fork('when').fork(i).range(40, Math.min(length, 110)) * 1000);
    const level = levelOf(draw, shape, [{ ...kind, atMs } as Fault]);
    const driver = new SessionDriver(level, shape);
    let mean = 0;
    let peak = 0;
    let passedAt = Number.POSITIVE_INFINITY;
    let foundAt = Number.POSITIVE_INFINITY;
    let endAt = Number.POSITIVE_INFINITY;
    while (level.rig.nowMs < 330_000 && foundAt === Number.POSITIVE_INFINITY) {
      driver.step();
      const now = level.rig.nowMs;
      mean += ((level.rig.p2 - mean) * level.core.tick.dt) / MEAN_MS;
      if (now < atMs) continue;
      peak = Math.max(peak, level.rig.p2);
      if (mean > draw.plant.lopMmHg && now < passedAt) passedAt = now;
      if (level.view.trip !== 0) foundAt = now;
      if (driver.over && level.view.phase !== PHASE_DEFLATE && endAt > now) endAt = now + VENTED_MS;
      if (now > endAt && now > atMs + LIMIT_MS) break;
    }
    peaks.push(peak / draw.plant.lopMmHg);
    if (foundAt === Number.POSITIVE_INFINITY) continue;
    delays.push(foundAt - atMs);
    if (foundAt - atMs <= LIMIT_MS || foundAt < passedAt) inTime++;
  }
  delays.sort((a, b) => a - b);
  peaks.sort((a, b) => a - b);
  return {
    fault: name,
    shape: shapeName,
    devices,
    inTime,
    found: delays.length,
    medianMs: delays[Math.floor(delays.length / 2)] ?? -1,
    peakMedian: peaks[Math.floor(peaks.length / 2)] ?? 0,
    peakWorst: peaks[peaks.length - 1] ?? 0,
  };
}
