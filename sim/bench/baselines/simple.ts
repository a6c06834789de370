/**
 * The controllers that ours is compared with: inflate once, bang-bang, a textbook PID and a SIMC PI. They must get what ours
 * gets, and no more.
 */
import { clip } from '../../plant/clip.ts';
import type { Control, ControlMaker } from '../control-drive.ts';

abstract class Baseline implements Control {
  readonly periodMs: number;
  pump = 0;
  bleedMs = 0;
  vent = true;
  readonly target: number;

  constructor(periodMs: number, target: number) {
    this.periodMs = periodMs;
    this.target = target;
  }

  step(now: number, mmHg: number, fresh: boolean, target: number | null): void {
    this.pump = 0;
    this.bleedMs = 0;
    this.vent = target === null;
    if (target !== null) this.act(now, mmHg, fresh);
  }

  protected abstract act(now: number, mmHg: number, fresh: boolean): void;
}

/** A cuff that is filled once: fill, stop at target, wait 0.6 s, top up when more than 2 mmHg low, only within the first 20 s; then sealed. */
class InflateOnce extends Baseline {
  #filling = true;
  #waitUntil = 0;

  protected act(now: number, mmHg: number): void {
    if (this.#filling) {
      if (mmHg < this.target) this.pump = 1;
      else {
        this.#filling = false;
        this.#waitUntil = now + 600;
      }
    } else if (now >= this.#waitUntil && now < 20_000 && this.target - mmHg > 2) {
      this.#filling = true;
      this.pump = 1;
    }
  }
}

/** Pump on beyond -h until the error is gone, valve open beyond +h until it is gone. */
class BangBang extends Baseline {
  readonly #h: number;
  #pumping = false;
  #venting = false;

  constructor(periodMs: number, target: number, h: number) {
    super(periodMs, target);
    this.#h = h;
  }

  protected act(_now: number, mmHg: number): void {
    const e = this.target - mmHg;
    if (e > this.#h) this.#pumping = true;
    else if (e <= 0) this.#pumping = false;
    if (e < -this.#h) this.#venting = true;
    else if (e >= 0) this.#venting = false;
    this.pump = this.#pumping ? 1 : 0;
    if (this.#venting) this.bleedMs = this.periodMs;
  }
}

export const inflateOnce: ControlMaker = (target) => new InflateOnce(50, target);
export const bangBang5: ControlMaker = (target) => new BangBang(100, target, 5);
export const bangBang2: ControlMaker = (target) => new BangBang(50, target, 2);

/** What a PI is tuned by. */
export interface PidTuning {
  readonly kp: number;
  readonly ki: number;
  readonly kd: number;
  readonly periodMs: number;
}

/** The Arduino PID library's example values on +-255. */
class TextbookPid extends Baseline {
  readonly #k: PidTuning;
  #sum = 0;
  #was = Number.NaN;

  constructor(target: number, k: PidTuning) {
    super(k.periodMs, target);
    this.#k = k;
  }

  protected act(_now: number, mmHg: number): void {
    const k = this.#k;
    const dt = this.periodMs / 1000;
    const e = this.target - mmHg;
    this.#sum = clip(this.#sum + k.ki * e * dt, 255);
    const rate = Number.isNaN(this.#was) ? 0 : (mmHg - this.#was) / dt;
    this.#was = mmHg;
    const out = clip(k.kp * e + this.#sum - k.kd * rate, 255);
    if (out > 0) this.pump = out / 255;
    else this.bleedMs = Math.round((-out / 255) * this.periodMs);
  }
}

/** Integrating plant with delay, Skogestad's rules of 2003 (docs/sources.md, plain controllers). */
export interface SimcTuning {
  readonly kc: number;
  readonly ti: number;
  readonly periodMs: number;
  readonly deadBand: number;
}

class SimcPi extends Baseline {
  readonly #k: SimcTuning;
  #sum = 0;

  constructor(target: number, k: SimcTuning) {
    super(k.periodMs, target);
    this.#k = k;
  }

  protected act(_now: number, mmHg: number): void {
    const k = this.#k;
    const dt = this.periodMs / 1000;
    const e = this.target - mmHg;
    if (e <= k.deadBand && e >= -k.deadBand) {
      this.#sum *= 0.9;
      return;
    }
    const raw = k.kc * e + this.#sum;
    if (raw < 1 && raw > -1) this.#sum = clip(this.#sum + ((k.kc * e) / k.ti) * dt, 0.3);
    const u = clip(k.kc * e + this.#sum, 1);
    if (u > 0.02) this.pump = 0.5 + 0.5 * u;
    else if (u < -0.02) this.bleedMs = Math.round(-u * this.periodMs);
  }
}

export const TEXTBOOK: PidTuning = { kp: 2, ki: 5, kd: 1, periodMs: 100 };
export const SIMC: SimcTuning = { kc: 0.067, ti: 1.8, periodMs: 50, deadBand: 1 };

export function pidOf(k: PidTuning): ControlMaker {
  return (target) => new TextbookPid(target, k);
}

export function simcOf(k: SimcTuning): ControlMaker {
  return (target) => new SimcPi(target, k);
}
