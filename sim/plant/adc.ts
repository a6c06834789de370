/** The chip's converter: reference voltage and what a divided rail reads. */
const DIVIDER = 39 / 259;
const ADC_STEPS = 16384;
const LDO_MV = 3300;
const LDO_DROP_MV = 100;

/** The chip's supply and analogue reference: 3.3 V from a regulator, less when the battery is nearly empty, mV. */
export function referenceMv(batteryMv: number): number {
  return Math.min(LDO_MV, batteryMv - LDO_DROP_MV);
}

/** What a 14 bit conversion of a pin gives, as a share of the reference. */
export function adcShare(pinMv: number, vrefMv: number): number {
  return Math.round(Math.min(1, Math.max(0, pinMv / vrefMv)) * ADC_STEPS) / ADC_STEPS;
}

/** The same of a motor terminal behind its divider. */
export function senseShare(terminalMv: number, vrefMv: number): number {
  return adcShare(terminalMv * DIVIDER, vrefMv);
}
