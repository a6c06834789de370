/** Coils and motors that grow warm, and a hit-and-hold circuit: a valve that pulled in cold may not do so again, a pump that runs on and on gives less. */
import { describe, expect, it } from 'vitest';
import { PumpMotor, Solenoid } from '../../sim/plant/actuators.ts';
import { NOMINAL_THIGH, type PlantParams } from '../../sim/plant/params.ts';

const DT = 0.001;
const WARM = { ...NOMINAL_THIGH, coilPull: 0.9, coilHeat: 0.2, coilHeatS: 200 };

/** A valve with the coil at `volts` for so long, s; where it is then, 0 = shut. */
function opening(valve: Solenoid, volts: number, seconds: number): number {
  for (let t = 0; t < seconds; t += DT) valve.step(volts);
  return valve.opening;
}

const valveOf = (change: Partial<PlantParams>): Solenoid => new Solenoid({ ...WARM, ...change }, DT);

describe('a valve', () => {
  it('that was on for long stays shut, and does not pull in again at the same voltage', () => {
    const valve = valveOf({});
    expect([opening(valve, 1, 600), opening(valve, 0, 0.1), opening(valve, 1, 0.2)]).toEqual([0, 1, 1]);
    expect(opening(valve, 1.15, 0.2)).toBe(0);
  });
  it('that has cooled pulls in again', () => {
    const valve = valveOf({});
    opening(valve, 1, 600);
    opening(valve, 0, 600);
    expect(opening(valve, 1, 0.2)).toBe(0);
  });
  it('whose coil does not grow warm always does', () => {
    const valve = valveOf({ coilHeat: 0 });
    expect([opening(valve, 1, 600), opening(valve, 0, 0.1), opening(valve, 1, 0.2)]).toEqual([0, 1, 0]);
  });
  it('behind hit-and-hold stays shut, keeps cool, and pulls in again', () => {
    const valve = valveOf({ coilHold: 0.45 });
    expect([opening(valve, 1, 600), opening(valve, 0, 0.1), opening(valve, 1, 0.2)]).toEqual([0, 1, 0]);
  });
  it('that is held by too little lets go after the hit', () => {
    expect(opening(valveOf({ coilHold: 0.25 }), 1, 0.09)).toBe(0);
    expect(opening(valveOf({ coilHold: 0.25 }), 1, 0.5)).toBe(1);
  });
});

describe('a pump', () => {
  /** Mean flow of the last second of `rounds` of `onS` on and `offS` off, NmL/s. */
  function flow(plant: PlantParams, rounds: number, onS: number, offS: number): number {
    const pump = new PumpMotor({ ...plant, pumpRipple: 0 }, DT);
    let last = 0;
    for (let k = 0; k < rounds; k++) {
      for (let t = 0; t < onS; t += DT) last = pump.step(1, 0.3);
      for (let t = 0; t < offS; t += DT) pump.step(0, 0.3);
    }
    return last;
  }
  const warm = { ...NOMINAL_THIGH, pumpHeat: 0.15, pumpHeatS: 60 };

  it('that runs on and on gives less, one that rests as long as it ran loses half of that', () => {
    const cold = flow(NOMINAL_THIGH, 1, 5, 0);
    const on = cold - flow(warm, 1, 300, 0);
    const rested = cold - flow(warm, 60, 5, 5);
    expect([on > cold / 20, rested / on > 0.4, rested / on < 0.65]).toEqual([true, true, true]);
  });
});
