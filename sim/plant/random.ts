/**
 * Seeded random numbers for everything that is simulated. The core is sfc32: 32-bit integer arithmetic only, so a seed gives the same
 * stream on every machine. `fork` derives an independent stream from a label without drawing from the parent, which keeps the plant, the
 * motion and the sensor of one run apart: a draw added in one of them moves nothing in the others.
 */
export class Random {
  readonly #seed: number;
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spare = 0;
  #hasSpare = false;

  /** @param seed any finite number; its low 32 bits and its fraction are not distinguished beyond the integer part */
  constructor(seed: number) {
    this.#seed = seed >>> 0;
    this.#a = scramble(this.#seed);
    this.#b = scramble(this.#a ^ 0x9e3779b9);
    this.#c = scramble(this.#b ^ 0x85ebca6b);
    this.#d = 1;
    for (let i = 0; i < 12; i += 1) this.#word();
  }

  #word(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
  }

  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number {
    return this.#word() / 4294967296;
  }

  /** Standard normal (Marsaglia's polar method). */
  gauss(): number {
    if (this.#hasSpare) {
      this.#hasSpare = false;
      return this.#spare;
    }
    let x = 0;
    let y = 0;
    let s = 0;
    do {
      x = this.next() * 2 - 1;
      y = this.next() * 2 - 1;
      s = x * x + y * y;
    } while (s >= 1 || s === 0);
    const f = Math.sqrt((-2 * Math.log(s)) / s);
    this.#spare = y * f;
    this.#hasSpare = true;
    return x * f;
  }

  /** Uniform in [lo, hi). */
  range(lo: number, hi: number): number {
    return lo + (hi - lo) * this.next();
  }

  /** Whole number 0 .. n - 1. */
  int(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** True with probability p. */
  chance(p: number): boolean {
    return this.next() < p;
  }

  /** Log-normal around `median` with log-SD `spread`, limited to [lo, hi]. */
  lognormal(median: number, spread: number, lo: number, hi: number): number {
    const v = median * Math.exp(spread * this.gauss());
    return v < lo ? lo : v > hi ? hi : v;
  }

  /** An independent stream named by `label`; depends on this stream's seed and the label only, not on what has been drawn. */
  fork(label: string | number): Random {
    const text = typeof label === 'number' ? `#${label}` : label;
    let h = this.#seed ^ 0x811c9dc5;
    for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    return new Random(scramble(h));
  }
}

/** 32-bit finaliser (murmur3): every input bit reaches every output bit. */
function scramble(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
