/** Pump motor and solenoid: what follows from a duty, with dead zone, spin-up and travel. */
import { COIL_HIT_MS, type PlantParams } from './params.ts';

/** Table of one pump stroke, amplitude 1. */
const STROKE = 256;
const stroke = new Float64Array(STROKE);
for (let i = 0; i < STROKE; i += 1) stroke[i] = Math.sin((2 * Math.PI * (i + 0.5)) / STROKE);

/** Share of the rated current that shuts a proportional valve, and what it opens over. */
export const PROPORTIONAL_SHUT = 0.85;
const PROPORTIONAL_SPAN = 0.6;

/** Rotor and strokes of a diaphragm pump on a DC motor, with its dead zone. */
export class PumpMotor {
  /** Speed, 1 = rated. */
  speed = 0;
  /** Where in the stroke, 0..1. */
  phase = 0;
  #spinning = false;
  readonly #up: number;
  readonly #down: number;
  readonly #strokes: number;
  readonly #flow: number;
  readonly #ripple: number;
  readonly #friction: number;
  readonly #load: number;
  readonly #span: number;
  readonly #start: number;
  readonly #run: number;
  readonly #stall: number;
  /** How warm the motor is, 1 = as it gets in the end. */
  #warmth = 0;
  readonly #heat: number;
  readonly #warming: number;
  /** A thermal cut-out: it stops after running for so long, s, and comes back when it has rested as long; infinite = none. */
  cutOutS = Number.POSITIVE_INFINITY;
  #ranS = 0;
  #isCut = false;
  readonly #dt: number;

  /** @param dt step, s */
  constructor(plant: PlantParams, dt: number) {
    this.#dt = dt;
    this.#heat = plant.pumpHeat;
    this.#warming = 1 - Math.exp(-dt / plant.pumpHeatS);
    this.#up = 1 - Math.exp(-dt / plant.pumpUpS);
    this.#down = 1 - Math.exp(-dt / plant.pumpDownS);
    this.#strokes = plant.pumpHz * dt;
    this.#flow = plant.pumpFlow;
    this.#ripple = plant.pumpRipple;
    this.#friction = plant.pumpFriction;
    this.#load = plant.pumpLoad;
    this.#span = 1 - plant.pumpFriction - 0.4 * plant.pumpLoad;
    this.#start = plant.pumpStart;
    this.#run = plant.pumpRun;
    this.#stall = plant.pumpStall;
  }

  /** What a warm motor makes of the voltage. */
  #warm(volts: number): number {
    this.#warmth += (this.speed - this.#warmth) * this.#warming;
    return volts * (1 - this.#heat * this.#warmth);
  }

