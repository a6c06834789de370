/**
 * What a plant of known parameters would show in a commissioning run, by formula: the bridge between what was measured on one device
 * and the plants that are drawn to be like it.
 */
import { gasCapacity, referenceCompliance, sealedCompliance } from '../plant/compliance.ts';
import { hoseR1, hoseR2, laminarSlope, orifice } from '../plant/flow.ts';
import { DRIVER_DROP_MV, type PlantParams } from '../plant/params.ts';

/** Steady flow of the pump at full duty against a pressure at its outlet, NmL/s. */
export function pumpFlowAt(plant: PlantParams, mmHg: number): number {
  const load = mmHg / plant.pumpShutOff;
  const volts = ((plant.batteryMv - DRIVER_DROP_MV) / plant.ratedMv) * (1 - plant.sag);
  const speed =
    (volts - plant.pumpFriction - plant.pumpLoad * load) / (1 - plant.pumpFriction - 0.4 * plant.pumpLoad);
  const flow = plant.pumpFlow * Math.min(1.15, Math.max(0, speed)) * (1 - load) - plant.pumpBackLeak * mmHg;
  return Math.max(0, flow);
}

/** Pressure over the hose at a flow, mmHg. */
export function hoseDrop(plant: PlantParams, flow: number): number {
  return hoseR1(plant) * flow + hoseR2(plant) * flow * flow;
}

/** Rise with the pump full on, mmHg/s; the fixed bleed of a cuff that has one is taken off. */
export function riseAt(plant: PlantParams, mmHg: number): number {
  const first = pumpFlowAt(plant, mmHg);
  const flow = pumpFlowAt(plant, mmHg + hoseDrop(plant, first)) - bleedFlow(plant, mmHg);
  return flow / gasCapacity(plant, mmHg);
}

function bleedFlow(plant: PlantParams, mmHg: number): number {
  return plant.bleed * plant.valveC * orifice(mmHg, plant.valveB, laminarSlope(plant.valveB));
}

/** Fall with the valve open, mmHg/s: flow through hose and valve in a row, by halving the interval. */
export function fallAt(plant: PlantParams, mmHg: number): number {
  const slope = laminarSlope(plant.valveB);
  const valve = (p: number): number => plant.valveC * orifice(p, plant.valveB, slope);
  if (plant.valveAt === 'cuff') return valve(mmHg) / gasCapacity(plant, mmHg);
  let low = 0;
  let high = mmHg;
  for (let i = 0; i < 40; i++) {
    const p1 = (low + high) / 2;
    if (p1 + hoseDrop(plant, valve(p1)) > mmHg) high = p1;
    else low = p1;
  }
  return valve(low) / gasCapacity(plant, mmHg);
}

/** Creep that is still under way this long after the fill, mmHg/min. */
export function creepAt(plant: PlantParams, mmHg: number, afterS: number): number {
  const held = referenceCompliance(plant) * mmHg;
  const speed =
    (plant.creepFast / plant.creepFastS) * Math.exp(-afterS / plant.creepFastS) +
    (plant.creepSlow / plant.creepSlowS) * Math.exp(-afterS / plant.creepSlowS);
  return (60 * held * speed) / sealedCompliance(plant, mmHg);
}

/** What the sensor shows above the cuff while the pump runs, mmHg. */
export function shownDrop(plant: PlantParams, mmHg: number): number {
  return plant.sensorAt === 'cuff' ? 0 : hoseDrop(plant, pumpFlowAt(plant, mmHg));
}
