/** A rig whose outputs may be on each other's wires, and what of it moved: what a person at the bench would see. */
import type { BoardRig } from '../board/electronics.ts';
import type { Rig } from '../plant/rig.ts';
import type { Reading } from '../plant/sensor.ts';

/** Pump and valve as they are wired, and what moved since somebody looked. */
export class WiredRig implements BoardRig {
  readonly #rig: Rig;
  readonly #swapped: boolean;
  moved = { pump: false, valve: false };
  /** How long the valve was on each time since the last look, ms. */
  heldMs: number[] = [];
  #valveSince = 0;

  constructor(rig: Rig, swapped: boolean) {
    this.#rig = rig;
    this.#swapped = swapped;
  }

  get nowMs(): number {
    return this.#rig.nowMs;
  }

  get batteryMv(): number {
    return this.#rig.batteryMv;
  }

  get railMv(): number {
    return this.#rig.railMv;
  }

  get pump(): number {
    return this.#swapped ? this.#rig.valve : this.#rig.pump;
  }

  set pump(duty: number) {
    this.#drive(this.#swapped ? 'valve' : 'pump', duty);
  }

  get valve(): number {
    return this.#swapped ? this.#rig.pump : this.#rig.valve;
  }

  set valve(duty: number) {
    this.#drive(this.#swapped ? 'pump' : 'valve', duty);
  }

  #drive(part: 'pump' | 'valve', duty: number): void {
    const before = this.#rig[part];
    this.#rig[part] = duty;
    if (duty > 0) this.moved[part] = true;
    if (part !== 'valve' || before > 0 === duty > 0) return;
    if (duty > 0) this.#valveSince = this.nowMs;
    else this.heldMs.push(this.nowMs - this.#valveSince);
  }

  advanceTo(ms: number): void {
    this.#rig.advanceTo(ms);
  }

  convert(): void {
    this.#rig.convert();
  }

  read(): Reading {
    return this.#rig.read();
  }
}