  /** What a cut-out leaves of the voltage. */
  #cut(volts: number): number {
    const runs = volts > 0 && !this.#isCut;
    this.#ranS = Math.max(0, this.#ranS + (runs ? this.#dt : -this.#dt));
    if (this.#ranS >= this.cutOutS) this.#isCut = true;
    else if (this.#ranS === 0) this.#isCut = false;
    return this.#isCut ? 0 : volts;
  }

  /**
   * One step with mean voltage `volts` (1 = rated) against `load` = pressure over shut-off pressure.
   * Returns the flow it would give into no pressure, NmL/s.
   */
  step(volts: number, load: number): number {
    let w = this.speed;
    const given = this.cutOutS === Number.POSITIVE_INFINITY ? volts : this.#cut(volts);
    const drive = this.#heat === 0 ? given : this.#warm(given);
    if (drive === 0 && w === 0) return 0;
    const need = (this.#spinning ? this.#run : this.#start) + this.#stall * load;
    this.#spinning = drive > need;
    let to = 0;
    if (this.#spinning) {
      to = (drive - this.#friction - this.#load * load) / this.#span;
      to = to < 0 ? 0 : to > 1.15 ? 1.15 : to;
    }
    w += (to - w) * (to > w ? this.#up : this.#down);
    if (w < 1e-4) {
      this.speed = 0;
      return 0;
    }
    this.speed = w;
    let phase = this.phase + this.#strokes * w;
    if (phase >= 1) phase -= 1;
    this.phase = phase;
    return this.#flow * w * (1 + this.#ripple * (stroke[(phase * STROKE) | 0] as number));
  }
}

/** Coil and armature of a normally open valve. Coil current rises and falls exponentially; the armature moves at constant speed. */
export class Solenoid {
  /** 0 shut .. 1 open, at the end of the step. */
  opening = 1;
  /** Coil current, 1 = rated. */
  coil = 0;
  /** Armature held by a fault: -1 free, 0 shut, 1 open. */
  jammed = -1;
  /** Faults: share of the voltage that is left after the hit, and resistance of the coil on top of its own warmth, as a share. */
  holdFactor = 1;
  overheat = 0;
  /** Lets go of what it held, and pulls in again only after it was switched off. */
  #lost = false;
  #pulled = false;
  readonly #rise: number;
  readonly #fall: number;
  readonly #travel: number;
  readonly #pull: number;
  readonly #drop: number;
  readonly #proportional: boolean;
  readonly #plain: boolean;
  /** How warm the coil is, 1 = as it gets at rated power, and for how long it has been on, ms. */
  #warmth = 0;
  #onMs = 0;
  readonly #heat: number;
  readonly #warming: number;
  readonly #hold: number;
  readonly #dtMs: number;

  /** @param dt step, s */
  constructor(plant: PlantParams, dt: number) {
    this.#rise = 1 - Math.exp((-dt * 1000) / plant.coilMs);
    this.#fall = 1 - Math.exp((-dt * 1000) / (plant.coilMs * plant.flyback));
    this.#travel = (dt * 1000) / plant.travelMs;
    this.#pull = plant.coilPull;
    this.#drop = plant.coilDrop;
    this.#proportional = plant.proportional;
    this.#plain = plant.coilHeat === 0 && plant.coilHold === 1;
    this.#heat = plant.coilHeat;
    this.#warming = 1 - Math.exp(-dt / plant.coilHeatS);
    this.#hold = plant.coilHold;
    this.#dtMs = dt * 1000;
  }

  /** Current, 1 = rated, that a coil comes to which grows warm, behind a hit-and-hold circuit where there is one. */
  #warm(volts: number): number {
    this.#onMs = volts > 0 ? this.#onMs + this.#dtMs : 0;
    const kept = this.#onMs > COIL_HIT_MS ? volts * this.#hold * this.holdFactor : volts;
    const current = kept / (1 + this.#heat * this.#warmth + this.overheat);
    this.#warmth += (kept * current - this.#warmth) * this.#warming;
    return current;
  }

  /** The armature drops: a blow, or a dip of the voltage that nobody saw. A proportional valve has no armature that is held. */
  drop(): void {
    this.#lost = true;
  }

  /** True when nothing stands between voltage and current but the coil's own time. */
  get #isPlain(): boolean {
    return this.#plain && this.holdFactor === 1 && this.overheat === 0;
  }

  /** One step with mean voltage `volts` (1 = rated). Returns the mean opening over the step: thresholds are placed inside it. */
  step(volts: number): number {
    const was = this.coil;
    const drive = this.#isPlain ? volts : this.#warm(volts);
    const coil = was + (drive - was) * (drive > was ? this.#rise : this.#fall);
    this.coil = coil;
    if (this.jammed >= 0) {
      this.opening = this.jammed;
      return this.jammed;
    }
    if (this.#proportional) return this.#slide(coil);
    let share = 1;
    if (volts === 0) this.#lost = false;
    if (this.#lost) this.#pulled = false;
    else if (this.#pulled) {
      if (coil <= this.#drop) {
        this.#pulled = false;
        share = (coil - this.#drop) / (coil - was);
      }
    } else if (coil >= this.#pull) {
      this.#pulled = true;
      share = (coil - this.#pull) / (coil - was);
    }
    const end = this.#pulled ? 0 : 1;
    return this.opening === end ? end : this.#travelTo(end, share);
  }

  /** Move towards `end` for the last `share` of the step; returns the mean opening. */
  #travelTo(end: number, share: number): number {
    const from = this.opening;
    const path = this.#travel * share;
    const left = end > from ? end - from : from - end;
    if (path >= left) {
      this.opening = end;
      // on the way for left / path of the share, at the end for the rest of it
      const mean = path > 0 ? end + ((from - end) * left) / (2 * path) : from;
      return from * (1 - share) + mean * share;
    }
    this.opening = end > from ? from + path : from - path;
    return from * (1 - share) + ((from + this.opening) / 2) * share;
  }

  /** A proportional valve: opens between 85 and 25 % of the current, with play. */
  #slide(coil: number): number {
    const want = (PROPORTIONAL_SHUT - coil) / PROPORTIONAL_SPAN;
    const aim = want < 0 ? 0 : want > 1 ? 1 : want;
    let x = this.opening;
    if (aim <= 0 || aim >= 1) x = aim;
    else if (x < aim - 0.04) x = aim - 0.04;
    else if (x > aim + 0.04) x = aim + 0.04;
    this.opening = x;
    return x;
  }
}
