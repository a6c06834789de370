/** The MPRLS as the bus sees it. */
import type { BusPart, RigSensor } from '../bus.ts';

/** The MPRLS on the bus: AA 00 00 starts a conversion, a read gives status and three bytes, old ones while busy. */
export class MprlsPart implements BusPart {
  readonly #rig: RigSensor;

  constructor(rig: RigSensor) {
    this.#rig = rig;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#rig.read().nak) return false;
    if (bytes.length === 3 && bytes[0] === 0xaa && bytes[1] === 0 && bytes[2] === 0) this.#rig.convert();
    return true;
  }

  read(count: number): Uint8Array | undefined {
    const r = this.#rig.read();
    if (r.nak) return undefined;
    const all = [r.status, (r.code >> 16) & 255, (r.code >> 8) & 255, r.code & 255];
    return Uint8Array.from({ length: count }, (_, i) => all[i] ?? 0xff);
  }
}
