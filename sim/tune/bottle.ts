/**
 * A rigid bottle of known volume tells what the pump gives in absolute terms, and with that how much air the cuff takes for a mmHg: the
 * one thing that no run on the cuff alone can tell.
 */
import { AMBIENT_MMHG } from '../plant/compliance.ts';
import type { PlantParams } from '../plant/params.ts';
import type { Identified } from './identify.ts';

/**
 * Air warms while a bottle is filled within seconds: between isothermal (1) and adiabatic (1.4) it is stiffer by about this. Its
 * uncertainty, a tenth, is that of the result.
 */
const STIFFER = 1.1;

/** The device on a bottle instead of a cuff. */
export function onBottle(plant: PlantParams, ml: number): PlantParams {
  return {
    ...plant,
    residualMl: ml,
    slackMl: 0,
    softMl: 0,
    stretch: 0.002,
    creepFast: 0,
    creepSlow: 0,
    seat: 0,
    thermalS: 0.4,
    // the bottle stands in the cuff's place: a damping volume is not fitted beside it
    bottle: null,
  };
}

/** What was seen on the cuff, with what the run of the same device on a bottle adds. */
export function withBottle(seen: Identified, bottle: Identified, ml: number): Identified {
  const flow = (bottle.risePerS * ml) / (AMBIENT_MMHG * STIFFER);
  const capacity = flow / seen.risePerS;
  // a bottle does not creep: what it loses at its top is the leak, and goes with the pressure
  const lost = bottle.lossPerMin === null ? null : (bottle.lossPerMin * ml) / AMBIENT_MMHG;
  const leakPerMin = lost === null ? null : (lost * seen.topMmHg) / bottle.topMmHg / capacity;
  return { ...seen, bottle: { flow, capacity, leakPerMin } };
}
