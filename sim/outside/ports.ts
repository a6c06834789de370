/** Ports of a firmware whose plant is another process: the sensor repeats what the last line said, outputs are read from the view. */
import {
  FAULT_NAK,
  FAULT_SATURATED,
  type Ports,
  type PressureSensor,
  type SensorTraits,
} from '../../src/ports.ts';
import { MemoryStore } from '../core/store.ts';
import { DRIVER_DROP_MV } from '../plant/params.ts';
import type { Sample } from './messages.ts';

/** A slow part repeats its last word; a repeated value counts as a new conversion only after this long, ms. */
const REPEAT_MS = 110;
/** ... and for a measurement, which takes no slower part, ms. */
const REPEAT_LOP_MS = 60;
/** Assumed when the plant does not tell its battery, mV at the motors. */
const USUAL_RAIL_MV = 3550;
const NOISE_MILLI_MMHG = 80;
const FROZEN_CONVERSIONS = 12;

/** A gauge sensor fed by lines. */
export class LineSensor implements PressureSensor {
  readonly traits: SensorTraits;
  faults = FAULT_NAK;
  #mmHg = Number.NaN;
  #changedMs = 0;
  #isNew = false;

  constructor(ageMs: number, measuring: boolean) {
    this.traits = {
      ageMs,
      zeroMinMmHg: -30,
      zeroMaxMmHg: 30,
      noiseMilliMmHg: NOISE_MILLI_MMHG,
      maxPeriodMs: measuring ? REPEAT_LOP_MS : REPEAT_MS,
      frozenConversions: FROZEN_CONVERSIONS,
      maxMmHg: 400,
    };
  }

  /** Takes the reading of a line that came at `nowMs`. */
  take(sample: Sample, nowMs: number): void {
    this.faults = sample.fault === 'nak' ? FAULT_NAK : sample.fault === 'sat' ? FAULT_SATURATED : 0;
    this.#isNew = false;
    if (sample.p === null) return;
    if (sample.p === this.#mmHg && nowMs - this.#changedMs < this.traits.maxPeriodMs) return;
    this.#mmHg = sample.p;
    this.#changedMs = nowMs;
    this.#isNew = true;
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
  files: Readonly<Record<string, string>>,
): OutsidePorts {
  const sensor = new LineSensor(ageMs, measuring);
  let railMv = USUAL_RAIL_MV;
  const nothing = (): void => undefined;
  const ports: Ports = {
    sensor,
    pump: { write: nothing },
    valve: { write: nothing },
    lease: { renew: nothing, drop: nothing },
    monitor: {
      readsTerminals: false,
      look: (t) => {
        t.railMv = railMv;
      },
    },
    indicator: { write: nothing },
    watchdog: { kick: nothing },
    store: new MemoryStore(files),
    link: { write: nothing },
    relay: { stop: nothing },
    service: { request: nothing },
  };
  return {
    ports,
    sensor,
    takeBattery: (volts) => {
      if (volts !== null) railMv = Math.max(0, Math.round(volts * 1000) - DRIVER_DROP_MV);
    },
  };
}
