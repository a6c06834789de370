/**
 * The best that any controller could do, by full knowledge of plant and motion: an upper bound, never a controller of its
 * own.
 */
import {
  cuffSlope,
  cuffVolume,
  AMBIENT_MMHG as PA,
  referenceCompliance,
  sealedCompliance,
  seatingCompliance,
} from '../plant/compliance.ts';
import { flowForRate, hoseR1, hoseR2, laminarSlope, orifice } from '../plant/flow.ts';
import { LIMB_GRID_MS, Limb } from '../plant/limb.ts';
import { DRIVER_DROP_MV, type PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import type { Draw } from './control-draw.ts';
import type { BenchScenario, Stretch } from './control-scenarios.ts';

/** What full knowledge could do with this plant and this motion. */
export interface Limit {
  /** Share of moving time within 10 % and of resting time within 5 %, percent. */
  readonly move10: number;
  readonly rest5: number;
}

export const STEP_MS = 20;
/** Grid of the gas amount, NmL, and its reach beyond the least and the most that holds the target. */
const GRID = 0.1;
const REACH = 6;
/** Pressures at which the gas law is written down, relative to the target. */
const P_POINTS = 41;

interface Course {
  /** Residual volume (without slack and stretch), mL, and gas temperature, at each step. */
  readonly base: Float64Array;
  readonly theta: Float64Array;
  /** Half width of the band, mmHg; 0 = not judged. */
  readonly band: Float64Array;
  readonly moving: Uint8Array;
}

/** Motion, creep and seating as known functions of time, and the gas temperature that the wave makes in a sealed cuff. */
function course(scenario: BenchScenario, draw: Draw, adiabatic: boolean): Course {
  const plant = draw.plant;
  const target = Math.round((plant.lopMmHg * scenario.percent) / 100);
  const aim = (plant.lopMmHg * scenario.percent) / 100;
  const limb = new Limb(draw.limb, new Random(draw.seed).fork('limb'), {
    mlPerMmHg: sealedCompliance(plant, aim),
    cuffMl: cuffVolume(plant, aim),
    targetMmHg: aim,
    lopMmHg: plant.lopMmHg,
    seatReps: plant.seatReps,
  });
  const kFast = plant.creepFast * referenceCompliance(plant);
  const kSlow = plant.creepSlow * referenceCompliance(plant);
  const kSeat = plant.seat * seatingCompliance(plant);
  const dt = LIMB_GRID_MS / 1000;
  const slope = cuffSlope(plant, target);
  const volume0 = cuffVolume(plant, target);
  const base: number[] = [];
  const theta: number[] = [];
  const band: number[] = [];
  const moving: number[] = [];
  let fast = 0;
  let slow = 0;
  let seated = 0;
  let th = 1;
  let volume = volume0;
  let at = 0;
  let stretch = scenario.stretches[0] as Stretch;
  let from = 0;
  let cycles = 0;
  let fading = 0;
  limb.setActivity(stretch.activity, 0);
  let vmWas = 0;
  for (let now = 0; ; now += LIMB_GRID_MS) {
    if (limb.cycles !== cycles) cycles = limb.cycles;
    const over =
      stretch.reps !== undefined
        ? cycles > stretch.reps && now > from + 8
        : now - from >= (stretch.seconds ?? 0) * 1000;
    if (over) {
      fading = stretch.kind === 'move' ? now + 360 : 0;
      at += 1;
      const next = scenario.stretches[at];
      if (next === undefined || next.kind === 'deflate') break;
      stretch = next;
      from = now;
      limb.setActivity(stretch.activity, now);
    }
    const vm = limb.step(now + LIMB_GRID_MS, target);
    fast += ((kFast * target - fast) * dt) / plant.creepFastS;
    slow += ((kSlow * target - slow) * dt) / plant.creepSlowS;
    seated += (kSeat * target - seated) * limb.seatPath * LIMB_GRID_MS;
    if (adiabatic) {
      // the wave in a sealed cuff: volume gives way by slope x pressure, the gas heats and cools
      const dvm = vm - vmWas;
      const stiff = slope + volume / ((PA + target) * 1.4);
      const dp = dvm / stiff;
      const dv = slope * dp - dvm;
      th += -0.4 * th * (dv / volume) - ((th - 1) * dt) / plant.thermalS;
      volume += dv;
      volume += (volume0 - volume) * dt * 0.2;
    }
    vmWas = vm;
    if ((now + LIMB_GRID_MS) % STEP_MS === 0) {
      base.push(plant.residualMl + fast + slow + seated - vm);
      theta.push(th);
      const judged = stretch.kind === 'move' || (stretch.kind === 'rest' && now >= fading);
      band.push(
        judged ? target / (stretch.kind === 'move' ? 10 : 20) : stretch.kind === 'settle' ? target / 20 : 0,
      );
      moving.push(stretch.kind === 'move' ? 1 : stretch.kind === 'rest' && judged ? 2 : 0);
    }
  }
  return {
    base: Float64Array.from(base),
    theta: Float64Array.from(theta),
    band: Float64Array.from(band),
    moving: Uint8Array.from(moving),
  };
}

/** Most gas a step can add and take at pressure p, NmL, solved steadily through the hose. */
export function flows(plant: PlantParams, p: number): { up: number; down: number } {
  const rail = (plant.batteryMv - DRIVER_DROP_MV) / plant.ratedMv;
  const r1 = hoseR1(plant);
  const r2 = hoseR2(plant);
  const slope = laminarSlope(plant.valveB);
  const drop = (q: number): number => r1 * q + r2 * q * q;
  let lo = 0;
  let hi = plant.pumpFlow * 1.2;
  for (let i = 0; i < 40; i += 1) {
    const q = (lo + hi) / 2;
    const load = (p + drop(q)) / plant.pumpShutOff;
    const span = 1 - plant.pumpFriction - 0.4 * plant.pumpLoad;
    // the sag depends on the speed: two rounds are enough
    let w = 1;
    for (let k = 0; k < 3; k += 1) {
      const to = (rail * (1 - plant.sag * w) - plant.pumpFriction - plant.pumpLoad * load) / span;
      w = to < 0 ? 0 : to > 1.15 ? 1.15 : to;
    }
    if (plant.pumpFlow * w * (1 - load) > q) lo = q;
    else hi = q;
  }
  const up = lo;
  lo = 0;
  hi = plant.valveC * orifice(p, plant.valveB, slope);
  const down = hi;
  if (plant.valveAt === 'pump') {
    for (let i = 0; i < 40; i += 1) {
      const q = (lo + hi) / 2;
      const p1 = p - drop(q);
      if (p1 > 0 && plant.valveC * orifice(p1, plant.valveB, slope) > q) lo = q;
      else hi = q;
    }
  } else lo = down;
  return { up: (up * STEP_MS) / 1000, down: (lo * STEP_MS) / 1000 };
}

/**
 * The best any controller could do: dynamic programming over the gas in the cuff, backward over the session, then one forward run. It
 * ignores spin-up, valve delay, dead zone and the sensor, so it is an upper bound. `adiabatic` lets the wave heat the gas.
 */
export function limitOf(scenario: BenchScenario, draw: Draw, adiabatic: boolean): Limit {
  const plant = draw.plant;
  const target = Math.round((plant.lopMmHg * scenario.percent) / 100);
  const c = course(scenario, draw, adiabatic);
  const steps = c.base.length;
  const points = new Float64Array(P_POINTS);
  const fixed = new Float64Array(P_POINTS);
  for (let j = 0; j < P_POINTS; j += 1) {
    const p = target * (0.5 + (1.1 * j) / (P_POINTS - 1));
    points[j] = p;
    fixed[j] = cuffVolume(plant, p) - plant.residualMl;
  }
  const ups = new Int32Array(P_POINTS);
  const downs = new Int32Array(P_POINTS);
  const lost = flowForRate(plant, plant.leakMmHgPerMin) / 150;
  for (let j = 0; j < P_POINTS; j += 1) {
    const f = flows(plant, points[j] as number);
    const p = points[j] as number;
    const bleed = plant.bleed * plant.valveC * orifice(p, plant.valveB, laminarSlope(plant.valveB));
    const leak = ((lost * p + bleed) * STEP_MS) / 1000;
    ups[j] = Math.max(0, Math.floor((f.up - leak) / GRID + 0.5));
    downs[j] = Math.floor(f.down / GRID + 0.5);
  }
  // a bottle at the end of an ideal line, at the temperature of the room
  const open = plant.bottle !== null && plant.bottle.tap === 'open' ? plant.bottle.ml : 0;
  const bottled = (mmHg: number): number => ((PA + mmHg) * open) / PA;
  const hold = new Float64Array(steps);
  const holdVolume = cuffVolume(plant, target) - plant.residualMl;
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (let k = 0; k < steps; k += 1) {
    const n =
      ((PA + target) * (holdVolume + (c.base[k] as number))) / (PA * (c.theta[k] as number)) +
      bottled(target);
    hold[k] = n;
    if (n < min) min = n;
    if (n > max) max = n;
  }
  const first = min - REACH;
  const cells = Math.ceil((max + REACH - first) / GRID) + 1;
  const value = new Float32Array((steps + 1) * cells);
  const pressure = new Float64Array(cells);
  const place = new Float64Array(cells);
  const atN = new Float64Array(P_POINTS);
  const grid = (k: number): void => {
    const base = c.base[k] as number;
    const th = c.theta[k] as number;
    for (let j = 0; j < P_POINTS; j += 1)
      atN[j] =
        ((PA + (points[j] as number)) * ((fixed[j] as number) + base)) / (PA * th) +
        bottled(points[j] as number);
    let j = 0;
    for (let i = 0; i < cells; i += 1) {
      const n = first + i * GRID;
      while (j < P_POINTS - 2 && (atN[j + 1] as number) < n) j += 1;
      const share = (n - (atN[j] as number)) / ((atN[j + 1] as number) - (atN[j] as number));
      place[i] = j + (share < 0 ? 0 : share > 1 ? 1 : share);
      pressure[i] = (points[j] as number) + ((points[j + 1] as number) - (points[j] as number)) * share;
    }
  };
  value.fill(0, steps * cells);
  for (let k = steps - 1; k >= 0; k -= 1) {
    grid(k);
    const band = c.band[k] as number;
    const row = k * cells;
    const next = row + cells;
    for (let i = 0; i < cells; i += 1) {
      const j = Math.round(place[i] as number);
      let best = value[next + i] as number;
      const top = Math.min(cells - 1, i + (ups[j] as number));
      for (let m = i + 1; m <= top; m += 1)
        if ((value[next + m] as number) < best) best = value[next + m] as number;
      const bottom = Math.max(0, i - (downs[j] as number));
      for (let m = i - 1; m >= bottom; m -= 1)
        if ((value[next + m] as number) < best) best = value[next + m] as number;
      let cost = 0;
      if (band > 0) {
        const e = ((pressure[i] as number) - target) / band;
        cost = 0.02 * e * e + (e > 1 || e < -1 ? 1 : 0);
      }
      value[row + i] = cost + best;
    }
  }
  let i = Math.round(((hold[0] as number) - first) / GRID);
  const seen = { move: 0, moveIn: 0, rest: 0, restIn: 0 };
  for (let k = 0; k < steps; k += 1) {
    grid(k);
    const e = (pressure[i] as number) - target;
    const inside = e <= (c.band[k] as number) && e >= -(c.band[k] as number) ? 1 : 0;
    if (c.moving[k] === 1) {
      seen.move += 1;
      seen.moveIn += inside;
    } else if (c.moving[k] === 2) {
      seen.rest += 1;
      seen.restIn += inside;
    }
    const j = Math.round(place[i] as number);
    const next = (k + 1) * cells;
    let best = value[next + i] as number;
    let go = i;
    const top = Math.min(cells - 1, i + (ups[j] as number));
    const bottom = Math.max(0, i - (downs[j] as number));
    // the smallest action among equals
    for (let d = 1; i + d <= top || i - d >= bottom; d += 1) {
      if (i + d <= top && (value[next + i + d] as number) < best - 1e-6) {
        best = value[next + i + d] as number;
        go = i + d;
      }
      if (i - d >= bottom && (value[next + i - d] as number) < best - 1e-6) {
        best = value[next + i - d] as number;
        go = i - d;
      }
    }
    i = go;
  }
  return {
    move10: seen.move === 0 ? Number.NaN : (100 * seen.moveIn) / seen.move,
    rest5: seen.rest === 0 ? Number.NaN : (100 * seen.restIn) / seen.rest,
  };
}
