/**
 * Flash memory as the interpreter uses it: bits only go from 1 to 0, whole pages back to 1, and power can go at any word.
 */
export const PAGE = 4096;

/** How long the flash of an nRF52840 takes: erase a page, program a word, ms (product specification: 85 and 0.041, with its driver 0.1). */
export interface FlashTimes {
  readonly eraseMs: number;
  readonly wordMs: number;
}

export const NRF52_FLASH: FlashTimes = { eraseMs: 85, wordMs: 0.1 };
/** All at once: what the simulation levels that are compared with each other use. */
export const INSTANT_FLASH: FlashTimes = { eraseMs: 0, wordMs: 0 };

/** Thrown through whatever is running when the power goes. */
export class PowerCut extends Error {}

export class Flash {
  readonly bytes: Uint8Array;
  /** Words that can still be programmed (an erase counts as one) before the power goes. */
  wordsLeft = Number.POSITIVE_INFINITY;
  /** True once the power has gone; every access fails until `restore`. */
  dead = false;
  times: FlashTimes = INSTANT_FLASH;
  /** Called for each program or erase, with its time: JS stands still and the interpreter kicks the watchdog. */
  onBusy: (ms: number) => void = () => {};
  /** Words programmed and pages erased so far. */
  words = 0;
  erases = 0;

  constructor(pages: number) {
    this.bytes = new Uint8Array(pages * PAGE).fill(0xff);
  }

  get size(): number {
    return this.bytes.length;
  }

  /** Power is back. */
  restore(): void {
    this.dead = false;
    this.wordsLeft = Number.POSITIVE_INFINITY;
  }

  word(address: number): number {
    const b = this.bytes;
    return (
      ((b[address] ?? 0) |
        ((b[address + 1] ?? 0) << 8) |
        ((b[address + 2] ?? 0) << 16) |
        ((b[address + 3] ?? 0) << 24)) >>>
      0
    );
  }

  /** Program `data` at `address`, a multiple of 4, word by word; the last word is padded with 1 bits. */
  program(address: number, data: Uint8Array): void {
    if (address % 4 !== 0) throw new Error(`flash: address ${address} is not a multiple of 4`);
    for (let i = 0; i < data.length; i += 4) {
      this.#spend();
      for (let j = i; j < i + 4 && j < data.length; j++) {
        this.bytes[address + j] = (this.bytes[address + j] ?? 0) & (data[j] ?? 0xff);
      }
      this.words++;
    }
    this.onBusy(Math.ceil(data.length / 4) * this.times.wordMs);
  }

  /** Back to all ones; cut short, the first half of the page is erased and the rest is what it was. */
  erasePage(address: number): void {
    const start = address - (address % PAGE);
    if (this.wordsLeft < 1) this.bytes.fill(0xff, start, start + PAGE / 2);
    this.#spend();
    this.bytes.fill(0xff, start, start + PAGE);
    this.erases++;
    this.onBusy(this.times.eraseMs);
  }

  isErased(address: number, length: number): boolean {
    for (let i = address; i < address + length; i++) if (this.bytes[i] !== 0xff) return false;
    return true;
  }

  #spend(): void {
    if (this.dead || this.wordsLeft < 1) {
      this.dead = true;
      throw new PowerCut('power cut while writing flash');
    }
    this.wordsLeft--;
  }
}
