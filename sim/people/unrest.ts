/** Motion that disturbs a measurement: twitches, shifts, tremor. */
import type { Random } from '../plant/random.ts';
import type { PersonTraits } from './traits.ts';

interface Event {
  start: number;
  end: number;
  size: number;
  kind: number;
  hz: number;
}

/** Everything but the artery that a wearer does to a sealed cuff, in mmHg of that cuff: breath, tremor, bumps, fidgets, coughs, motion. */
export class Unrest {
  readonly #person: PersonTraits;
  readonly #rng: Random;
  readonly #breath: number;
  #events: Event[] = [];
  #offset = 0;
  #last = 0;
  #phase = 0;
  #amplitude = 1;
  #moving = false;
  #until = 0;

  constructor(person: PersonTraits, rng: Random) {
    this.#person = person;
    this.#rng = rng;
    this.#breath = rng.range(0, 2 * Math.PI);
  }

  #add(t: number, seconds: number, size: number, kind: number): void {
    this.#events.push({ start: t, end: t + seconds, size, kind, hz: this.#rng.range(0.5, 2.5) });
  }

  #draw(t: number, dt: number): void {
    const p = this.#person;
    const rng = this.#rng;
    if (rng.chance(p.bumps * dt)) {
      this.#add(t, rng.range(0.1, 0.35), rng.range(-1, 5), 0);
      this.#offset += rng.range(-1, 1);
    }
    if (rng.chance(p.fidgets * dt)) {
      this.#add(t, rng.range(0.8, 3), rng.range(1, 6), 1);
      this.#offset += rng.range(-2, 2);
    }
    if (rng.chance(p.coughs * dt)) {
      const size = rng.range(8, 30);
      this.#add(t, rng.range(0.3, 0.6), size, 0);
      if (rng.chance(0.5)) this.#add(t + 0.8, rng.range(0.3, 0.5), 0.7 * size, 0);
    }
    if (p.motionMmHg > 0 && t >= this.#until) {
      this.#moving = rng.chance(p.motionShare);
      this.#until = t + rng.range(1, 6);
    }
  }

  #wave(dt: number): number {
    if (!this.#moving) return 0;
    const before = this.#phase;
    this.#phase += this.#person.motionHz * dt * (1 + 0.06 * this.#rng.gauss());
    if (Math.floor(this.#phase) > Math.floor(before))
      this.#amplitude = Math.max(0.2, 1 + 0.2 * this.#rng.gauss());
    const h = 0.5 * (1 - Math.cos(2 * Math.PI * this.#phase));
    return this.#person.motionMmHg * this.#amplitude * h * Math.sqrt(h);
  }

  /** mmHg to add to a sealed cuff at `seconds` (rising from call to call). */
  at(seconds: number): number {
    const dt = seconds - this.#last;
    this.#last = seconds;
    if (dt > 0) this.#draw(seconds, dt);
    const p = this.#person;
    let sum = this.#offset + 0.5 * p.breathMmHg * Math.sin(2 * Math.PI * p.breathHz * seconds + this.#breath);
    sum +=
      0.5 *
      p.tremorMmHg *
      Math.sin(2 * Math.PI * p.tremorHz * seconds) *
      (0.7 + 0.3 * Math.sin(1.7 * seconds));
    if (this.#events.length > 0) sum += this.#eventsAt(seconds);
    return p.motionMmHg > 0 ? sum + this.#wave(dt) : sum;
  }

  #eventsAt(t: number): number {
    let sum = 0;
    let over = false;
    for (const e of this.#events) {
      if (t >= e.end) over = true;
      if (t < e.start || t >= e.end) continue;
      const hump = Math.sin((Math.PI * (t - e.start)) / (e.end - e.start));
      sum +=
        e.kind === 0 ? e.size * hump : 0.5 * e.size * hump * Math.sin(2 * Math.PI * e.hz * (t - e.start));
    }
    if (over) this.#events = this.#events.filter((e) => t < e.end);
    return sum;
  }
}
