/** The equations of air in pump, hose, valve and cuff: the only plant there is. They know nothing of firmware or sensors. */
import { PumpMotor, Solenoid } from './actuators.ts';
import { BottleAir } from './bottle-air.ts';
import { AMBIENT_MMHG, referenceCompliance, seatingCompliance } from './compliance.ts';
import { flowForRate, hoseR1, hoseR2, LAMINAR_MMHG, laminarSlope, orifice } from './flow.ts';
import type { PlantParams } from './params.ts';

// a constant of this file: an imported one is looked up on every use by some loaders. Gas amounts are mL at this pressure.
const PN = AMBIENT_MMHG;
const LAMINAR = LAMINAR_MMHG;
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
/** Newton ends when a step is below this, mmHg; the error left is its square over the curvature: below 1e-6. */
const NODE_STEP = 1e-4;
const GAS_STEP = 1e-3;

/**
 * Pump, hose, valve, cuff and limb as lumped gas equations: two pressures, gas amount, gas temperature, creep, seating, and the two
 * actuators. `run` keeps its state in locals while it steps. Units: mmHg gauge, NmL, mL, seconds.
 */
export class Pneumatics {
  readonly motor: PumpMotor;
  readonly solenoid: Solenoid;
  /** The damping volume; null = none fitted. */
  readonly bottle: BottleAir | null;
  // state
  p1 = 0;
  p2 = 0;
  n: number;
  theta = 1;
  volume: number;
  fast = 0;
  slow = 0;
  seated = 0;
  /** Slope of the cuff's volume in the last step, mL per mmHg. */
  slope = 0;
  // flows of the last step, NmL/s, and totals, NmL
  qPump = 0;
  qHose = 0;
  qValve = 0;
  qLeak = 0;
  gasIn = 0;
  gasOut = 0;
  // inputs: duty of pump and coil, motor rail (1 = rated)
  drive = 0;
  command = 0;
  rail = 1;
  // faults
  /** Orifice at the cuff besides the leak, NmL/s per mmHg abs. */
  holeC = 0;
  /** 1 normal, 400 kinked: multiplies both hose resistances, and the fold adds its own. Off: the pump end blows into the room. */
  hoseFactor = 1;
  hoseOff = false;
  pumpFactor = 1;

  readonly #gasStart: number;
  readonly #plant: PlantParams;
  readonly #dt: number;
  readonly #v1: number;
  readonly #r1: number;
  readonly #r2: number;
  readonly #slope: number;
  readonly #kFast: number;
  readonly #kSlow: number;
  readonly #kSeat: number;
  readonly #eFast: number;
  readonly #eSlow: number;
  readonly #leak: number;
  readonly #crack: number;
  readonly #relief: number;

  /**
   * @param plant what is simulated
   * @param stepsPerMs 1 normally; 2 or 4 to see what the step size does
   */
  constructor(plant: PlantParams, stepsPerMs: number) {
    const dt = 1 / 1000 / stepsPerMs;
    this.#plant = plant;
    this.#dt = dt;
    this.motor = new PumpMotor(plant, dt);
    this.solenoid = new Solenoid(plant, dt);
    this.bottle = plant.bottle === null ? null : new BottleAir(plant.bottle, plant.ambientMmHg, dt);
    this.#v1 = plant.manifoldMl / PN;
    this.#r1 = hoseR1(plant);
    this.#r2 = hoseR2(plant);
    this.#slope = laminarSlope(plant.valveB, plant.ambientMmHg);
    this.#kFast = plant.creepFast * referenceCompliance(plant);
    this.#kSlow = plant.creepSlow * referenceCompliance(plant);
    this.#kSeat = plant.seat * seatingCompliance(plant);
    this.#eFast = 1 - Math.exp(-dt / plant.creepFastS);
    this.#eSlow = 1 - Math.exp(-dt / plant.creepSlowS);
    this.#leak = flowForRate(plant, plant.leakMmHgPerMin) / 150;
    this.#crack = plant.relief === null ? Number.POSITIVE_INFINITY : plant.relief.crackMmHg;
    this.#relief = plant.relief === null ? 0 : plant.relief.flow / 20;
    this.volume = Math.max(V_FLOOR, plant.residualMl);
    this.n = (this.volume * plant.ambientMmHg) / PN;
    this.#gasStart = this.n + (this.bottle?.n ?? 0);
  }

