/** Weighted least squares: normal equations that are added to one row at a time, and their solution with a ridge. */
export class System {
  readonly #n: number;
  readonly #a: number[][];
  readonly #b: number[];

  constructor(unknowns: number) {
    this.#n = unknowns;
    this.#a = Array.from({ length: unknowns }, () => new Array<number>(unknowns).fill(0));
    this.#b = new Array<number>(unknowns).fill(0);
  }

  /** One equation, `row` times the unknowns = `value`. */
  add(row: readonly number[], value: number, weight: number): void {
    for (let i = 0; i < this.#n; i += 1) {
      const of = this.#a[i] ?? [];
      for (let j = 0; j < this.#n; j += 1) of[j] = (of[j] ?? 0) + weight * (row[i] ?? 0) * (row[j] ?? 0);
      this.#b[i] = (this.#b[i] ?? 0) + weight * (row[i] ?? 0) * value;
    }
  }

  /** The unknowns; `ridge` pulls each towards zero, in units of its own scale. */
  solve(ridge: number): number[] {
    const scale = this.#a.map((row, i) => Math.sqrt(row[i] ?? 1) || 1);
    const m = this.#a.map((row, i) => [
      ...row.map((x, j) => x / ((scale[i] ?? 1) * (scale[j] ?? 1)) + (i === j ? ridge / this.#total() : 0)),
      (this.#b[i] ?? 0) / (scale[i] ?? 1),
    ]);
    return eliminate(m).map((x, i) => x / (scale[i] ?? 1));
  }

  #total(): number {
    return this.#a.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
  }
}

/** Gauss elimination with pivots; the last column is the right-hand side. */
function eliminate(m: number[][]): number[] {
  const n = m.length;
  for (let c = 0; c < n; c += 1) {
    let best = c;
    for (let r = c + 1; r < n; r += 1) if (Math.abs(m[r]?.[c] ?? 0) > Math.abs(m[best]?.[c] ?? 0)) best = r;
    [m[c], m[best]] = [m[best] ?? [], m[c] ?? []];
    const top = m[c] ?? [];
    for (let r = 0; r < n; r += 1) {
      const row = m[r] ?? [];
      const f = r === c ? 0 : (row[c] ?? 0) / (top[c] ?? 1);
      for (let k = c; k <= n; k += 1) row[k] = (row[k] ?? 0) - f * (top[k] ?? 0);
    }
  }
  return m.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}
