/** The two ways in which pressure sensors speak on an I2C bus. What a code means is no matter of theirs. */
import type { BusPart, RigSensor } from '../bus.ts';

const BUSY_STATUS = 0x20;

/** A command starts a conversion, a read gives status and three bytes, old ones while busy. */
export class CommandPart implements BusPart {
  readonly #rig: RigSensor;
  readonly #command: readonly number[];

  constructor(rig: RigSensor, command: readonly number[]) {
    this.#rig = rig;
    this.#command = command;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#rig.read().nak) return false;
    const same = bytes.length === this.#command.length && this.#command.every((b, i) => b === bytes[i]);
    if (same) this.#rig.convert();
    return true;
  }

  read(count: number): Uint8Array | undefined {
    const r = this.#rig.read();
    if (r.nak) return undefined;
    const all = [r.status, (r.code >> 16) & 255, (r.code >> 8) & 255, r.code & 255];
    return Uint8Array.from({ length: count }, (_, i) => all[i] ?? 0xff);
  }
}

/** A register pointer, a control register whose `start` value starts a conversion, 24 bits at `data`. */
export class RegisterPart implements BusPart {
  readonly #rig: RigSensor;
  readonly #layout: {
    readonly start: readonly [number, number];
    readonly running: number;
    readonly data: number;
  };
  #pointer = 0;

  constructor(
    rig: RigSensor,
    layout: { readonly start: readonly [number, number]; readonly running: number; readonly data: number },
  ) {
    this.#rig = rig;
    this.#layout = layout;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#rig.read().nak) return false;
    this.#pointer = bytes[0] ?? 0;
    const [register, value] = this.#layout.start;
    if (this.#pointer === register && bytes[1] === value) this.#rig.convert();
    return true;
  }

  read(count: number): Uint8Array | undefined {
    const r = this.#rig.read();
    if (r.nak) return undefined;
    const { start, running, data } = this.#layout;
    const registers = new Map([
      [start[0], r.status & BUSY_STATUS ? running : 0],
      [data, (r.code >> 16) & 255],
      [data + 1, (r.code >> 8) & 255],
      [data + 2, r.code & 255],
    ]);
    return Uint8Array.from({ length: count }, (_, i) => registers.get(this.#pointer + i) ?? 0);
  }
}
