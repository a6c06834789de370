/** The monostable of an external dead-man: a rising edge at its input makes it high for a time, another one makes it longer. It must not care for levels. */

export class Monostable {
  readonly #ms: number;
  #level: 0 | 1 = 0;
  #untilMs = Number.NEGATIVE_INFINITY;
  /** Its output is stuck high: soldered wrongly, or dead. */
  stuckHigh = false;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** The input is at `level` from `nowMs` on. */
  see(level: 0 | 1, nowMs: number): void {
    if (level === 1 && this.#level === 0) this.#untilMs = nowMs + this.#ms;
    this.#level = level;
  }

  isHigh(nowMs: number): boolean {
    return this.stuckHigh || nowMs < this.#untilMs;
  }

  /** When it falls, ms; infinite when it is low. */
  nextMs(): number {
    return this.#untilMs > 0 ? this.#untilMs : Number.POSITIVE_INFINITY;
  }

  /** True when it has fallen by `nowMs`; once. */
  hasFallen(nowMs: number): boolean {
    if (!(this.#untilMs > 0) || nowMs < this.#untilMs) return false;
    this.#untilMs = Number.NEGATIVE_INFINITY;
    return true;
  }
}
