import { gasCapacity, AMBIENT_MMHG as PA, referenceCompliance, seatingCompliance } from './compliance.ts';
import type { PlantParams } from './params.ts';

/** Below this gauge pressure every orifice is linear (laminar), mmHg. */
const LAMINAR_MMHG = 2;
/** Smallest gas amount, NmL, and cuff volume, mL: a collapsed bag. */
const N_FLOOR = 1;
const V_FLOOR = 2;
/** Seating undoes itself this much slower than it grows: only a re-wrapped cuff starts afresh. */
const UNSEAT = 1 / 20;
/**
 * Own resistance of a fold in the hose, mmHg per NmL/s per unit of its factor: a kink of 400 keeps a cuff up (154 -> 144 mmHg in 10 s)
 * on a short hose as on a long one.
 */
const FOLD = 0.3;
/** Table of one pump stroke. */
const STROKE = 256;
const stroke = new Float64Array(STROKE);
for (let i = 0; i < STROKE; i += 1) stroke[i] = Math.sin((2 * Math.PI * (i + 0.5)) / STROKE);

/**
 * Pump, hose, valve, cuff and limb as lumped gas equations: two pressures, gas amount, gas temperature, creep, seating, rotor, coil and
 * armature. Fields are flat numbers, and `run` keeps the state in locals while it steps. Units: mmHg gauge, NmL, mL, seconds.
 */
export class Pneumatics {
  // state
  p1 = 0;
  p2 = 0;
  n: number;
  theta = 1;
  volume: number;
  fast = 0;
  slow = 0;
  seated = 0;
  rotor = 0;
  strokePhase = 0;
  spinning = false;
  coil = 0;
  pulled = false;
  opening = 1;
  // flows of the last step, NmL/s, and totals, NmL
  qPump = 0;
  qHose = 0;
  qValve = 0;
  qLeak = 0;
  gasIn = 0;
  gasOut = 0;
  readonly gasStart: number;
  // inputs that change at run time
  drive = 0;
  command = 0;
  rail = 1;
  /** Orifice at the cuff besides the leak: burst, hose off (NmL/s per mmHg abs). */
  holeC = 0;
  /** 1 normal, 400 kinked: multiplies both hose resistances, and the fold adds its own. */
  hoseFactor = 1;
  /** The hose has come off the cuff: the pump end blows into the room. */
  hoseOff = false;
  /** Armature held by a fault: -1 free, 0 shut, 1 open. */
  jammed = -1;
  pumpFactor = 1;

  readonly dt: number;
  // constants
  readonly #q0: number;
  readonly #pmax: number;
  readonly #ripple: number;
  readonly #strokes: number;
  readonly #up: number;
  readonly #down: number;
  readonly #u0: number;
  readonly #ku: number;
  readonly #uSpan: number;
  readonly #us: number;
  readonly #ur: number;
  readonly #kst: number;
  readonly #backLeak: number;
  readonly #sag: number;
  readonly #v1: number;
  readonly #r1: number;
  readonly #r2: number;
  readonly #valveC: number;
  readonly #valveB: number;
  readonly #valveAtCuff: boolean;
  readonly #coilUp: number;
  readonly #coilDown: number;
  readonly #travel: number;
  readonly #pull: number;
  readonly #drop: number;
  readonly #proportional: boolean;
  readonly #bleedC: number;
  readonly #v0: number;
  readonly #va: number;
  readonly #pa: number;
  readonly #k: number;
  readonly #soft: number;
  readonly #softP: number;
  readonly #kFast: number;
  readonly #kSlow: number;
  readonly #kSeat: number;
  readonly #eFast: number;
  readonly #eSlow: number;
  readonly #cool: number;
  readonly #leakQ: number;
  readonly #crack: number;
  readonly #relief: number;