  /** Gas that the books cannot explain, NmL: what is stored minus what came in plus what went out. */
  gasError(): number {
    const bottled = this.bottle === null ? 0 : this.bottle.n + this.bottle.lost;
    return this.n + this.#v1 * this.p1 + bottled - this.#gasStart - this.gasIn + this.gasOut;
  }

  /**
   * Advance `count` steps; step k (from `first` + 1 on) sees the limb volume vmBase + k * vmStep. Cutting a run in two changes no bit.
   * @param seatPath share of a full seating that the motion of one step is worth
   */
  run(count: number, first: number, vmBase: number, vmStep: number, seatPath: number): void {
    const plant = this.#plant;
    const motor = this.motor;
    const solenoid = this.solenoid;
    const dt = this.#dt;
    const pa = plant.ambientMmHg;
    const thin = pa / PN;
    const v1dt = this.#v1 / dt;
    const pmax = plant.pumpShutOff;
    const backLeak = plant.pumpBackLeak;
    const sag = plant.sag;
    const b = plant.valveB;
    const ib = 1 / (1 - b);
    const slope0 = this.#slope;
    const hoseOff = this.hoseOff;
    const r1 = this.#r1 * this.hoseFactor + FOLD * (this.hoseFactor - 1);
    const rr1 = r1 * r1;
    const rr2 = 4 * this.#r2 * this.hoseFactor;
    const bottle = this.bottle;
    const joined = bottle === null || bottle.apart ? null : bottle;
    const nodeBottle = joined?.atPump === true ? joined : null;
    const cuffBottle = joined?.atPump === false ? joined : null;
    const bleedC = plant.bleed * plant.valveC + (bottle?.atPump === true ? bottle.hole : 0);
    const fullC = plant.valveC;
    const valveAtCuff = plant.valveAt === 'cuff';
    const v0 = plant.residualMl;
    const va = plant.slackMl;
    const ipa = 1 / plant.slackMmHg;
    const soft = plant.softMl;
    const softP = plant.softMmHg;
    const k = plant.stretch;
    const cool = dt / plant.thermalS;
    const damp = 1 / (1 + cool);
    const kFast = this.#kFast;
    const kSlow = this.#kSlow;
    const kSeat = this.#kSeat;
    const eFast = this.#eFast;
    const eSlow = this.#eSlow;
    const leak = this.#leak;
    const crack = this.#crack;
    const relief = this.#relief;
    const holeC = this.holeC + (bottle?.atPump === false ? bottle.hole : 0);
    const { drive: u, command, rail, pumpFactor } = this;
    let p1 = this.p1;
    let p2 = this.p2;
    let n = this.n;
    let theta = this.theta;
    let volume = this.volume;
    let fast = this.fast;
    let slow = this.slow;
    let seated = this.seated;
    let gasIn = this.gasIn;
    let gasOut = this.gasOut;
    let slope = this.slope;
    let qp = 0;
    let qh = 0;
    let qv = 0;
    let ql = 0;
    for (let s = 1; s <= count; s += 1) {
      const vb = rail * (1 - sag * motor.speed);
      const pumpQ = thin * pumpFactor * motor.step(u * vb, p1 / pmax);
      const valveC = fullC * solenoid.step(command * vb);
      const nodeC = valveAtCuff ? bleedC : bleedC + valveC;

      // node 1, implicit: what the pump gives, what the valve takes, what goes down the hose
      const p1Old = p1;
      const far = hoseOff ? 0 : p2;
      for (let it = 0; it < 6; it += 1) {
        const share = 1 - p1 / pmax;
        let f = v1dt * (p1 - p1Old) + backLeak * p1;
        let df = v1dt + backLeak;
        if (share > 0) {
          f -= pumpQ * share;
          df += pumpQ / pmax;
        }
        if (nodeC > 0) {
          if (p1 <= LAMINAR) {
            f += nodeC * slope0 * p1;
            df += nodeC * slope0;
          } else {
            const abs = pa + p1;
            const r = pa / abs;
            const z = r > b ? (r - b) * ib : 0;
            const root = Math.sqrt(1 - z * z);
            f += nodeC * abs * root;
            df += nodeC * (root + (z * r * ib) / root);
          }
        }
        const d = p1 - far;
        const root = Math.sqrt(rr1 + rr2 * (d < 0 ? -d : d));
        f += (2 * d) / (r1 + root);
        df += 1 / root;
        if (nodeBottle !== null) {
          f += nodeBottle.flowAt(p1, 0);
          df += nodeBottle.flowSlope;
        }
        const step = f / df;
        p1 -= step;
        if (step < NODE_STEP && step > -NODE_STEP) break;
      }
      qp = p1 < pmax ? pumpQ * (1 - p1 / pmax) : 0;
      qv = nodeC > 0 ? nodeC * orifice(p1, b, slope0, pa) : 0;
      const net = qp - backLeak * p1;
      // the hose flow closes the balance of node 1 exactly
      qh = net - qv - v1dt * (p1 - p1Old);
      if (nodeBottle !== null) qh -= nodeBottle.step(p1, 0);
      gasIn += net * dt;
      gasOut += qv * dt;

      // what leaves the cuff: leak, hole, relief valve, and the exhaust valve where it sits there
      ql = leak * p2;
      if (p2 > crack) ql += (p2 - crack) * relief;
      let qOut = ql;
      if (holeC > 0 || valveAtCuff) {
        const q = orifice(p2, b, slope0, pa);
        ql += holeC * q;
        qOut = ql;
        if (valveAtCuff) {
          qv += valveC * q;
          qOut += valveC * q;
        }
      }
      gasOut += qOut * dt;
      let dn = -qOut * dt;
      if (hoseOff) gasOut += qh * dt;
      else dn += qh * dt;
      if (cuffBottle !== null) dn -= cuffBottle.step(p2, (PN * theta) / (volume + (pa + p2) * slope)) * dt;
      if (n + dn < N_FLOOR) {
        gasIn += N_FLOOR - n - dn;
        dn = N_FLOOR - n;
      }
      const heat = 0.4 * theta;
      const thetaIn = theta + (heat * dn) / n + cool;
      n += dn;

      // creep and seating
      fast += (kFast * p2 - fast) * eFast;
      slow += (kSlow * p2 - slow) * eSlow;
      if (seatPath > 0) {
        const missing = kSeat * p2 - seated;
        seated += (missing > 0 ? missing : missing * UNSEAT) * seatPath;
      }

      // gas law for p2, with the temperature that follows from the volume
      const base = v0 + va + fast + slow + seated - (vmBase + vmStep * (first + s));
      const vOld = volume;
      const heatV = (heat * damp) / vOld;
      for (let it = 0; it < 5; it += 1) {
        const e = va * Math.exp(-p2 * ipa);
        const folds = 1 / ((p2 < 0 ? -p2 : p2) + softP);
        slope = e * ipa + k + soft * softP * folds * folds;
        volume = base - e + k * p2 + soft * p2 * folds;
        if (volume < V_FLOOR) {
          volume = V_FLOOR;
          slope = k;
        }
        theta = thetaIn * damp - heatV * (volume - vOld);
        const g = (pa + p2) * volume - PN * n * theta;
        const step = g / (volume + (pa + p2) * slope + PN * n * heatV * slope);
        p2 -= step;
        volume -= slope * step;
        theta += heatV * slope * step;
        if (step < GAS_STEP && step > -GAS_STEP) break;
      }
    }
    this.p1 = p1;
    this.p2 = p2;
    this.n = n;
    this.theta = theta;
    this.volume = volume;
    this.fast = fast;
    this.slow = slow;
    this.seated = seated;
    this.slope = slope;
    this.gasIn = gasIn;
    this.gasOut = gasOut;
    this.qPump = qp;
    this.qHose = qh;
    this.qValve = qv;
    this.qLeak = ql;
  }
}
