/** The chip's watchdog: once started it neither stops nor changes its time; only a full reset ends it. */
export class WatchdogTimer {
  #ms = 0;
  #kickedAt = 0;
  /** The idle loop kicks, too. */
  auto = false;

  get running(): boolean {
    return this.#ms > 0;
  }

  enable(seconds: number, auto: boolean, nowMs: number): void {
    this.auto = auto;
    if (this.#ms > 0) return;
    this.#ms = seconds * 1000;
    this.#kickedAt = nowMs;
  }

  /** A kick at the end of a flash write lies ahead; one that the program gives in the same callback comes after it. */
  kick(nowMs: number): void {
    this.#kickedAt = Math.max(this.#kickedAt, nowMs);
  }

  /** When it bites, ms; infinite when off. */
  get biteMs(): number {
    return this.#ms > 0 ? this.#kickedAt + this.#ms : Number.POSITIVE_INFINITY;
  }

  reset(): void {
    this.#ms = 0;
    this.auto = false;
  }
}
