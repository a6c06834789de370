/** The sensor of the core in the loop: the rig's part, decoded by the very function of the driver. */
import { honeywellFaults, honeywellMmHg } from '../../hal/sensors/honeywell.ts';
import { MPRLS, MPRLS_TRAITS } from '../../hal/sensors/mprls.ts';
import {
  type ExtraReadings,
  FAULT_BUSY,
  FAULT_NAK,
  type PressureSensor,
  type SensorTraits,
} from '../../src/ports.ts';
import type { Rig } from '../plant/rig.ts';

/** A sensor that is told when to convert, as the board's clock does it. */
export interface SimSensor extends PressureSensor {
  convert(): void;
  /** Between two ticks: keep the extra conversion that is done, and start another when `again`. */
  more(again: boolean): void;
}

/** The decoded pressure of what the part answers now, NaN when it is not a good one. */
function mmHgNow(rig: Rig): number {
  const r = rig.read();
  return r.nak ? Number.NaN : honeywellMmHg(MPRLS, r.status * 0x1000000 + r.code);
}

/** The extra readings of the simulated part, as those of its driver. */
class SimExtra implements ExtraReadings {
  wanted = false;
  count = 0;
  pending = false;
  readonly mmHg = new Float32Array(2);

  listen(on: boolean): void {
    this.wanted = on;
    this.count = 0;
    this.pending = false;
  }

  keep(mmHg: number): void {
    if (Number.isNaN(mmHg) || this.count > 1) return;
    this.mmHg[this.count] = mmHg;
    this.count += 1;
  }
}

/** The MPRLS of the reference build. */
export class SimMprls implements SimSensor {
  readonly traits: SensorTraits = MPRLS_TRAITS;
  readonly extra = new SimExtra();
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

  more(again: boolean): void {
    if (!this.extra.pending) return;
    this.extra.pending = false;
    this.extra.keep(mmHgNow(this.#rig));
    if (again) this.#convertExtra();
  }

  #convertExtra(): void {
    const refused = this.#refused;
    this.#refused = false;
    this.convert();
    this.extra.pending = !this.#refused;
    this.#refused = refused;
  }

  sample(): number {
    const mmHg = this.#plain();
    if (this.extra.wanted) this.#convertExtra();
    return mmHg;
  }

  #plain(): number {
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