  /**
   * @param plant what is simulated
   * @param vm limb volume pushed into the cuff at the start, mL
   * @param stepsPerMs 1 normally; 2 or 4 to see what the step size does
   */
  constructor(plant: PlantParams, vm: number, stepsPerMs: number) {
    const dt = 1 / 1000 / stepsPerMs;
    this.dt = dt;
    this.#q0 = plant.pumpFlow;
    this.#pmax = plant.pumpShutOff;
    this.#ripple = plant.pumpRipple;
    this.#strokes = plant.pumpHz * dt;
    this.#up = 1 - Math.exp(-dt / plant.pumpUpS);
    this.#down = 1 - Math.exp(-dt / plant.pumpDownS);
    this.#u0 = plant.pumpFriction;
    this.#ku = plant.pumpLoad;
    this.#uSpan = 1 - plant.pumpFriction - 0.4 * plant.pumpLoad;
    this.#us = plant.pumpStart;
    this.#ur = plant.pumpRun;
    this.#kst = plant.pumpStall;
    this.#backLeak = plant.pumpBackLeak;
    this.#sag = plant.sag;
    this.#v1 = plant.manifoldMl / PA;
    this.#r1 = hoseR1(plant);
    this.#r2 = hoseR2(plant);
    this.#valveC = plant.valveC;
    this.#valveB = plant.valveB;
    this.#valveAtCuff = plant.valveAt === 'cuff';
    this.#coilUp = 1 - Math.exp((-dt * 1000) / plant.coilMs);
    this.#coilDown = 1 - Math.exp((-dt * 1000) / (plant.coilMs * plant.flyback));
    this.#travel = (dt * 1000) / plant.travelMs;
    this.#pull = plant.coilPull;
    this.#drop = plant.coilDrop;
    this.#proportional = plant.proportional;
    this.#bleedC = plant.bleed * plant.valveC;
    this.#v0 = plant.residualMl;
    this.#va = plant.slackMl;
    this.#pa = plant.slackMmHg;
    this.#k = plant.stretch;
    this.#soft = plant.softMl;
    this.#softP = plant.softMmHg;
    const creep = referenceCompliance(plant);
    this.#kFast = plant.creepFast * creep;
    this.#kSlow = plant.creepSlow * creep;
    this.#kSeat = plant.seat * seatingCompliance(plant);
    this.#eFast = 1 - Math.exp(-dt / plant.creepFastS);
    this.#eSlow = 1 - Math.exp(-dt / plant.creepSlowS);
    this.#cool = dt / plant.thermalS;
    this.#leakQ = leakConductance(plant);
    this.#crack = plant.relief === null ? Number.POSITIVE_INFINITY : plant.relief.crackMmHg;
    this.#relief = plant.relief === null ? 0 : plant.relief.flow / 20;
    this.volume = Math.max(V_FLOOR, plant.residualMl - vm);
    this.n = this.volume;
    this.gasStart = this.n;
  }

  /** Gas that the books cannot explain, NmL: what is stored minus what came in plus what went out. */
  gasError(): number {
    return this.n + this.#v1 * this.p1 - this.gasStart - this.gasIn + this.gasOut;
  }

