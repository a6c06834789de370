/** Pump and valve of the second family: a motor's balance of torques, and a poppet with dead times. */
import type { SecondPlant } from './params.ts';

/** A diaphragm pump on a DC motor. Speed 1 is that of the rated voltage without friction. */
export class SecondPump {
  speed = 0;
  phase = 0;
  readonly #plant: SecondPlant;
  readonly #dt: number;

  /** @param dt step, s */
  constructor(plant: SecondPlant, dt: number) {
    this.#plant = plant;
    this.#dt = dt;
  }

  /** One step at `volts` (1 = rated) against `mmHg`; returns the flow into no pressure, NmL/s. */
  step(volts: number, mmHg: number): number {
    const p = this.#plant;
    const drag = p.load * (mmHg > 0 ? mmHg / p.shutOff : 0);
    if (this.speed <= 0 && volts < p.stick + drag) return 0;
    // a motor that is switched off is not braked: only friction and load slow it
    const push = volts > 0 ? volts - this.speed : -0.35 * this.speed;
    const speed = this.speed + ((push - p.friction - drag) * this.#dt) / p.inertiaS;
    this.speed = speed > 0 ? speed : 0;
    this.phase = (this.phase + p.strokeHz * this.speed * this.#dt) % 1;
    const turn = Math.sin(2 * Math.PI * this.phase);
    const stroke = 1 - p.pulse + p.pulse * Math.PI * (turn > 0 ? turn : 0);
    return p.flow * this.speed * stroke;
  }

  /** Share of that flow which comes out against `mmHg`. */
  share(mmHg: number): number {
    const x = mmHg / this.#plant.shutOff;
    if (x <= 0) return 1;
    return x >= 1 ? 0 : 1 - x ** this.#plant.bend;
  }
}

/** A normally open valve: after its dead time the poppet moves; its area goes with the square of how far it still is from its seat. */
export class SecondValve {
  lift = 1;
  #shut = false;
  #sinceMs = 0;
  readonly #plant: SecondPlant;

  constructor(plant: SecondPlant) {
    this.#plant = plant;
  }

  /** One ms with the coil at `volts` (1 = rated); returns the open share of the area. */
  step(volts: number): number {
    const p = this.#plant;
    const wants = volts >= (this.#shut ? p.pullIn / 2 : p.pullIn);
    if (wants === this.#shut) this.#sinceMs = 0;
    else {
      this.#sinceMs += 1;
      const dead = wants ? p.shutDeadMs / volts : p.openDeadMs;
      if (this.#sinceMs > dead) {
        this.#shut = wants;
        this.#sinceMs = 0;
      }
    }
    const to = this.#shut ? 0 : 1;
    const step = 1 / p.liftMs;
    this.lift = this.lift < to ? Math.min(to, this.lift + step) : Math.max(to, this.lift - step);
    return this.lift * this.lift;
  }
}
