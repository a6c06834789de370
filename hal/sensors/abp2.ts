/**
 * Honeywell ABP2LANN005PG2A3XX: 0..5 psi gauge, I2C 0x28, 24 bit, 10 % to 90 % of 2^24 for the range; it goes on beyond the
 * range and clips near 280 mmHg. Cannot see the 330 mmHg of a fault: over-pressure above the range shows as saturation.
 */
import { CONVERT_MS, TICK_MS } from '../../src/limits.ts';
import type { SensorTraits } from '../../src/ports.ts';
import { type ClockedSensor, frozenAfter, type SensorPorts } from './clocked.ts';
import { type HoneywellPart, HoneywellSensor, mmHgPerCode } from './honeywell.ts';

export const ABP2_ADDRESS = 0x28;
/** Codes at 0 and at 5 psi. */
const ZERO_CODE = 0x19999a;
/** Ends of what is believed: -5 and +275 mmHg. */
const LOW_CODE = 1158000;
const HIGH_CODE = 15950000;

/** 5 psi in hundred-thousandths of a mmHg, and the codes of the range times the hundred thousand. */
const RANGE = 25857463;
const SPAN = 1342177200000;

/** Total error band before zeroing 1.5 % of 259 mmHg = 4 mmHg. */
export const ABP2_TRAITS: SensorTraits = {
  ageMs: CONVERT_MS - 3,
  zeroMinMmHg: -5,
  zeroMaxMmHg: 5,
  noiseMilliMmHg: 50,
  maxPeriodMs: TICK_MS + 10,
  frozenConversions: frozenAfter(TICK_MS),
  maxMmHg: 270,
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
