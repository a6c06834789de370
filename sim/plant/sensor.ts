/** A sensor part in time: conversions, noise, lag, faults. It shows codes, never true pressures. */
import type { Random } from './random.ts';
import type { SensorParams } from './sensor-params.ts';
import { NO_TROUBLE, type SensorTrouble } from './sensor-trouble.ts';

export type { SensorKind, SensorParams } from './sensor-params.ts';
export { SENSORS, sampleSensor } from './sensor-params.ts';

/** What a part answers when it is read. */
export interface Reading {
  /** No answer on the bus. */
  readonly nak: boolean;
  /** A conversion is under way: `code` is still the one before. */
  readonly busy: boolean;
  /** Status byte of the Honeywell parts: 0x40 powered, 0x20 busy, 0x04 memory error, 0x01 saturated. 0x40 for the others. */
  readonly status: number;
  /** The part's whole number. */
  readonly code: number;
  /** Conversions finished so far. */
  readonly conversions: number;
}

const POWERED = 0x40;
const BUSY = 0x20;
/** How long a missing answer stays missing, ms. */
const SILENT_MS = 4;
const SATURATED = 0x01;
const WARM_UP_MS = 240_000;
const BEND_MMHG = 30;

/** One pressure sensor: pressure in, the part's whole number and status out, with conversions that take their time. */
export class Sensor {
  readonly params: SensorParams;
  readonly trouble: SensorTrouble = { ...NO_TROUBLE };
  readonly #rng: Random;
  /** What the last conversions saw, newest first: as many as the part's filter has weights. */
  readonly #seen: number[] = [];
  #code = 0;
  #status = POWERED;
  #conversions = 0;
  /** When the running conversion takes the pressure, and when it ends; negative = none. */
  #sampleAtMs = -1;
  #readyAtMs = -1;
  #held = 0;
  #heldStatus = POWERED;
  #directMs = -1;
  /** No answer about the last conversion; drawn with it, so that reading more often changes no later value. */
  #silent = false;
  #publishedMs = 0;
  #heldSilent = false;

  constructor(params: SensorParams, rng: Random) {
    this.params = params;
    this.#rng = rng;
    if (params.start === 'free') this.#schedule(0);
  }

  /** A conversion command at `nowMs`; ignored while busy and by parts that run by themselves. */
  command(nowMs: number): void {
    if (this.params.start === 'command' && this.#readyAtMs < 0 && !this.trouble.stuckBusy)
      this.#schedule(nowMs);
  }

  #schedule(nowMs: number): void {
    const ms = this.params.conversionMs;
    this.#sampleAtMs = nowMs + Math.ceil(ms / 2);
    this.#readyAtMs = nowMs + ms;
  }

  /** Next time the sensor needs the true pressure or finishes, ms; infinite when idle. */
  nextMs(): number {
    if (this.#sampleAtMs >= 0) return this.#sampleAtMs;
    return this.#readyAtMs >= 0 ? this.#readyAtMs : Number.POSITIVE_INFINITY;
  }

  /** Called by the rig when nextMs() is reached. */
  serve(nowMs: number, mmHg: number): void {
    if (this.#sampleAtMs >= 0 && nowMs >= this.#sampleAtMs) {
      this.#convert(nowMs, mmHg);
      this.#sampleAtMs = -1;
    }
    if (this.#readyAtMs >= 0 && nowMs >= this.#readyAtMs) {
      const was = this.#readyAtMs;
      this.#readyAtMs = -1;
      this.#publish(was);
      if (this.params.start === 'free') this.#schedule(was);
    }
  }

  /** What the part answers at `nowMs`, with the true pressure now (only direct parts look at it). */
  read(nowMs: number, mmHg: number): Reading {
    if (this.params.start === 'direct' && nowMs !== this.#directMs) {
      this.#directMs = nowMs;
      this.#convert(nowMs, mmHg);
      this.#publish(nowMs);
    }
    const busy = this.params.start === 'command' && (this.#readyAtMs >= 0 || this.trouble.stuckBusy);
    // an answer that is missing is missing while it is fetched; the next command finds the part awake again
    const nak = this.trouble.nak || (this.#silent && nowMs - this.#publishedMs <= SILENT_MS);
    return {
      nak,
      busy,
      status: this.#status | (busy ? BUSY : 0),
      code: this.#code,
      conversions: this.#conversions,
    };
  }

  #publish(nowMs: number): void {
    if (this.#seen.length < (this.params.filter?.length ?? 0)) return;
    if (!this.trouble.frozen) {
      this.#code = this.#held;
      this.#status = this.#heldStatus;
    }
    this.#silent = this.#heldSilent;
    this.#publishedMs = nowMs;
    this.#conversions += 1;
  }

  /** What the part's own filter makes of it. */
  #filtered(mmHg: number): number {
    const weights = this.params.filter;
    if (weights === undefined) return mmHg;
    this.#seen.unshift(mmHg);
    this.#seen.length = Math.min(this.#seen.length, weights.length);
    return weights.reduce((sum, weight, i) => sum + weight * (this.#seen[i] ?? mmHg), 0);
  }

  #convert(nowMs: number, truth: number): void {
    const p = this.params;
    const t = this.trouble;
    const g = this.#rng.gauss();
    const chance = this.#rng.next();
    this.#heldSilent = this.#rng.next() < p.nakChance;
    let mm = this.#filtered(t.zero ? 0 : truth);
    const share = mm / BEND_MMHG;
    mm += p.bendMmHg * (share < 0 ? 0 : share > 1 ? 1 : share) + p.gain * mm;
    mm +=
      p.offsetMmHg +
      p.warmUpMmHg * (1 - Math.exp(-nowMs / WARM_UP_MS)) +
      (p.driftMmHgPerMin * nowMs) / 60_000;
    mm += t.added + p.noiseMmHg * g;
    if (chance < p.spikeChance) mm += g < 0 ? -p.spikeMmHg : p.spikeMmHg;
    if (p.absolute) mm += p.ambientMmHg + (p.weatherMmHgPerH * nowMs) / 3_600_000;
    let code = Math.round(p.codeZero + p.codesPerMmHg * mm);
    let status = POWERED;
    if (t.saturated || code > p.codeMax) {
      code = p.codeMax;
      status |= SATURATED;
    } else if (code < p.codeMin) {
      code = p.codeMin;
      status |= SATURATED;
    }
    this.#held = code;
    this.#heldStatus = status;
  }
}
