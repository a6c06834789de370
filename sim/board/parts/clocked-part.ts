/** An HX710B on its two pins: a conversion that waits pulls the data line low, each rising edge of the clock shifts out a bit. What a code means is no matter of its. */
import type { RigSensor } from '../bus.ts';
import type { BoardPin } from '../pins.ts';

const BITS = 24;

export class ClockedPart {
  readonly #rig: RigSensor;
  readonly #clock: BoardPin;
  #level = 0;
  #pulses = 0;
  #code = 0;
  #taken = 0;

  constructor(rig: RigSensor, data: BoardPin, clock: BoardPin) {
    this.#rig = rig;
    this.#clock = clock;
    data.source = () => this.#data();
  }

  /** The pins have changed. */
  follow(): void {
    const level = (this.#clock.drives ?? 0) > 0 ? 1 : 0;
    const rises = level === 1 && this.#level === 0;
    this.#level = level;
    if (!rises) return;
    this.#next();
    if (this.#pulses === 0) this.#latch();
    this.#pulses++;
  }

  #latch(): void {
    const r = this.#rig.read();
    this.#code = r.code & 0xffffff;
    this.#taken = r.conversions;
  }

  /** All bits are out, and another conversion is there. */
  #next(): void {
    if (this.#pulses > BITS && this.#rig.read().conversions > this.#taken) this.#pulses = 0;
  }

  /** Undefined = nobody is there. */
  #data(): 0 | 1 | undefined {
    const r = this.#rig.read();
    if (r.nak) return undefined;
    this.#next();
    if (this.#pulses === 0) return r.conversions > this.#taken ? 0 : 1;
    return this.#pulses > BITS ? 1 : (((this.#code >> (BITS - this.#pulses)) & 1) as 0 | 1);
  }
}
