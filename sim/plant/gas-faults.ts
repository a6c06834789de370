/** Faults of hose, cuff, valve, pump and bottle, put on the gas equations. Those of sensor and supply are the rig's. */
import type { Fault } from './faults.ts';
import { leakHole } from './flow.ts';
import type { PlantParams } from './params.ts';
import type { Pneumatics } from './pneumatics.ts';

/** Nothing is broken. */
export function clearGasFaults(gas: Pneumatics): void {
  gas.holeC = 0;
  gas.hoseFactor = 1;
  gas.hoseOff = false;
  gas.solenoid.jammed = -1;
  gas.solenoid.holdFactor = 1;
  gas.solenoid.overheat = 0;
  gas.pumpFactor = 1;
  gas.motor.cutOutS = Number.POSITIVE_INFINITY;
  if (gas.bottle !== null) {
    gas.bottle.factor = 1;
    gas.bottle.come(false);
  }
}

/** Puts `f` on the gas; false when it is a fault of something else. A fault of a bottle that is not fitted does nothing. */
export function applyGasFault(gas: Pneumatics, plant: PlantParams, f: Fault): boolean {
  if (f.kind === 'leak') gas.holeC += leakHole(plant, f.mmHgPerMin);
  else if (f.kind === 'burst') gas.holeC += f.c ?? 1;
  else if (f.kind === 'hose-off') {
    gas.hoseOff = true;
    gas.holeC += 1;
  } else if (f.kind === 'kink') gas.hoseFactor = f.factor ?? 400;
  else if (f.kind === 'valve-stuck-open') gas.solenoid.jammed = 1;
  else if (f.kind === 'valve-stuck-shut') gas.solenoid.jammed = 0;
  else if (f.kind === 'pump-weak') gas.pumpFactor = f.factor ?? 0.3;
  else return applyHeatFault(gas, f) || applyBottleFault(gas, f);
  return true;
}

function applyHeatFault(gas: Pneumatics, f: Fault): boolean {
  if (f.kind === 'pump-hot') gas.motor.cutOutS = f.afterS ?? 3;
  else if (f.kind === 'valve-hot') gas.solenoid.overheat = f.share ?? 0.8;
  else if (f.kind === 'valve-hold') gas.solenoid.holdFactor = f.factor ?? 0.25;
  else return false;
  return true;
}

function applyBottleFault(gas: Pneumatics, f: Fault): boolean {
  if (f.kind !== 'bottle-off' && f.kind !== 'bottle-kink') return false;
  if (gas.bottle === null) return true;
  if (f.kind === 'bottle-off') gas.bottle.come(true);
  else gas.bottle.factor = f.factor ?? 400;
  return true;
}
