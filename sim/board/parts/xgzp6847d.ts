/** The XGZP6847D as the bus sees it. */
import type { BusPart, RigSensor } from '../bus.ts';

const CONTROL = 0x30;
const DATA = 0x06;
const RUNNING = 0x08;
const BUSY_STATUS = 0x20;

/** The XGZP6847D on the bus: a register pointer, a control register whose 0x0A starts a conversion, 24 bits at 0x06. */
export class XgzpPart implements BusPart {
  readonly #rig: RigSensor;
  #pointer = 0;

  constructor(rig: RigSensor) {
    this.#rig = rig;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#rig.read().nak) return false;
    this.#pointer = bytes[0] ?? 0;
    if (this.#pointer === CONTROL && bytes[1] === 0x0a) this.#rig.convert();
    return true;
  }

  read(count: number): Uint8Array | undefined {
    const r = this.#rig.read();
    if (r.nak) return undefined;
    const registers = new Map([
      [CONTROL, r.status & BUSY_STATUS ? RUNNING : 0],
      [DATA, (r.code >> 16) & 255],
      [DATA + 1, (r.code >> 8) & 255],
      [DATA + 2, r.code & 255],
    ]);
    return Uint8Array.from({ length: count }, (_, i) => registers.get(this.#pointer + i) ?? 0);
  }
}
