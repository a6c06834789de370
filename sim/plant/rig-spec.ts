/** What a simulated bench consists of, as plain data. */
import type { Fault } from './faults.ts';
import type { LimbParams } from './limb-params.ts';
import type { PlantParams } from './params.ts';
import type { SensorKind, SensorParams } from './sensor-params.ts';

/** Everything that is on the bench: a device, a limb, a sensor, and what breaks. */
export interface RigSpec {
  readonly plant: PlantParams;
  readonly limb: LimbParams;
  /** A part by name (ideal: typical noise, no errors) or a particular one. */
  readonly sensor: SensorKind | SensorParams;
  readonly faults?: readonly Fault[];
  /** Limb occlusion pressure, mmHg, instead of the plant's. */
  readonly lopMmHg?: number;
  /** Pressure the sizes of the motion refer to, mmHg; by default 80 % LOP, 50 % for walk, run and cycle. */
  readonly targetMmHg?: number;
  /** Battery at the start, mV, instead of the plant's, and how it falls, mV/min (3 by default). */
  readonly batteryMv?: number;
  readonly batteryDrainMvPerMin?: number;
  /** Somebody else's limb instead of `limb`: volume pushed into the cuff, mL, at rising times (s), with the cuff's pressure (mmHg). */
  readonly wearer?: { volumeMl(seconds: number, cuffMmHg: number): number };
  /** Steps a ms: 1 normally; 2 or 4 to see what the step size does. */
  readonly stepsPerMs?: 1 | 2 | 4;
}

/** A sagging battery takes this long, ms. */
