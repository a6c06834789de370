/**
 * A device of the second family as data, and its draw. Ranges follow the engineering ranges of hobby builds; the laws that the numbers
 * belong to stand in gas.ts. Must never be changed because the regulator does badly on it.
 */
import type { Random } from '../plant/random.ts';

/** Pressures gauge mmHg, volumes mL, amounts NmL (mL at 760 mmHg and the room's temperature). */
export interface SecondPlant {
  readonly lopMmHg: number;
  /** Where the sensor's line joins, and its lag, ms. */
  readonly sensorAt: 'pump' | 'cuff';
  readonly lineLagMs: number;
  /** Cuff: flat + bag p / (p + bagMmHg) + tissue ln(1 + p / tissueMmHg). */
  readonly flatMl: number;
  readonly bagMl: number;
  readonly bagMmHg: number;
  readonly tissueMl: number;
  readonly tissueMmHg: number;
  /** Creep of all elements and seating, shares of the slope of the volume at 100 mmHg; cycles to seat. */
  readonly creep: number;
  readonly seat: number;
  readonly seatCycles: number;
  /** Heat exchange of the cuff at 200 mL, s; goes with the square of the volume. Air from the pump is warmer by this share. */
  readonly heatS: number;
  readonly pumpWarm: number;
  /** Loss at 150 mmHg, NmL/s, as a small hole. */
  readonly leak: number;
  /** Hose: dp = linear q + power q^1.75. */
  readonly manifoldMl: number;
  readonly hoseLinear: number;
  readonly hosePower: number;
  /** Pump: flow at speed 1 into no pressure, shut-off pressure, bend of the curve, inertia (s), friction running and at rest, load. */
  readonly flow: number;
  readonly shutOff: number;
  readonly bend: number;
  readonly inertiaS: number;
  readonly friction: number;
  readonly stick: number;
  readonly load: number;
  /** Share of the flow that pulses, strokes a second at speed 1. */
  readonly pulse: number;
  readonly strokeHz: number;
  /** Valve: conductance when choked, NmL/s per mmHg abs; dead times, ms, and lift times, ms; voltage that pulls in. */
  readonly valveC: number;
  readonly openDeadMs: number;
  readonly shutDeadMs: number;
  readonly liftMs: number;
  readonly pullIn: number;
  /** Motor voltage over the rated one, and how much of it the running pump takes. */
  readonly volts: number;
  readonly sag: number;
  readonly bottle: SecondBottle | null;
}

/** A rigid bottle at the cuff. The air in the layer at the wall follows the wall within s, the rest within more. */
export interface SecondBottle {
  readonly ml: number;
  readonly linear: number;
  readonly power: number;
  readonly layer: number;
  readonly layerS: number;
  readonly coreS: number;
}

/** Linear resistance, mmHg per NmL/s, of a line of air: length m, bore mm. */
function linearOf(m: number, mm: number): number {
  return (0.345 * m * 16) / mm ** 4;
}

/** Turbulent loss of the fittings at 1 NmL/s, matched to a square loss of factor 3 at 40 NmL/s. */
function powerOf(mm: number): number {
  const square = (3 * 0.5 * 1.2 * 7.5e-15) / ((Math.PI * (mm / 1000) ** 2) / 4) ** 2;
  return square * 40 ** 0.25;
}

function drawBottle(r: Random): SecondBottle {
  const bore = r.range(4, 6);
  return {
    ml: r.range(460, 560),
    linear: linearOf(r.range(0.15, 0.45), bore),
    power: powerOf(bore * 0.8),
    layer: r.range(0.15, 0.35),
    layerS: r.range(0.1, 0.3),
    coreS: r.range(3, 8),
  };
}

/** One device on one thigh. `good`: as the parts list recommends; `bottled`: with half a litre. */
export function drawSecond(rng: Random, good: boolean, bottled: boolean): SecondPlant {
  const r = rng.fork('second');
  const long = !good && r.chance(0.55);
  const hoseM = long ? r.range(0.4, 1.2) : r.range(0.08, 0.3);
  const bore = r.range(good ? 2.6 : 2.1, 4.2);
  const barb = good ? r.range(2, 3.5) : r.range(1.25, 3.4);
  const friction = r.range(0.1, 0.22);
  return {
    lopMmHg: r.lognormal(186, 0.17, 112, 280),
    sensorAt: good || r.chance(0.1) ? 'cuff' : 'pump',
    lineLagMs: r.range(1, 12),
    flatMl: r.lognormal(24, 0.4, 10, 55),
    bagMl: r.lognormal(150, 0.28, 70, 260),
    bagMmHg: r.lognormal(15, 0.35, 6, 34),
    tissueMl: r.lognormal(50, 0.38, 16, 125),
    tissueMmHg: r.range(35, 110),
    creep: r.lognormal(0.2, 0.35, 0.06, 0.42),
    seat: r.lognormal(0.16, 0.6, 0.03, 0.45),
    seatCycles: r.range(3, 14),
    heatS: r.lognormal(0.14, 0.5, 0.05, 0.45),
    pumpWarm: r.range(0.005, 0.03),
    leak: r.lognormal(0.04, 0.7, 0.005, 0.3),
    manifoldMl: r.range(1.5, 6) + hoseM * bore * bore * 0.39,
    hoseLinear: linearOf(hoseM, bore),
    hosePower: powerOf(barb),
    flow: good ? r.range(36, 56) : r.lognormal(46, 0.2, 27, 66),
    shutOff: r.lognormal(430, 0.18, 270, 600),
    bend: r.range(1, 1.8),
    inertiaS: r.range(0.05, 0.16),
    friction,
    stick: friction + r.range(0.12, 0.4),
    load: r.range(0.1, 0.3),
    pulse: r.range(0.2, 1),
    strokeHz: r.range(28, 75),
    valveC: good ? r.lognormal(0.095, 0.22, 0.06, 0.18) : r.lognormal(0.082, 0.32, 0.036, 0.19),
    openDeadMs: r.range(2, 11),
    shutDeadMs: r.range(2, 9),
    liftMs: r.range(1, 6),
    pullIn: r.range(0.45, 0.78),
    volts: r.range(0.88, 1.1),
    sag: r.range(0.02, 0.14),
    bottle: bottled ? drawBottle(rng.fork('bottle')) : null,
  };
}

/** Volume of the cuff without creep, seating and limb, mL. */
export function secondVolume(p: SecondPlant, mmHg: number): number {
  const q = mmHg > 0 ? mmHg : 0;
  return (
    p.flatMl +
    (p.bagMl * mmHg) / (q + p.bagMmHg) +
    p.tissueMl * Math.log1p(q / p.tissueMmHg) +
    (mmHg - q) / 10
  );
}

/** Its slope, mL per mmHg. */
export function secondSlope(p: SecondPlant, mmHg: number): number {
  if (mmHg <= 0) return p.bagMl / p.bagMmHg + 0.1;
  const bag = mmHg + p.bagMmHg;
  return (p.bagMl * p.bagMmHg) / (bag * bag) + p.tissueMl / (p.tissueMmHg + mmHg);
}

/** Limb volume that moves the sealed cuff by 1 mmHg, mL. */
export function secondSealed(p: SecondPlant, mmHg: number): number {
  return secondSlope(p, mmHg) + secondVolume(p, mmHg) / (760 + mmHg);
}
