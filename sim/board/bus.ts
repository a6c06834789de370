/** A part on the I2C bus. */
export interface BusPart {
  /** Bytes after the address; false = not acknowledged. */
  write(bytes: Uint8Array): boolean;
  /** Exactly `count` bytes; undefined = not acknowledged. */
  read(count: number): Uint8Array | undefined;
}

/** What the parts see of the pneumatics: `Rig` of sim/plant fits. */
export interface RigSensor {
  convert(): void;
  /** `conversions`: finished so far; only parts that convert by themselves are asked. */
  read(): {
    readonly nak: boolean;
    readonly status: number;
    readonly code: number;
    readonly conversions: number;
  };
}

/** The chip's I2C unit: an unanswered address throws, as there; before `setup` writes go nowhere and reads are zeros. */
export class I2cBus {
  readonly #parts = new Map<number, BusPart>();
  #powered: () => boolean;
  ready = false;

  constructor(powered: () => boolean) {
    this.#powered = powered;
  }

  attach(address: number, part: BusPart): void {
    this.#parts.set(address, part);
  }

  setup(_options: unknown): void {
    this.ready = true;
  }

  writeTo(address: number, ...data: (number | ArrayLike<number>)[]): void {
    const bytes = Uint8Array.from(data.flatMap((d) => (typeof d === 'number' ? [d] : Array.from(d))));
    if (!this.ready) return;
    const part = this.#part(address);
    if (part === undefined || !part.write(bytes)) throw new Error('I2C Write Error 33281');
  }

  readFrom(address: number, count: number): Uint8Array {
    if (!this.ready) return new Uint8Array(count);
    const bytes = this.#part(address)?.read(count);
    if (bytes === undefined) throw new Error('I2C Read Error 33281');
    return bytes;
  }

  #part(address: number): BusPart | undefined {
    return this.#powered() ? this.#parts.get(address) : undefined;
  }
}
