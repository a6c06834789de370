/**
 * Honeywell MPRLS0025PA00001A: 0..25 psi absolute, I2C 0x18, 24 bit, 10 % to 90 % of 2^24 for the range (MicroPressure MPR
 * series datasheet, transfer function A). Numbers of this part only, never another: the bus is honeywell.ts.
 * Must never be used for another part.
 */
import { CONVERT_MS } from '../../src/limits.ts';
import type { SensorTraits } from '../../src/ports.ts';
import { type ClockedSensor, FROZEN_MS, type SensorPorts } from './clocked.ts';
import { type HoneywellPart, HoneywellSensor } from './honeywell.ts';

/** The part's bus address; it has no other. */
export const MPRLS_ADDRESS = 0x18;
/** Codes at 0 and at 25 psi. */
export const MPRLS_MIN_CODE = 0x199999;
export const MPRLS_MAX_CODE = 0xe66666;

/** 25 psi in ten-thousandths of a mmHg (1 psi = 6894.757 Pa, 1 mmHg = 133.322387 Pa). */
const RANGE = 12928731;
/** Codes of the range, times the ten thousand. */
const SPAN = 134217730000;

/**
 * Ambient: 370 mmHg is 5,700 m, above the highest town (La Rinconada, 5,100 m); 830 is more than was ever measured at sea level (813).
 * Ten more to either side for the offset of a part. The highest leaves 453 mmHg of gauge range. The part takes its pressure about 3 ms
 * after the command.
 */
export const MPRLS_TRAITS: SensorTraits = {
  ageMs: CONVERT_MS - 3,
  zeroMinMmHg: 360,
  zeroMaxMmHg: 840,
  noiseMilliMmHg: 80,
  maxPeriodMs: 60,
  frozenMs: FROZEN_MS,
  maxMmHg: 450,
};

export const MPRLS: HoneywellPart = {
  traits: MPRLS_TRAITS,
  lowCode: MPRLS_MIN_CODE,
  highCode: MPRLS_MAX_CODE,
  zeroCode: MPRLS_MIN_CODE,
  scale: RANGE / SPAN,
};

export function openSensor(ports: SensorPorts): ClockedSensor {
  return new HoneywellSensor({ sensor: { io: ports.bus, address: MPRLS_ADDRESS }, part: MPRLS });
}
