/** Ports of a firmware whose plant is another process: the sensor repeats what the last line said, outputs are read from the view. */
import {
  FAULT_NAK,
  FAULT_SATURATED,
  type Ports,
  type PressureSensor,
  type SensorTraits,
} from '../../src/ports.ts';
import { silentPorts } from '../core/silent-ports.ts';
import { DRIVER_DROP_MV } from '../plant/params.ts';
import type { Sample } from './messages.ts';

/** A slow part repeats its last word; a repeated value counts as a new conversion only after this long, ms. */
const REPEAT_MS = 110;
/** ... and for a measurement, which takes no slower part, ms. */
const REPEAT_LOP_MS = 60;
/** Assumed when the plant does not tell its battery, mV at the motors. */
const USUAL_RAIL_MV = 3550;
const NOISE_MILLI_MMHG = 80;
/** So many equal readings, one a period, are those of a frozen part. */
const FROZEN_READINGS = 12;
/** So many small changes in a row, mmHg, show what a reading is made of: with noise, two of three turn back, with pulse and flow few. */
const SHOWN = 24;
const STILL_MMHG = 1;
/** A reading that stays the same while air is moved for so long, ms, is frozen, noise or not. */
const MOVED_MS = 300;

/** A gauge sensor fed by lines. */
export class LineSensor implements PressureSensor {
  readonly traits: SensorTraits;
  faults = FAULT_NAK;
  readonly #periodMs: number;
  #mmHg = Number.NaN;
  #changedMs = 0;
  #isNew = false;
  /** Small changes of the reading in a row, those of them that turned back, and the last one. */
  #changes = 0;
  #turns = 0;
  #change = 0;
  /** How long air has been moved since the reading last changed. */
  #movedMs = 0;

  constructor(ageMs: number, measuring: boolean, periodMs: number) {
    this.#periodMs = periodMs;
    this.traits = {
      ageMs,
      zeroMinMmHg: -30,
      zeroMaxMmHg: 30,
      noiseMilliMmHg: NOISE_MILLI_MMHG,
      maxPeriodMs: measuring ? REPEAT_LOP_MS : REPEAT_MS,
      frozenMs: 0,
      maxMmHg: 400,
    };
  }

  /** Takes the reading of a line that came at `nowMs`; for `movedMs` before it air was pumped in or let out. */
  take(sample: Sample, nowMs: number, movedMs: number): void {
    this.faults = sample.fault === 'nak' ? FAULT_NAK : sample.fault === 'sat' ? FAULT_SATURATED : 0;
    this.#isNew = false;
    if (sample.p === null) return;
    this.#movedMs = sample.p === this.#mmHg ? this.#movedMs + movedMs : 0;
    if (this.#movedMs >= MOVED_MS) this.traits.frozenMs = FROZEN_READINGS * this.#periodMs;
    if (sample.p === this.#mmHg && nowMs - this.#changedMs < this.traits.maxPeriodMs) return;
    if (sample.p !== this.#mmHg) this.#listen(sample.p - this.#mmHg);
    this.#mmHg = sample.p;
    this.#changedMs = nowMs;
    this.#isNew = true;
  }

  /** A plant without noise may give the same reading for as long as nothing moves: only one that has shown noise, or that stays the same while air is moved, can be frozen. */
  #listen(change: number): void {
    if (change * this.#change < 0) this.#turns++;
    this.#change = change;
    this.#changes++;
    const still = change > -STILL_MMHG && change < STILL_MMHG;
    if (still && this.#changes < SHOWN) return;
    if (still && this.#turns * 2 > SHOWN) this.traits.frozenMs = FROZEN_READINGS * this.#periodMs;
    this.#changes = 0;
    this.#turns = 0;
  }

  sample(): number {
    return this.#isNew && this.faults === 0 ? this.#mmHg : Number.NaN;
  }
}

export interface OutsidePorts {
  readonly ports: Ports;
  readonly sensor: LineSensor;
  /** Battery voltage of the latest line. */
  readonly takeBattery: (volts: number | null) => void;
}

export function outsidePorts(
  ageMs: number,
  measuring: boolean,
  periodMs: number,
  files: Readonly<Record<string, string>>,
): OutsidePorts {
  const sensor = new LineSensor(ageMs, measuring, periodMs);
  let railMv = USUAL_RAIL_MV;
  return {
    ports: silentPorts(sensor, files, () => railMv),
    sensor,
    takeBattery: (volts) => {
      if (volts !== null) railMv = Math.max(0, Math.round(volts * 1000) - DRIVER_DROP_MV);
    },
  };
}
