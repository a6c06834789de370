/**
 * CFSensor XGZP6847D100KPG, 0..100 kPa gauge: I2C 0x6D, newer ones 0x58 (until one has answered, both are tried in turn); register 0x30 =
 * 0x0A starts a conversion of about 20 ms and has bit 0x08 set while it runs; 24 bit signed at 0x06..0x08, pascal times 64 for the
 * 65..131 kPa parts. Slower than CONVERT_MS: each command first fetches the result of the one before, so a sample is a period old. Not for
 * the 40 kPa part: it ends at the ceiling; read through this driver it shows twice the pressure. Must never wait for the part.
 */
import { CONVERT_MS } from '../../src/limits.ts';
import { FAULT_BUSY, FAULT_NAK, FAULT_SATURATED, type SensorTraits } from '../../src/ports.ts';
import type { MmHg, Ms } from '../../src/units.ts';
import { throwClosed } from '../closed.ts';
import { type ClockedSensor, FROZEN_MS, type SensorPorts } from './clocked.ts';

export const XGZP_ADDRESS = 0x6d;
/** Newer parts. */
export const XGZP_OTHER_ADDRESS = 0x58;
const START = [0x30, 0x0a];
const CONTROL = [0x30];
const DATA = [0x06];
const RUNNING = 0x08;
/** Ends of what is believed, in codes: -20 mmHg and 100 kPa. */
const LOW_CODE = -170000;
const HIGH_CODE = 6395000;

/** Gauge pressure of a signed code: code / 64 / 133.322 mmHg. */
export function xgzpMmHg(code: number): MmHg {
  return (code * 1000) / (64 * 133322);
}

/**
 * At a control period. Accuracy 1.5 % of 750 mmHg = 11 mmHg before zeroing; the noise is taken from the 40 kPa part by the share of the
 * range.
 */
export function xgzpTraits(periodMs: Ms): SensorTraits {
  return {
    ageMs: periodMs + CONVERT_MS - 10,
    zeroMinMmHg: -14,
    zeroMaxMmHg: 14,
    noiseMilliMmHg: 250,
    maxPeriodMs: 110,
    frozenMs: FROZEN_MS,
    maxMmHg: 720,
  };
}

export interface XgzpOptions {
  sensor: { io: I2C; address: number; other: number };
  /** Control period, ms. */
  periodMs: Ms;
}

export class Xgzp6847d implements ClockedSensor {
  traits: SensorTraits;
  io: I2C;
  address: number;
  /** The address to try next, 0 = the part has answered at the one in use. */
  other: number;
  /** Result that `sample` has not handed over yet, NaN = none. */
  latest: MmHg;
  faults: number;
  started: boolean;

  constructor(options: XgzpOptions) {
    const address = options.sensor.address;
    if (!(address >= 8 && address <= 119))
      throw new Error('xgzp6847d: address ' + address + ' is outside 8..119');
    this.traits = xgzpTraits(options.periodMs);
    this.io = options.sensor.io;
    this.address = address;
    this.other = options.sensor.other;
    this.latest = Number.NaN;
    this.faults = FAULT_BUSY;
    this.started = false;
  }

  /** Fetch the finished conversion, then start the next; a part that is still busy is left to finish. */
  convert(): void {
    this.faults = 0;
    try {
      if (this.started && !fetchResult(this)) return;
      this.io.writeTo(this.address, START);
      this.started = true;
      this.other = 0;
    } catch (_error) {
      this.faults = FAULT_NAK;
      if (this.other !== 0) tryOther(this);
    }
  }

  sample(): MmHg {
    const mmHg = this.latest;
    this.latest = Number.NaN;
    return mmHg;
  }

  close(): void {
    this.convert = throwClosed;
    this.sample = throwClosed;
  }
}

/** Nobody has answered yet: the other address from the next command on. */
function tryOther(sensor: Xgzp6847d): void {
  const other = sensor.other;
  sensor.other = sensor.address;
  sensor.address = other;
}

/** False while the part is busy. */
function fetchResult(sensor: Xgzp6847d): boolean {
  sensor.io.writeTo(sensor.address, CONTROL);
  const control = sensor.io.readFrom(sensor.address, 1)[0] as number;
  if (control & RUNNING) {
    sensor.faults = FAULT_BUSY;
    return false;
  }
  sensor.io.writeTo(sensor.address, DATA);
  const b = sensor.io.readFrom(sensor.address, 3);
  takeCode(sensor, (b[0] as number) * 65536 + (b[1] as number) * 256 + (b[2] as number));
  return true;
}

function takeCode(sensor: Xgzp6847d, raw: number): void {
  const code = raw < 8388608 ? raw : raw - 16777216;
  if (code > LOW_CODE && code < HIGH_CODE) sensor.latest = xgzpMmHg(code);
  else sensor.faults = FAULT_SATURATED;
}

export function openSensor(ports: SensorPorts): ClockedSensor {
  return new Xgzp6847d({
    sensor: { io: ports.bus, address: XGZP_ADDRESS, other: XGZP_OTHER_ADDRESS },
    periodMs: BUILD_PERIOD_MS,
  });
}
