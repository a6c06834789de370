/**
 * Honeywell ABP2LANN010PG2A3XX: 0..10 psi gauge (517 mmHg), I2C 0x28, 24 bit, 10 % to 90 % of 2^24 for the range. Not for the 5 psi part:
 * that one clips near 280 mmHg and cannot see the ceiling; read through this driver it shows twice the pressure.
 * Must never be used for the 5 psi part.
 */
import { CONVERT_MS } from '../../src/limits.ts';
import type { SensorTraits } from '../../src/ports.ts';
import { type ClockedSensor, FROZEN_MS, type SensorPorts } from './clocked.ts';
import { type HoneywellPart, HoneywellSensor, mmHgPerCode } from './honeywell.ts';

export const ABP2_ADDRESS = 0x28;
/** Codes at 0 and at 10 psi. */
const ZERO_CODE = 0x19999a;
/** Ends of what is believed: -12 and +519 mmHg. */
const LOW_CODE = 1366000;
const HIGH_CODE = 15150000;

/** 10 psi in hundred-thousandths of a mmHg, and the codes of the range times the hundred thousand. */
const RANGE = 51714926;
const SPAN = 1342177200000;

/** Total error band before zeroing 1.5 % of 517 mmHg = 8 mmHg. */
export const ABP2_TRAITS: SensorTraits = {
  ageMs: CONVERT_MS - 3,
  zeroMinMmHg: -10,
  zeroMaxMmHg: 10,
  noiseMilliMmHg: 100,
  maxPeriodMs: 60,
  frozenMs: FROZEN_MS,
  maxMmHg: 505,
};

const ABP2: HoneywellPart = {
  traits: ABP2_TRAITS,
  lowCode: LOW_CODE,
  highCode: HIGH_CODE,
  zeroCode: ZERO_CODE,
  scale: mmHgPerCode(RANGE, SPAN),
};

export function openSensor(ports: SensorPorts): ClockedSensor {
  return new HoneywellSensor({ sensor: { io: ports.bus, address: ABP2_ADDRESS }, part: ABP2 });
}
