/**
 * Honeywell MPRLS0025PA00001A: 0..25 psi absolute, 24 bit, I2C. Datasheet (MicroPressure MPR series): command AA 00 00, at
 * least 5 ms, then status byte and three bytes of pressure, 10 % to 90 % of 2^24 for the range (transfer function A).
 */
import {
  FAULT_BUSY,
  FAULT_INTEGRITY,
  FAULT_NAK,
  FAULT_SATURATED,
  type PressureSensor,
  type Sample,
  type SensorTraits,
} from '../../src/ports.ts';
import type { MmHg } from '../../src/units.ts';
import { throwClosed } from '../closed.ts';

/** The part's bus address; it has no other. */
export const MPRLS_ADDRESS = 0x18;
/** Codes at 0 and at 25 psi. */
export const MPRLS_MIN_CODE = 0x199999;
export const MPRLS_MAX_CODE = 0xe66666;

const COMMAND = [0xaa, 0, 0];

const STATUS_SATURATED = 0x01;
const STATUS_MEMORY = 0x04;
const STATUS_BUSY = 0x20;
const STATUS_POWERED = 0x40;

/** 25 psi in ten-thousandths of a mmHg (1 psi = 6894.757 Pa, 1 mmHg = 133.322387 Pa). */
const RANGE = 12928731;
/** Codes of the range, times the ten thousand. */
const SPAN = 134217730000;

/** Absolute pressure of a code. Exact arithmetic on whole numbers up to the one division: the same bits everywhere. */
export function mprlsMmHg(code: number): MmHg {
  return ((code - MPRLS_MIN_CODE) * RANGE) / SPAN;
}

/**
 * Lowest ambient: 3,000 m and a deep low; highest: the highest ever measured at sea level is 813 mmHg. With 813 around, 25 psi
 * leave 479 mmHg of gauge range. The part takes its pressure about 3 ms after the command.
 */
export const MPRLS_TRAITS: SensorTraits = {
  ageMs: 4,
  zeroMinMmHg: 500,
  zeroMaxMmHg: 820,
  noiseMilliMmHg: 80,
  maxPeriodMs: 50,
  frozenConversions: 12,
  maxMmHg: 470,
};

/** Fault bits of an answer that is not busy. */
export function mprlsFaults(status: number, code: number): number {
  let faults = 0;
  if (status & STATUS_SATURATED || code <= MPRLS_MIN_CODE || code >= MPRLS_MAX_CODE) faults = FAULT_SATURATED;
  if (status & STATUS_MEMORY || !(status & STATUS_POWERED)) faults |= FAULT_INTEGRITY;
  return faults;
}

/** Take an answer of the part into `sample`; `started` = a conversion was commanded since the last answer that counted. */
export function mprlsTake(sample: Sample, status: number, code: number, started: boolean): void {
  if (status & STATUS_BUSY) {
    sample.faults = FAULT_BUSY;
    return;
  }
  sample.faults = mprlsFaults(status, code);
  sample.mmHg = mprlsMmHg(code);
  if (started) sample.conversions = sample.conversions + 1;
}

export interface MprlsOptions {
  sensor: { io: I2C; address: number };
}

export class Mprls implements PressureSensor {
  traits: SensorTraits;
  io: I2C;
  address: number;
  latest: Sample;
  /** A conversion was started and its result not read yet. */
  started: boolean;
  /** The last command was not acknowledged. */
  refused: boolean;

  constructor(options: MprlsOptions) {
    const address = options.sensor.address;
    if (!(address >= 0x08 && address <= 0x77))
      throw new Error('mprls: address ' + address + ' is outside 8..119');
    this.traits = MPRLS_TRAITS;
    this.io = options.sensor.io;
    this.address = address;
    this.latest = { mmHg: 0, conversions: 0, faults: FAULT_BUSY };
    this.started = false;
    this.refused = false;
  }

  /** Start a conversion; the result can be read 5 ms later. */
  convert(): void {
    this.refused = true;
    try {
      this.io.writeTo(this.address, COMMAND);
      this.started = true;
      this.refused = false;
    } catch (_error) {
      this.latest.faults = FAULT_NAK;
    }
  }

  sample(): Sample {
    try {
      const bytes = this.io.readFrom(this.address, 4);
      takeBytes(this, bytes);
    } catch (_error) {
      this.latest.faults = FAULT_NAK;
    }
    return this.latest;
  }

  close(): void {
    this.convert = throwClosed;
    this.sample = throwClosed;
  }
}

function takeBytes(sensor: Mprls, b: Uint8Array): void {
  const status = b[0] as number;
  mprlsTake(
    sensor.latest,
    status,
    (b[1] as number) * 65536 + (b[2] as number) * 256 + (b[3] as number),
    sensor.started,
  );
  if (!(status & STATUS_BUSY)) sensor.started = false;
  if (sensor.refused) sensor.latest.faults |= FAULT_NAK;
}
