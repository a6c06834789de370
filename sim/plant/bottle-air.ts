/**
 * The damping volume: a rigid bottle on a line of its own beside the cuff. Its air takes up a part of every wave and gives it back.
 * Equations of gas only; it must never know what a regulator does.
 */
import type { BottleParams } from './bottle-params.ts';
import { AMBIENT_MMHG } from './compliance.ts';
import { lineR1, lineR2 } from './flow.ts';

/** Own resistance of a fold in a hose, mmHg per NmL/s per unit of its factor: see pneumatics.ts. */
const FOLD = 0.3;
/** Air gets stiffer by this when its heat stays. */
const GAMMA = 1.4;
/** Smallest gas amount, NmL. */
const N_FLOOR = 1;
/** Conductance of an open hose end a mm2 of bore, NmL/s per mmHg abs: 0.6 for 4 mm, as manufacturers' tables of hoses have it. */
const HOLE_PER_MM2 = 0.0375;

/** Air in the bottle: pressure, amount, temperature; and the flow in its line. */
export class BottleAir {
  readonly params: BottleParams;
  readonly atPump: boolean;
  /** Pressure, gauge mmHg; gas, NmL; temperature over the room's; flow into the bottle in the last step, NmL/s. */
  p = 0;
  n: number;
  theta = 1;
  flow = 0;
  flowSlope = 0;
  /** What its leak has lost, NmL. */
  lost = 0;
  /** 1 normal, 400 kinked: multiplies the line's resistances, and the fold adds its own. */
  factor = 1;
  /** The line has come off at the cuff: bottle and cuff know nothing of each other any more. */
  off = false;
  readonly #dt: number;
  readonly #ambient: number;
  readonly #r1: number;
  readonly #r2: number;
  readonly #own: number;
  readonly #leak: number;

  /** @param dt step, s */
  constructor(params: BottleParams, ambientMmHg: number, dt: number) {
    this.params = params;
    this.atPump = params.at === 'pump';
    this.#dt = dt;
    this.#ambient = ambientMmHg;
    this.#r1 = lineR1(params.lineM, params.lineBoreMm);
    this.#r2 = lineR2(params.fittingBoreMm, params.fittingLoss);
    this.#own = (GAMMA * AMBIENT_MMHG) / params.ml;
    this.#leak = ((params.leakMmHgPerMin / 60) * params.ml) / AMBIENT_MMHG / 150;
    this.n = (params.ml * ambientMmHg) / AMBIENT_MMHG;
  }

  /** The line has come off: what was in the bottle blows into the room. */
  come(off: boolean): void {
    if (off && !this.off) {
      this.lost += this.n;
      this.n = (this.params.ml * this.#ambient) / AMBIENT_MMHG;
      this.lost -= this.n;
      this.theta = 1;
      this.p = 0;
    }
    this.off = off;
  }

  /** The line carries nothing: the tap is shut, or it has come off. */
  get apart(): boolean {
    return this.off || this.params.tap === 'shut';
  }

  /** Hole that a line which has come off leaves behind, NmL/s per mmHg abs. */
  get hole(): number {
    const bore = Math.min(this.params.lineBoreMm, this.params.fittingBoreMm);
    return this.off && this.params.coupling === 'plain' ? HOLE_PER_MM2 * bore * bore : 0;
  }

  /**
   * Flow into the bottle with `mmHg` at the joint, NmL/s, and its slope in `flowSlope`. `joint`: rise of the joint by a NmL, mmHg. What
   * bottle and joint change by within the step acts like a resistance in series, which is implicit Euler: no line is too short for the step.
   */
  flowAt(mmHg: number, joint: number): number {
    const d = mmHg - this.p;
    const r1 = this.#r1 * this.factor + FOLD * (this.factor - 1) + this.#dt * (this.#own + joint);
    const root = Math.sqrt(r1 * r1 + 4 * this.#r2 * this.factor * Math.abs(d));
    this.flowSlope = 1 / root;
    return (2 * d) / (r1 + root);
  }

  /** One step with `mmHg` at the joint. Returns what has flown into the bottle, NmL/s. */
  step(mmHg: number, joint: number): number {
    const q = this.flowAt(mmHg, joint);
    this.flow = q;
    this.#take(q);
    return q;
  }

  #take(q: number): void {
    const out = this.#leak * this.p * this.#dt;
    let dn = q * this.#dt - out;
    if (this.n + dn < N_FLOOR) dn = N_FLOOR - this.n;
    this.lost += q * this.#dt - dn;
    const cool = this.#dt / this.params.exchangeS;
    this.theta = (this.theta + (0.4 * this.theta * dn) / this.n + cool) / (1 + cool);
    this.n += dn;
    this.p = (AMBIENT_MMHG * this.n * this.theta) / this.params.ml - this.#ambient;
  }
}
