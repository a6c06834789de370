/**
 * NXP MPX5050GP, 0..50 kPa gauge, on an analogue input: V = Vs x (0.018 P + 0.04), P in kPa. The part runs on 5 V, its output
 * comes through a divider of two thirds (10 k over 20 k). Its supply is not measured: an error of 1 % in it is an error of 1 %
 * of the pressure and 2.2 mmHg of the zero, which zeroing removes. Must never be read at a pin that is not divided.
 */
import { FAULT_BUSY, FAULT_SATURATED, type SensorTraits } from '../../src/ports.ts';
import type { MmHg } from '../../src/units.ts';
import { throwClosed } from '../closed.ts';
import type { ClockedSensor, SensorPorts } from './clocked.ts';

const SUPPLY_MV = 5000;
/** Output in mV: outside of these the part is at an end of its range or not there. */
const LOW_MV = 110;
const HIGH_MV = 4690;

/** Gauge pressure of the part's output: 1 kPa = 7.500617 mmHg. */
export function mpx5050MmHg(outputMv: number): MmHg {
  return (((outputMv * 1000) / SUPPLY_MV - 40) * 7500617) / 18000000;
}

export const MPX5050_TRAITS: SensorTraits = {
  ageMs: 1,
  zeroMinMmHg: -12,
  zeroMaxMmHg: 12,
  noiseMilliMmHg: 250,
  maxPeriodMs: 60,
  frozenMs: 0,
  maxMmHg: 360,
};

export interface Mpx5050Options {
  input: { pin: Pin };
  /** Output of the part = pin x numerator / denominator. */
  divider: { numerator: number; denominator: number };
}

export class Mpx5050 implements ClockedSensor {
  traits: SensorTraits;
  pin: Pin;
  divider: { numerator: number; denominator: number };
  faults: number;

  constructor(options: Mpx5050Options) {
    if (!(options.divider.denominator > 0)) throw new Error('mpx5050: divider.denominator is not above 0');
    this.traits = MPX5050_TRAITS;
    this.pin = options.input.pin;
    this.divider = options.divider;
    this.faults = FAULT_BUSY;
  }

  /** Nothing to start: every sample is a conversion. */
  convert(): void {}

  sample(): MmHg {
    const mv =
      (analogRead(this.pin) * E.getAnalogVRef() * 1000 * this.divider.numerator) / this.divider.denominator;
    if (mv > LOW_MV && mv < HIGH_MV) return mpx5050MmHg(mv);
    this.faults = FAULT_SATURATED;
    return Number.NaN;
  }

  close(): void {
    this.sample = throwClosed;
  }
}

/** Output to the board's analogue input (Jolt.js: connector Q1). */
export function openSensor(ports: SensorPorts): ClockedSensor {
  if (ports.analog === undefined)
    throw new Error('mpx5050: this board has no analogue input for it: take it through an ADS1115');
  return new Mpx5050({ input: { pin: ports.analog }, divider: { numerator: 3, denominator: 2 } });
}
