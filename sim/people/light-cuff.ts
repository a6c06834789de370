/** A cuff for measurements by the thousand: cheap, and checked against the full plant. */
import { gasCapacity, referenceCompliance, sealedCompliance } from '../plant/compliance.ts';
import type { PlantParams } from '../plant/params.ts';
import type { Random } from '../plant/random.ts';
import type { Person } from './person.ts';

/**
 * A cuff reduced to what a slow measurement sees, for runs by the thousand: fills and bleeds at the build's own rates towards a setpoint,
 * creeps, leaks, and shows the limb's volume through its sealed compliance. No hose, no valve edges; bench results are checked against the
 * full plant (rig.ts) on fewer people.
 */
export class LightCuff {
  readonly #plant: PlantParams;
  readonly #person: Person;
  readonly #rng: Random;
  #air = 0;
  #fast = 0;
  #slow = 0;
  #volume: number;
  #miss = 0;
  #goal = Number.NaN;
  #done = true;
  /** Seconds since the start. */
  t = 0;
  /** True pressure, mmHg. */
  p = 0;

  constructor(plant: PlantParams, person: Person, rng: Random) {
    this.#plant = plant;
    this.#person = person;
    this.#rng = rng;
    this.#volume = person.volumeMl(0, 0);
  }

  #move(goal: number, dt: number): number {
    const plant = this.#plant;
    if (goal !== this.#goal) {
      this.#goal = goal;
      this.#miss = 0.6 * this.#rng.gauss();
      this.#done = false;
    }
    const gap = goal + this.#miss - this.p;
    if (this.#done && Math.abs(gap) < 1.5) return 0;
    const up = (plant.pumpFlow * Math.max(0, 1 - this.p / plant.pumpShutOff)) / gasCapacity(plant, this.p);
    const step = Math.max(-40 * dt, Math.min(0.8 * up * dt, gap));
    if (Math.abs(gap) <= Math.abs(step) + 0.01) this.#done = true;
    return step;
  }

  /** Advance by `dt` s towards `setpoint` (null = vented); with `quiet` nothing is pumped or bled. */
  step(dt: number, setpoint: number | null, quiet: boolean): void {
    this.t += dt;
    const plant = this.#plant;
    if (setpoint === null) this.#air -= this.p * Math.min(1, 2 * dt);
    else if (quiet) this.#goal = Number.NaN;
    else this.#air += this.#move(setpoint, dt);
    this.#air -= (plant.leakMmHgPerMin / 60) * (Math.max(this.p, 0) / 150) * dt;
    const reference = referenceCompliance(plant);
    const compliance = sealedCompliance(plant, Math.max(this.p, 0));
    this.#fast += (plant.creepFast * reference * this.p - this.#fast) * (dt / plant.creepFastS);
    this.#slow += (plant.creepSlow * reference * this.p - this.#slow) * (dt / plant.creepSlowS);
    const limb = this.#person.volumeMl(this.t, this.p) - this.#volume;
    this.p = this.#air + (limb - this.#fast - this.#slow) / compliance;
  }
}
