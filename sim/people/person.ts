/** One simulated person: pulse, breath and unrest as volume and pressure at the cuff over time. */
import { type Artery, arteryVolume, passingMmHg } from '../plant/artery.ts';
import { sealedCompliance } from '../plant/compliance.ts';
import type { PlantParams } from '../plant/params.ts';
import type { Random } from '../plant/random.ts';
import { Heart } from './heart.ts';
import type { PersonTraits } from './traits.ts';
import { Unrest } from './unrest.ts';

/** Pressure that a shut-off limb falls to under the cuff, mmHg. */
const EMPTY_MMHG = 25;

/** A wearer at work: limb volume that he pushes into the cuff, as a function of time and of the pressure in it. */
export class Person {
  readonly traits: PersonTraits;
  readonly #plant: PlantParams;
  readonly #artery: Artery;
  readonly #heart: Heart;
  readonly #unrest: Unrest;
  #far = 80;
  #last = 0;

  constructor(traits: PersonTraits, plant: PlantParams, rng: Random) {
    this.traits = traits;
    this.#plant = plant;
    this.#artery = traits.artery;
    this.#heart = new Heart(traits, rng.fork('heart'));
    this.#unrest = new Unrest(traits, rng.fork('unrest'));
  }

  /** Blood passes: the wider the narrow place is open, the sooner the limb beyond it is full. */
  #fill(near: number, dt: number, overMmHg: number): void {
    const { refillS, opensMmHg } = this.traits;
    const opening = Math.min(1, overMmHg / opensMmHg);
    this.#far += (near - this.#far) * (1 - Math.exp((-dt * opening) / refillS));
  }

  /** Limb volume at `seconds` with `cuff` mmHg in the cuff, mL relative to an arbitrary constant. Times must not fall. */
  volumeMl(seconds: number, cuff: number): number {
    const near = this.#heart.at(seconds);
    const dt = seconds - this.#last;
    this.#last = seconds;
    this.#far += (EMPTY_MMHG - this.#far) * (1 - Math.exp(-dt / this.traits.runOffS));
    const over = passingMmHg(this.#artery, near, cuff);
    if (over > 0) this.#fill(near, dt, over);
    const unrest = this.#unrest.at(seconds) * sealedCompliance(this.#plant, Math.max(cuff, 0));
    return arteryVolume(this.#artery, near, Math.min(this.#far, near), cuff) + unrest;
  }
}
