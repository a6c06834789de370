/** The ways in which pressure sensors speak on an I2C bus. What a code means is no matter of theirs. */
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

/** A TI ADS1115: a write of the configuration with its highest bit starts a conversion; registers of 16 bits, the result is number 0. */
export class Ads1115Part implements BusPart {
  readonly #rig: RigSensor;
  #pointer = 0;
  #config = 0x8583;

  constructor(rig: RigSensor) {
    this.#rig = rig;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#rig.read().nak) return false;
    const [pointer = 0, high, low] = bytes;
    this.#pointer = pointer;
    if (pointer !== 1 || high === undefined || low === undefined) return true;
    this.#config = high * 256 + low;
    if (high & 0x80) this.#rig.convert();
    return true;
  }

  /** The result is that of input 0 against ground at 4.096 V, which this part is wired for; with another setting it is another number. */
  read(count: number): Uint8Array | undefined {
    const r = this.#rig.read();
    if (r.nak) return undefined;
    const done = r.status & BUSY_STATUS ? 0 : 0x8000;
    const result = (this.#config & 0x7e00) === 0x4200 ? r.code : r.code >> 1;
    const value = this.#pointer === 0 ? result : (this.#config & 0x7fff) | done;
    return Uint8Array.from({ length: count }, (_, i) =>
      i === 0 ? value >> 8 : i === 1 ? value & 255 : 0xff,
    );
  }
}