  /**
   * Advance `count` steps; step k (from `first` + 1 on) sees the limb volume vmBase + k * vmStep. Cutting a run in two changes no bit.
   * @param seatPath share of a full seating that the motion of one step is worth
   */
  run(count: number, first: number, vmBase: number, vmStep: number, seatPath: number): void {
    const dt = this.dt;
    const v1dt = this.#v1 / dt;
    const pmax = this.#pmax;
    const b = this.#valveB;
    const hoseOff = this.hoseOff;
    const r1 = this.#r1 * this.hoseFactor + FOLD * (this.hoseFactor - 1);
    const r2 = this.#r2 * this.hoseFactor;
    const rr1 = r1 * r1;
    const rr2 = 4 * r2;
    const va = this.#va;
    const ipa = 1 / this.#pa;
    const k = this.#k;
    const soft = this.#soft;
    const softP = this.#softP;
    const cool = this.#cool;
    const u = this.drive;
    const rail = this.rail;
    const jammed = this.jammed;
    const q0 = this.#q0 * this.pumpFactor;
    const cuffC = this.holeC;
    const crack = this.#crack;
    let p1 = this.p1;
    let p2 = this.p2;
    let n = this.n;
    let theta = this.theta;
    let volume = this.volume;
    let fast = this.fast;
    let slow = this.slow;
    let seated = this.seated;
    let w = this.rotor;
    let phase = this.strokePhase;
    let spinning = this.spinning;
    let coil = this.coil;
    let pulled = this.pulled;
    let x = this.opening;
    let gasIn = this.gasIn;
    let gasOut = this.gasOut;
    let qp = 0;
    let qh = 0;
    let qv = 0;
    let ql = 0;
    for (let s = 0; s < count; s += 1) {
      const vm = vmBase + vmStep * (first + s + 1);
      // pump
      const vb = rail * (1 - this.#sag * w);
      const drive = u * vb;
      const load = p1 / pmax;
      if (spinning) {
        if (!(drive > this.#ur + this.#kst * load)) spinning = false;
      } else if (drive > this.#us + this.#kst * load) spinning = true;
      let wTo = 0;
      if (spinning) {
        wTo = (drive - this.#u0 - this.#ku * load) / this.#uSpan;
        wTo = wTo < 0 ? 0 : wTo > 1.15 ? 1.15 : wTo;
      }
      w += (wTo - w) * (wTo > w ? this.#up : this.#down);
      let pumpQ = 0;
      if (w > 1e-4) {
        phase += this.#strokes * w;
        if (phase >= 1) phase -= 1;
        pumpQ = q0 * w * (1 + this.#ripple * (stroke[(phase * STROKE) | 0] as number));
      } else w = 0;
      // coil and armature: the crossing of a threshold is placed inside the step, and xMean is the mean opening over it
      const to = this.command * vb;
      const was = coil;
      coil += (to - coil) * (to > coil ? this.#coilUp : this.#coilDown);
      let move = 1;
      let xMean = x;
      if (jammed >= 0) {
        x = jammed;
        xMean = jammed;
      } else if (this.#proportional) {
        const want = (0.85 - coil) / 0.6;
        const aim = want < 0 ? 0 : want > 1 ? 1 : want;
        if (x < aim - 0.04) x = aim - 0.04;
        else if (x > aim + 0.04) x = aim + 0.04;
        if (aim <= 0) x = 0;
        else if (aim >= 1) x = 1;
        xMean = x;
      } else {
        if (pulled) {
          if (coil <= this.#drop) {
            pulled = false;
            move = (coil - this.#drop) / (coil - was);
          }
        } else if (coil >= this.#pull) {
          pulled = true;
          move = (coil - this.#pull) / (coil - was);
        }
        const end = pulled ? 0 : 1;
        if (x !== end) {
          const x0 = x;
          const path = this.#travel * move;
          if (path <= 0) xMean = x0;
          else if (pulled) {
            x = x0 - path;
            if (x <= 0) {
              xMean = x0 * (1 - move) + (move * x0 * x0) / (2 * path);
              x = 0;
            } else xMean = x0 - (move * path) / 2;
          } else {
            x = x0 + path;
            if (x >= 1) {
              const rest = 1 - x0;
              xMean = x0 * (1 - move) + move * (1 - (rest * rest) / (2 * path));
              x = 1;
            } else xMean = x0 + (move * path) / 2;
          }
        }
      }
      const valveC = this.#valveC * xMean;
      let nodeC = this.#bleedC;
      let cuffHole = cuffC;
      if (this.#valveAtCuff) cuffHole += valveC;
      else nodeC += valveC;
      // node 1, implicit
      const p1Old = p1;
      const far = hoseOff ? 0 : p2;
      qp = 0;
      qv = 0;
      if (pumpQ === 0 && nodeC === 0 && p1 - far < 1e-7 && far - p1 < 1e-7) {
        p1 = far;
        qv = 0;
      } else {
        const slopeP = pumpQ / pmax;
        for (let it = 0; it < 6; it += 1) {
          const room = 1 - p1 / pmax;
          let f = v1dt * (p1 - p1Old) + this.#backLeak * p1;
          let df = v1dt + this.#backLeak;
          if (room > 0) {
            f -= pumpQ * room;
            df += slopeP;
          }
          if (nodeC > 0) {
            if (p1 > LAMINAR_MMHG) {
              const abs = PA + p1;
              const r = PA / abs;
              if (r > b) {
                const z = (r - b) / (1 - b);
                const root = Math.sqrt(1 - z * z);
                f += nodeC * abs * root;
                df += nodeC * (root + (z * r) / (root * (1 - b)));
              } else {
                f += nodeC * abs;
                df += nodeC;
              }
            } else {
              const slope = nodeC * laminarSlope(b);
              f += slope * p1;
              df += slope;
            }
          }
          const d = p1 - far;
          const ad = d < 0 ? -d : d;
          const root = Math.sqrt(rr1 + rr2 * ad);
          f += (2 * d) / (r1 + root);
          df += 1 / root;
          const step = f / df;
          p1 -= step;
          if (step < 1e-6 && step > -1e-6) break;
        }
        if (p1 < pmax) qp = pumpQ * (1 - p1 / pmax);
        if (nodeC > 0) qv = nodeC * orifice(p1, b);
      }
      const back = this.#backLeak * p1;
      // the hose flow closes the balance of node 1 exactly
      qh = qp - back - qv - v1dt * (p1 - p1Old);
      gasIn += (qp - back) * dt;
      gasOut += qv * dt;
      let qCuff = qh;
      if (hoseOff) {
        gasOut += qh * dt;
        qCuff = 0;
      }
      // what leaves the cuff
      ql = this.#leakQ * p2;
      if (cuffHole > 0) {
        const q = cuffHole * orifice(p2, b);
        ql += q;
        if (this.#valveAtCuff && valveC > 0) qv += (q * valveC) / cuffHole;
      }
      if (p2 > crack) ql += (p2 - crack) * this.#relief;
      let dn = (qCuff - ql) * dt;
      gasOut += ql * dt;
      if (n + dn < N_FLOOR) {
        gasIn += N_FLOOR - n - dn;
        dn = N_FLOOR - n;
      }
      const nOld = n;
      n += dn;
      // creep and seating
      fast += (this.#kFast * p2 - fast) * this.#eFast;
      slow += (this.#kSlow * p2 - slow) * this.#eSlow;
      if (seatPath > 0) {
        const missing = this.#kSeat * p2 - seated;
        seated += (missing > 0 ? missing : missing * UNSEAT) * seatPath;
      }
      // gas law for p2, with the temperature that follows from it
      const base = this.#v0 + fast + slow + seated - vm;
      const heat = 0.4 * theta;
      const thetaIn = theta + heat * (dn / nOld) + cool;
      const damp = 1 / (1 + cool);
      const vOld = volume;
      let th = theta;
      for (let it = 0; it < 5; it += 1) {
        const e = va * Math.exp(-p2 * ipa);
        const folds = 1 / ((p2 < 0 ? -p2 : p2) + softP);
        volume = base + va - e + k * p2 + soft * p2 * folds;
        let slope = e * ipa + k + soft * softP * folds * folds;
        if (volume < V_FLOOR) {
          volume = V_FLOOR;
          slope = k;
        }
        th = (thetaIn - (heat * (volume - vOld)) / vOld) * damp;
        const g = (PA + p2) * volume - PA * n * th;
        const dg = volume + (PA + p2) * slope + (PA * n * heat * slope * damp) / vOld;
        const step = g / dg;
        p2 -= step;
        volume -= slope * step;
        th += (heat * slope * step * damp) / vOld;
        if (step < 1e-6 && step > -1e-6) break;
      }
      theta = th;
    }
    this.p1 = p1;
    this.p2 = p2;
    this.n = n;
    this.theta = theta;
    this.volume = volume;
    this.fast = fast;
    this.slow = slow;
    this.seated = seated;
    this.rotor = w;
    this.strokePhase = phase;
    this.spinning = spinning;
    this.coil = coil;
    this.pulled = pulled;
    this.opening = x;
    this.qPump = qp;
    this.qHose = qh;
    this.qValve = qv;
    this.qLeak = ql;
    this.gasIn = gasIn;
    this.gasOut = gasOut;
  }
}

/** Flow through an orifice of conductance 1 into the room, ISO 6358, linear below 2 mmHg; NmL/s. */
export function orifice(p: number, b: number): number {
  if (p <= LAMINAR_MMHG) return laminarSlope(b) * p;
  const abs = PA + p;
  const r = PA / abs;
  if (r <= b) return abs;
  const z = (r - b) / (1 - b);
  return abs * Math.sqrt(1 - z * z);
}

/** Slope of the linear part, so that both parts meet. */
function laminarSlope(b: number): number {
  const abs = PA + LAMINAR_MMHG;
  const z = (PA / abs - b) / (1 - b);
  return (abs * Math.sqrt(1 - z * z)) / LAMINAR_MMHG;
}

/** Laminar hose resistance, mmHg per NmL/s (Poiseuille, air at 20 C). */
export function hoseR1(plant: PlantParams): number {
  const d = plant.hoseBoreMm / 1000;
  return (128 * 1.82e-5 * plant.hoseM) / (Math.PI * d * d * d * d) / 1e6 / 133.322;
}

/** Loss of entry, exit and barbs, mmHg per (NmL/s)^2. */
export function hoseR2(plant: PlantParams): number {
  const d = plant.barbBoreMm / 1000;
  const area = (Math.PI * d * d) / 4;
  return (plant.barbLoss * 0.5 * 1.2) / (area * area) / 1e12 / 133.322;
}

/** Leak as a linear conductance, NmL/s per mmHg, from its size at 150 mmHg. */
export function leakConductance(plant: PlantParams): number {
  return flowForRate(plant, plant.leakMmHgPerMin) / 150;
}

/** Gas flow, NmL/s, that moves the cuff by `mmHgPerMin` at 150 mmHg. */
export function flowForRate(plant: PlantParams, mmHgPerMin: number): number {
  return (mmHgPerMin / 60) * gasCapacity(plant, 150);
}
