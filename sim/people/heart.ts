/** The beat of a simulated heart: shape of the arterial pulse and the times of beats. */
import type { Random } from '../plant/random.ts';
import type { PersonTraits } from './traits.ts';

const SHAPE_POINTS = 256;

/** Height of the arterial pulse over one beat, scaled to 0..1: half a cosine up, a bent decay, the dicrotic wave. */
export function pulseShape(person: PersonTraits): Float64Array {
  const shape = new Float64Array(SHAPE_POINTS + 1);
  let top = 0;
  for (let i = 0; i <= SHAPE_POINTS; i += 1) {
    const x = i / SHAPE_POINTS;
    const up = 0.5 * (1 - Math.cos((Math.PI * x) / person.rise));
    const s = (x - person.rise) / (1 - person.rise);
    const end = Math.exp(-person.decay);
    const down = (Math.exp(-person.decay * s) - end) / (1 - end);
    const bump = person.notch * Math.exp(-(((s - 0.45) / 0.1) ** 2)) * (1 - s);
    shape[i] = x < person.rise ? up : down + bump;
    top = Math.max(top, shape[i] ?? 0);
  }
  for (let i = 0; i <= SHAPE_POINTS; i += 1) shape[i] = (shape[i] ?? 0) / top;
  return shape;
}

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
    const slow = (p.drift * (this.#start - 35)) / 60;
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
