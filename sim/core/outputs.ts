/**
 * The outputs of the core in the loop: the same pump and valve as on the board, written straight to the rig.
 * The valve's re-shut is an event at a whole ms, as the board's utility timer would do it.
 */
import type { LeasePort, PumpPort, ValvePort } from '../../src/ports.ts';
import type { Rig } from '../plant/rig.ts';

/** Pump, valve and lease on a rig, with the one pending event they can have. */
export class SimOutputs {
  readonly pump: PumpPort;
  readonly valve: ValvePort;
  readonly lease: LeasePort;
  /** Time at which a bleed ends, ms; Infinity = none pending. */
  reshutAt = Number.POSITIVE_INFINITY;
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
    this.pump = { write: (duty) => this.#writePump(duty) };
    this.valve = { write: (openMs) => this.#writeValve(openMs) };
    this.lease = { renew: () => true, drop: () => undefined };
  }

  /** Advance the rig to `ms`, ending a bleed on the way at its exact time. */
  advanceTo(ms: number): void {
    if (this.reshutAt <= ms) {
      this.#rig.advanceTo(this.reshutAt);
      this.#rig.valve = 1;
      this.reshutAt = Number.POSITIVE_INFINITY;
    }
    this.#rig.advanceTo(ms);
  }

  #writePump(duty: number): void {
    this.#rig.pump = duty > 0 ? Math.min(duty, 1000) / 1000 : 0;
  }

  #writeValve(openMs: number): void {
    const bleeding = this.reshutAt !== Number.POSITIVE_INFINITY;
    if (openMs === 0 && bleeding) return;
    this.reshutAt = openMs > 0 ? this.#rig.nowMs + openMs : Number.POSITIVE_INFINITY;
    this.#rig.valve = openMs === 0 ? 1 : 0;
  }
}
