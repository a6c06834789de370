/** The air of the second family: manifold, hose, cuff and bottle, in steps of 1 ms. It knows nothing of firmware or sensors. */
import { type SecondBottle, type SecondPlant, secondSlope, secondVolume } from './params.ts';
import { SecondPump, SecondValve } from './pump-valve.ts';

const PA = 760;
const DT = 1 / 1000;
/** Time constants of the creep elements, s. */
const CREEP_S = [0.5, 4, 30, 200] as const;
const LEAST_NML = 1;
const LEAST_ML = 2;
/** Below this an orifice is linear, mmHg. */
const LAMINAR = 1;

/** Isentropic flow into the capacity through a nozzle that gives 1 NmL/s per mmHg abs when choked, NmL/s. */
export function nozzle(mmHg: number): number {
  if (mmHg <= LAMINAR) return (mmHg / LAMINAR) * nozzle(LAMINAR * 1.0001);
  const abs = PA + mmHg;
  const r = PA / abs;
  if (r <= 0.5283) return abs;
  return (abs * Math.sqrt(r ** 1.42857 - r ** 1.71429)) / 0.2588;
}

/** Conductance of a line at the flow that it has, NmL/s per mmHg. */
function conductance(linear: number, power: number, flow: number): number {
  return 1 / (linear + power * Math.sqrt(Math.sqrt(Math.abs(flow) ** 3)) + 1e-4);
}

/** The bottle's air: pressure, amount, and how much warmer layer and core are. */
class Bottle {
  p = 0;
  n: number;
  flow = 0;
  #layer = 0;
  #core = 0;
  readonly #b: SecondBottle;

  constructor(b: SecondBottle) {
    this.#b = b;
    this.n = b.ml;
  }

  /** One step with the cuff at `mmHg`, which rises by `joint` mmHg a NmL; returns the flow into the bottle. */
  step(mmHg: number, joint: number): number {
    const b = this.#b;
    const g = conductance(b.linear, b.power, this.flow);
    const q = (mmHg - this.p) / (1 / g + DT * (joint + (1.4 * PA) / b.ml));
    this.flow = (q + this.flow) / 2;
    const dn = this.flow * DT;
    const heat = (0.4 * dn) / this.n;
    this.#layer += b.layer * heat - (this.#layer * DT) / b.layerS;
    this.#core += (1 - b.layer) * heat - (this.#core * DT) / b.coreS;
    this.n += dn;
    this.p = (PA * this.n * (1 + this.#layer + this.#core)) / b.ml - PA;
    return this.flow;
  }
}

export class SecondGas {
  readonly pump: SecondPump;
  readonly valve: SecondValve;
  p1 = 0;
  p2 = 0;
  n: number;
  theta = 1;
  seated = 0;
  /** Inputs: duty of pump and coil. */
  drive = 0;
  command = 0;
  readonly #plant: SecondPlant;
  readonly #bottle: Bottle | null;
  readonly #creep = [0, 0, 0, 0];
  readonly #soft: number;
  #volume: number;
  #hose = 0;

  constructor(plant: SecondPlant) {
    this.#plant = plant;
    this.pump = new SecondPump(plant, DT);
    this.valve = new SecondValve(plant);
    this.#bottle = plant.bottle === null ? null : new Bottle(plant.bottle);
    this.#volume = plant.flatMl;
    this.n = plant.flatMl;
    this.#soft = secondSlope(plant, 100);
  }

  /** Pressure in the bottle, or of the cuff where none is fitted. */
  get bottleMmHg(): number {
    return this.#bottle?.p ?? this.p2;
  }

  /** A cycle of movement whose highest pressure was `mmHg` has ended: the cuff seats a little more. */
  seat(mmHg: number): void {
    const missing = this.#plant.seat * this.#soft * mmHg - this.seated;
    if (missing > 0) this.seated += missing / this.#plant.seatCycles;
  }

  /** One ms, with `limbMl` pushed into the cuff at its end. */
  step(limbMl: number): void {
    const p = this.#plant;
    const volts = p.volts * (1 - p.sag * this.pump.speed);
    const free = this.pump.step(this.drive * volts, this.p1);
    const open = p.valveC * this.valve.step(this.command * volts);
    const intoCuff = this.#manifold(free, open);
    const out = (p.leak * nozzle(this.p2)) / nozzle(150) + (this.#bottle?.step(this.p2, this.#joint()) ?? 0);
    this.#cuff(intoCuff, out, limbMl);
  }

  /** Rise of the cuff by a NmL, mmHg. */
  #joint(): number {
    return PA / (this.#volume + (PA + this.p2) * secondSlope(this.#plant, this.p2));
  }

  /** The small manifold, implicit, by a few rounds of the same line; returns the flow into the hose, NmL/s. */
  #manifold(free: number, open: number): number {
    const p = this.#plant;
    const capacity = p.manifoldMl / PA / DT;
    const was = this.p1;
    let p1 = was;
    for (let i = 0; i < 4; i += 1) {
      const g = conductance(p.hoseLinear, p.hosePower, this.#hose);
      const away = p1 > 0.5 ? (open * nozzle(p1)) / p1 : open * nozzle(LAMINAR);
      const gives = free * this.pump.share(p1);
      const back = (free * 1.3) / p.shutOff;
      p1 = (capacity * was + gives + back * p1 + g * this.p2) / (capacity + back + away + g);
      this.#hose = (this.#hose + g * (p1 - this.p2)) / 2;
    }
    this.p1 = p1;
    return conductance(p.hoseLinear, p.hosePower, this.#hose) * (p1 - this.p2);
  }

  /** Amount, heat, creep, and the pressure that follows. */
  #cuff(q: number, out: number, limbMl: number): void {
    const p = this.#plant;
    const came = q > 0 ? q * DT : 0;
    const went = (q < 0 ? -q : 0) * DT + out * DT;
    const warm = 1 + (this.command > 0 ? p.pumpWarm * this.pump.speed : 0);
    const th = this.theta;
    const flowHeat = (came * (1.4 * warm - th) - 0.4 * th * went) / this.n;
    const thick = this.#volume / 200;
    const cool = DT / (p.heatS * thick * thick + 0.005);
    this.n = Math.max(LEAST_NML, this.n + came - went);
    let extra = this.seated - limbMl;
    for (let i = 0; i < CREEP_S.length; i += 1) {
      const c = this.#creep[i] as number;
      this.#creep[i] =
        c + (((p.creep / CREEP_S.length) * this.#soft * this.p2 - c) * DT) / (CREEP_S[i] as number);
      extra += c;
    }
    const from = this.#volume;
    let p2 = this.p2;
    let volume = from;
    let theta = th;
    for (let i = 0; i < 3; i += 1) {
      volume = Math.max(LEAST_ML, secondVolume(p, p2) + extra);
      theta = (th + flowHeat - 0.4 * th * ((volume - from) / from) + cool) / (1 + cool);
      const off = (PA + p2) * volume - PA * this.n * theta;
      const slope = secondSlope(p, p2);
      p2 -= off / (volume + (PA + p2) * slope + (0.4 * PA * this.n * th * slope) / from);
    }
    this.#volume = volume;
    this.theta = theta;
    this.p2 = p2;
  }
}
