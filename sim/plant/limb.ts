/** The limb in the cuff: its volume over time, from motion, pulse, breath and events. */
import { Changes } from './changes.ts';
import type { Activity, Exercise, LimbEvent, LimbParams, MotionParams } from './limb-params.ts';
import type { Random } from './random.ts';
import { lookup, motionTable, PULSE, SINE } from './waveforms.ts';

export type { Activity, Exercise, LimbEvent, LimbParams, MotionParams } from './limb-params.ts';
export { nominalLimb, sampleLimb } from './limb-params.ts';

/** The limb is evaluated every so many ms; the plant goes in straight lines between. */
export const LIMB_GRID_MS = 4;
const DT = LIMB_GRID_MS / 1000;
/** A movement stops within this time. */
const FADE_S = 0.35;

/** What turns sealed-cuff mmHg into mL on this cuff. */
export interface LimbScale {
  /** Sealed compliance at the training pressure, mL per mmHg. */
  readonly mlPerMmHg: number;
  /** Cuff volume at the training pressure, mL. */
  readonly cuffMl: number;
  /** Training pressure the sizes refer to, mmHg. */
  readonly targetMmHg: number;
  readonly lopMmHg: number;
  /** Repetitions to seat the cuff. */
  readonly seatReps: number;
}

/**
 * Limb volume pushed into the cuff over time: movement, pulse, breath, tremor, swelling, posture and single events. Every source has a
 * random stream of its own, drawn by cycle or by time, never by pressure: two controllers meet the same wearer.
 */
export class Limb {
  readonly params: LimbParams;
  readonly #scale: LimbScale;
  readonly #motionRng: Random;
  readonly #heartRng: Random;
  readonly #eventRng: Random;
  readonly #tables: Partial<Record<Exercise, Float64Array>> = {};
  readonly #events: LimbEvent[];
  readonly #timeline: readonly { readonly kind: Activity; readonly fromMs: number; readonly toMs: number }[];
  #nextEvent = 0;
  readonly #changes = new Changes();
  #nextPostureMs: number;

  #activity: Activity = 'rest';
  #moving: Exercise | null = null;
  #motion: MotionParams;
  #table: Float64Array;
  #phase = 0;
  #hz = 1;
  #amplitude = 0;
  #gain = 0;
  #gainRate = 0;
  #setMs = 0;
  #pauseMs = 0;
  #toneMl = 0;
  #standMl = 0;
  #motionMl = 0;
  #wholeMl = 1;

  #heartHz: number;
  #beatHz: number;
  #beatPhase = 0;
  #breathPhase = 0;
  #breathStep: number;
  #tremorPhase = 0;
  #swellMl = 0;
  /** Repetitions or strides begun since the movement started. */
  cycles = 0;
  /** mL at the last evaluated time. */
  vm = 0;
  /** Share of a full seating that one ms of the last grid step was worth. */
  seatPath = 0;

  constructor(params: LimbParams, rng: Random, scale: LimbScale) {
    this.params = params;
    this.#scale = scale;
    this.#motionRng = rng.fork('motion');
    this.#heartRng = rng.fork('heart');
    this.#eventRng = rng.fork('events');
    this.#events = [...(params.events ?? [])].sort((a, b) => a.atMs - b.atMs);
    this.#timeline = params.timeline ?? [];
    const first: Exercise = params.kind === 'rest' ? 'legpress' : params.kind;
    this.#motion = params.motions[first];
    this.#table = this.#tableOf(first);
    this.#heartHz = params.pulseHz;
    this.#beatHz = params.pulseHz;
    this.#breathStep = params.breathHz * DT;
    this.#nextPostureMs = this.#postureGap();
  }

  get activity(): Activity {
    return this.#activity;
  }

