/** The beats of a simulated heart, one after the other: when they come and how high they are. Seeded. */
import type { Random } from '../plant/random.ts';
import type { PersonTraits } from './traits.ts';
import { pulseShape, SHAPE_POINTS } from './waves.ts';

/** The heart: beats drawn one after the other; arterial pressure in mmHg at rising times. */
export class Heart {
  readonly #person: PersonTraits;
  readonly #rng: Random;
  readonly #shape: Float64Array;
  #start = 0;
  #length = 1;
  #last = 1;
  #systolic = 0;
  #diastolic = 0;
  #nextDiastolic = 0;

  constructor(person: PersonTraits, rng: Random) {
    this.#person = person;
    this.#rng = rng;
    this.#shape = pulseShape(person);
    this.#length = 60 / person.heartRate;
    this.#nextDiastolic = person.diastolic;
    this.#start = -this.#length * rng.next();
    this.#draw();
  }

  #draw(): void {
    const p = this.#person;
    const rng = this.#rng;
    const mean = 60 / p.heartRate;
    this.#last = this.#length;
    let share = 1 + p.intervalSpread * rng.gauss() + 0.02 * Math.sin(2 * Math.PI * p.breathHz * this.#start);
    let weaker = 0;
    if (rng.chance(p.ectopic)) {
      share = rng.range(0.6, 0.75);
      weaker = rng.range(5, 15);
    }
    this.#length = mean * Math.max(0.55, Math.min(1.7, share));
    const filling = p.fibrillation ? 14 * (this.#last / mean - 1) : 0;
    const breath = p.breathSystolic * Math.sin(2 * Math.PI * p.breathHz * this.#start);
    const mayer = p.mayerMmHg * Math.sin(2 * Math.PI * p.mayerHz * this.#start + p.heartRate);
    const slow = (p.drift * (this.#start - 35)) / 60 + mayer;
    this.#systolic =
      p.systolic +
      p.systolicSpread * rng.gauss() +
      Math.max(-20, Math.min(12, filling)) +
      breath +
      slow -
      weaker;
    this.#diastolic = this.#nextDiastolic;
    this.#nextDiastolic = p.diastolic + 0.6 * (breath + slow) + 0.5 * p.systolicSpread * rng.gauss();
  }

  /** Arterial pressure at `seconds` (not before the last call's). */
  at(seconds: number): number {
    while (seconds >= this.#start + this.#length) {
      this.#start += this.#length;
      this.#draw();
    }
    const x = (seconds - this.#start) / this.#length;
    const i = Math.floor(x * SHAPE_POINTS);
    const a = this.#shape[i] ?? 0;
    const h = a + ((this.#shape[i + 1] ?? a) - a) * (x * SHAPE_POINTS - i);
    const floor = this.#diastolic + (this.#nextDiastolic - this.#diastolic) * x;
    return floor + (this.#systolic - floor) * h;
  }
}
