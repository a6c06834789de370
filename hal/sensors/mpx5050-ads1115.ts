/**
 * NXP MPX5050GP, 0..50 kPa gauge, through a TI ADS1115 on the bus, for boards without a free analogue input: I2C 0x48, input 0 against ground behind
 * a divider of two thirds (10 k over 20 k), range 4.096 V, single conversions of 1.2 ms. The part runs on 5 V, the converter on 3.3 V. An error
 * of 1 % in the 5 V is an error of 1 % of the pressure and 2.2 mmHg of the zero, which zeroing removes. Must never wait for the converter.
 */
import { CONVERT_MS } from '../../src/limits.ts';
import { FAULT_BUSY, FAULT_NAK, FAULT_SATURATED, type SensorTraits } from '../../src/ports.ts';
import type { MmHg } from '../../src/units.ts';
import { throwClosed } from '../closed.ts';
import { type ClockedSensor, FROZEN_MS, type SensorPorts } from './clocked.ts';
import { mpx5050MmHg } from './mpx5050.ts';

export const ADS1115_ADDRESS = 0x48;
/** Configuration register: start, input 0 against ground, 4.096 V, single, 860 a second, no comparator. */
const START = [0x01, 0xc3, 0xe3];
const RESULT = [0x00];
/** Output of the part in mV x 16 for a code: 125 uV, and the divider's three halves. */
const SIXTEENTHS = 3;

/** Output in mV: outside of these the part is at an end of its range or not there. */
const LOW_MV = 110;
const HIGH_MV = 4690;

/** Noise of the part, 860 conversions a second, one step of 0.19 mV = 0.016 mmHg: equal readings prove that it is frozen. */
export const MPX5050_ADS1115_TRAITS: SensorTraits = {
  ageMs: CONVERT_MS,
  zeroMinMmHg: -12,
  zeroMaxMmHg: 12,
  noiseMilliMmHg: 200,
  maxPeriodMs: 60,
  frozenMs: FROZEN_MS,
  maxMmHg: 360,
};

export interface Ads1115Options {
  sensor: { io: I2C; address: number };
}

export class Mpx5050Ads1115 implements ClockedSensor {
  traits: SensorTraits;
  io: I2C;
  address: number;
  /** The last start was not acknowledged: what is read is older. */
  refused: boolean;
  faults: number;

  constructor(options: Ads1115Options) {
    const address = options.sensor.address;
    if (!(address >= 8 && address <= 119))
      throw new Error('ads1115: address ' + address + ' is outside 8..119');
    this.traits = MPX5050_ADS1115_TRAITS;
    this.io = options.sensor.io;
    this.address = address;
    this.refused = true;
    this.faults = FAULT_BUSY;
  }

  /** Start a conversion; the result can be read 2 ms later. */
  convert(): void {
    try {
      this.io.writeTo(this.address, START);
      this.refused = false;
    } catch (_error) {
      this.refused = true;
    }
  }

  sample(): MmHg {
    if (this.refused) {
      this.faults = FAULT_NAK;
      return Number.NaN;
    }
    try {
      this.io.writeTo(this.address, RESULT);
      const b = this.io.readFrom(this.address, 2);
      const mv = (((b[0] as number) * 256 + (b[1] as number)) * SIXTEENTHS) / 16;
      if (mv > LOW_MV && mv < HIGH_MV) return mpx5050MmHg(mv);
      this.faults = FAULT_SATURATED;
    } catch (_error) {
      this.faults = FAULT_NAK;
    }
    return Number.NaN;
  }

  close(): void {
    this.convert = throwClosed;
    this.sample = throwClosed;
  }
}

export function openSensor(ports: SensorPorts): ClockedSensor {
  return new Mpx5050Ads1115({ sensor: { io: ports.bus, address: ADS1115_ADDRESS } });
}