  /** Change what the wearer does, from `nowMs` on (takes effect within 4 ms, and a movement ends within 0.35 s). */
  setActivity(kind: Activity, nowMs: number): void {
    if (kind === this.#activity) return;
    this.#activity = kind;
    const upright = kind === 'stand' || kind === 'walk' || kind === 'run';
    const standMl = upright ? this.params.standMmHg * this.#scale.mlPerMmHg : 0;
    if (standMl !== this.#standMl) this.#changes.shift(nowMs, 500, standMl - this.#standMl);
    this.#standMl = standMl;
    if (this.#moving !== null) this.#gainRate = -1 / FADE_S;
    const tone =
      kind === 'rest' || kind === 'stand'
        ? 0
        : this.params.motions[kind].tone * this.params.motions[kind].mmHg;
    const toneMl = tone * this.#scale.mlPerMmHg;
    if (toneMl !== this.#toneMl) this.#changes.shift(nowMs, 500, toneMl - this.#toneMl);
    this.#toneMl = toneMl;
  }

  /** A single event now or later, besides those of the parameters. */
  addEvent(event: LimbEvent): void {
    this.#events.push(event);
    const tail = this.#events.splice(this.#nextEvent).sort((a, b) => a.atMs - b.atMs);
    this.#events.push(...tail);
  }

  /** Evaluate at time `toMs`, one grid step after the last; `mmHg` is the cuff pressure now. Returns mL. */
  step(toMs: number, mmHg: number): number {
    if (this.#timeline.length > 0) this.#followTimeline(toMs);
    while (
      this.#nextEvent < this.#events.length &&
      (this.#events[this.#nextEvent] as LimbEvent).atMs <= toMs
    ) {
      this.#start(this.#events[this.#nextEvent] as LimbEvent);
      this.#nextEvent += 1;
    }
    if (this.params.postureEveryS > 0 && toMs >= this.#nextPostureMs) this.#posture(toMs);
    const motion = this.#moveStep(toMs);
    const path = motion > this.#motionMl ? motion - this.#motionMl : this.#motionMl - motion;
    this.seatPath = path / (2 * this.#wholeMl * this.#scale.seatReps * LIMB_GRID_MS);
    this.#motionMl = motion;
    const vm = motion + this.#quiet(mmHg) + this.#changes.at(toMs);
    this.vm = vm;
    return vm;
  }

  #followTimeline(nowMs: number): void {
    let kind: Activity | null = null;
    for (const part of this.#timeline) {
      if (nowMs >= part.fromMs && nowMs < part.toMs) kind = part.kind;
      else if (nowMs >= part.toMs && nowMs < part.toMs + LIMB_GRID_MS && kind === null) kind = 'rest';
    }
    if (kind !== null) this.setActivity(kind, nowMs);
  }

  #moveStep(nowMs: number): number {
    if (this.#moving === null) {
      if (this.#activity === 'rest' || this.#activity === 'stand') return 0;
      this.#begin(this.#activity, nowMs);
    }
    if (this.#gainRate !== 0) {
      this.#gain += this.#gainRate * DT;
      if (this.#gain >= 1) {
        this.#gain = 1;
        this.#gainRate = 0;
      } else if (this.#gain <= 0) {
        this.#gain = 0;
        this.#gainRate = 0;
        this.#moving = null;
        return 0;
      }
    }
    if (nowMs < this.#pauseMs) return 0;
    this.#phase += this.#hz * DT;
    if (this.#phase >= 1) {
      this.#phase -= 1;
      this.#cycle(nowMs);
    }
    return this.#gain * this.#amplitude * lookup(this.#table, this.#phase);
  }

  #begin(kind: Exercise, nowMs: number): void {
    this.#moving = kind;
    this.#motion = this.params.motions[kind];
    this.#table = this.#tableOf(kind);
    this.#wholeMl = this.#motion.mmHg * this.#scale.mlPerMmHg;
    this.#setMs = nowMs;
    this.#phase = 0;
    const hump = kind === 'legpress' || kind === 'curl';
    this.#gain = hump ? 1 : 0.4;
    this.#gainRate = hump ? 0 : 0.6 * this.#motion.hz;
    this.#cycle(nowMs);
    this.#pauseMs = 0;
    this.cycles = 1;
  }

  /** Draw the next repetition or stride. */
  #cycle(nowMs: number): void {
    this.cycles += 1;
    const r = this.#motionRng;
    const m = this.#motion;
    const worked = Math.min(1, (nowMs - this.#setMs) / 120_000);
    const period = ((1 + m.slowing * worked) / m.hz) * factor(1 + m.periodSd * r.gauss());
    this.#hz = 1 / period;
    this.#amplitude = this.#wholeMl * (1 + m.drift * worked) * factor(1 + m.amplitudeSd * r.gauss());
    const pause = r.next();
    const length = r.range(1000, 3000);
    if (pause < m.pause) this.#pauseMs = nowMs + length;
  }

  #quiet(mmHg: number): number {
    const p = this.params;
    const busy = this.#moving !== null;
    this.#heartHz += ((busy ? p.pulseWorkHz : p.pulseHz) - this.#heartHz) * (DT / 25);
    this.#beatPhase += this.#beatHz * DT;
    if (this.#beatPhase >= 1) {
      this.#beatPhase -= 1;
      this.#beatHz = this.#heartHz * factor(1 + 0.03 * this.#heartRng.gauss());
    }
    this.#breathPhase += this.#breathStep;
    if (this.#breathPhase >= 1) {
      this.#breathPhase -= 1;
      this.#breathStep = p.breathHz * DT * factor(1 + 0.1 * this.#heartRng.gauss());
    }
    this.#tremorPhase += p.tremorHz * DT * (0.6 + 0.8 * this.#heartRng.next());
    if (this.#tremorPhase >= 1) this.#tremorPhase -= 1;
    const swellTo = mmHg > 30 ? p.swelling * this.#scale.targetMmHg * this.#scale.mlPerMmHg : 0;
    this.#swellMl += (swellTo - this.#swellMl) * (DT / p.swellingS);
    const at = (mmHg / this.#scale.lopMmHg - 0.5) / 0.35;
    const pulse = p.pulseMmHg * (0.15 + 0.85 / (1 + at * at * at * at)) * (mmHg < 20 ? mmHg / 20 : 1);
    const mm =
      (pulse < 0 ? 0 : pulse) * lookup(PULSE, this.#beatPhase) +
      p.breathMmHg * lookup(SINE, this.#breathPhase) +
      p.tremorMmHg * lookup(SINE, this.#tremorPhase);
    return mm * this.#scale.mlPerMmHg + this.#swellMl;
  }

  #postureGap(): number {
    if (this.params.postureEveryS <= 0) return Number.POSITIVE_INFINITY;
    return -Math.log(1 - this.#eventRng.next()) * this.params.postureEveryS * 1000;
  }

  #posture(nowMs: number): void {
    const r = this.#eventRng;
    const share = this.params.postureShare * r.range(0.5, 1.5) * (r.chance(0.5) ? 1 : -1);
    const ms = r.range(200, 1000);
    this.#nextPostureMs = nowMs + this.#postureGap();
    // a wearer who moves shifts nothing on top; and the leg comes back: never more than 15 % of the target away
    if (this.#moving !== null) return;
    const ml = share * this.#scale.targetMmHg * this.#scale.mlPerMmHg;
    const far = 0.15 * this.#scale.targetMmHg * this.#scale.mlPerMmHg;
    const there = this.#changes.settledMl + ml;
    this.#changes.shift(nowMs, ms, there > far || there < -far ? -ml : ml);
  }

  #start(event: LimbEvent): void {
    const s = this.#scale;
    const mm = s.mlPerMmHg;
    const at = event.atMs;
    if (event.kind === 'cough') {
      const ml = (event.size ?? 20) * mm;
      const ms = event.ms ?? 450;
      this.#changes.hump(at, ms, ml);
      if (this.#eventRng.chance(0.5)) this.#changes.hump(at + ms * 1.3, ms, ml * 0.8);
    } else if (event.kind === 'bump') this.#changes.hump(at, event.ms ?? 300, (event.size ?? 80) * mm);
    else if (event.kind === 'posture') this.#changes.shift(at, event.ms ?? 500, (event.size ?? 8) * mm);
    else if (event.kind === 'stand-up') this.#changes.shift(at, event.ms ?? 800, (event.size ?? 25) * mm);
    else if (event.kind === 'sit-down') this.#changes.shift(at, event.ms ?? 800, -(event.size ?? 25) * mm);
    else if (event.kind === 'strap-tighten')
      this.#changes.shift(at, event.ms ?? 500, (event.size ?? 0.1) * s.cuffMl);
    else this.#changes.shift(at, event.ms ?? 500, -(event.size ?? 0.3) * s.cuffMl);
  }

  #tableOf(kind: Exercise): Float64Array {
    const known = this.#tables[kind];
    if (known !== undefined) return known;
    const made = motionTable(kind, this.params.motions[kind]);
    this.#tables[kind] = made;
    return made;
  }
}

/** A random factor kept away from zero and from twice. */
function factor(x: number): number {
  return x < 0.6 ? 0.6 : x > 1.4 ? 1.4 : x;
}
