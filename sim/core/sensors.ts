/** The sensor of the core in the loop: the rig's part, decoded by the very function of the driver. */
import { honeywellFaults, honeywellMmHg } from '../../hal/sensors/honeywell.ts';
import { MPRLS, MPRLS_TRAITS } from '../../hal/sensors/mprls.ts';
import { FAULT_BUSY, FAULT_NAK, type PressureSensor, type SensorTraits } from '../../src/ports.ts';
import type { Rig } from '../plant/rig.ts';

/** A sensor that is told when to convert, as the board's clock does it. */
export interface SimSensor extends PressureSensor {
  convert(): void;
}

/** The MPRLS of the reference build. */
export class SimMprls implements SimSensor {
  readonly traits: SensorTraits = MPRLS_TRAITS;
  faults = FAULT_BUSY;
  readonly #rig: Rig;
  #refused = false;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  convert(): void {
    if (this.#rig.read().nak) this.#refused = true;
    else this.#rig.convert();
  }

  sample(): number {
    const r = this.#rig.read();
    if (r.nak) {
      this.faults = FAULT_NAK;
      return Number.NaN;
    }
    const word = r.status * 0x1000000 + r.code;
    const mmHg = this.#refused ? Number.NaN : honeywellMmHg(MPRLS, word);
    if (!Number.isNaN(mmHg)) return mmHg;
    this.faults = honeywellFaults(MPRLS, word) | (this.#refused ? FAULT_NAK : 0);
    this.#refused = false;
    return Number.NaN;
  }
}
