/** The sensor of the core in the loop: the rig's part, decoded by the very functions of the drivers. */
import { MPRLS_TRAITS, mprlsTake } from '../../hal/sensors/mprls.ts';
import {
  FAULT_BUSY,
  FAULT_NAK,
  type PressureSensor,
  type Sample,
  type SensorTraits,
} from '../../src/ports.ts';
import type { Rig } from '../plant/rig.ts';

/** A sensor that is told when to convert, as the board's clock does it. */
export interface SimSensor extends PressureSensor {
  convert(): void;
}

/** The MPRLS of the reference build. */
export class SimMprls implements SimSensor {
  readonly traits: SensorTraits = MPRLS_TRAITS;
  readonly #rig: Rig;
  readonly #sample: Sample = { mmHg: 0, conversions: 0, faults: FAULT_BUSY };
  #started = false;
  #refused = false;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  convert(): void {
    this.#refused = this.#rig.read().nak;
    if (this.#refused) {
      this.#sample.faults = FAULT_NAK;
      return;
    }
    this.#rig.convert();
    this.#started = true;
  }

  sample(): Sample {
    const r = this.#rig.read();
    if (r.nak) {
      this.#sample.faults = FAULT_NAK;
      return this.#sample;
    }
    mprlsTake(this.#sample, r.status, r.code, this.#started);
    if (!r.busy) this.#started = false;
    if (this.#refused) this.#sample.faults |= FAULT_NAK;
    return this.#sample;
  }
}
