/**
 * Least squares of a cubic trend and two harmonics together, for windows that have already lost their own cubic. About the middle of the
 * window cosines and even powers do not mix with sines and odd powers, and what is left of the data is orthogonal to the cubic: two small
 * systems per window, with tables that depend on the window's length and the heart rate only. Must never be given a window with its
 * trend still in it.
 */
export interface Harmonics {
  /** Samples and angle the tables are for. */
  n: number;
  angle: number;
  /** Sum under way: sample index. */
  i: number;
  /** Sums of cos and m^2 cos at the rate and at twice the rate; of m sin and m^3 sin. */
  c0: Float32Array;
  c2: Float32Array;
  s1: Float32Array;
  s3: Float32Array;
  /** Moments of the window. */
  n2: number;
  n4: number;
  n6: number;
  /** Sums of cosines at the rate and its multiples up to four, over the window. */
  kernels: Float32Array;
  /** Result: squared amplitude, what it explains of the data's sum of squares, and the cubic that the harmonics had left in the data. */
  square: number;
  explained: number;
  t0: number;
  t1: number;
  t2: number;
  t3: number;
}

/** Pairs in one slice. */
const PAIRS = 3;

export function createHarmonics(): Harmonics {
  return {
    n: 0,
    angle: 0,
    i: 0,
    c0: new Float32Array(2),
    c2: new Float32Array(2),
    s1: new Float32Array(2),
    s3: new Float32Array(2),
    n2: 0,
    n4: 0,
    n6: 0,
    kernels: new Float32Array(4),
    square: 0,
    explained: 0,
    t0: 0,
    t1: 0,
    t2: 0,
    t3: 0,
  };
}

/** Dirichlet's kernel: sum of cos(angle * m) over n samples about their middle. */
function kernel(angle: number, n: number): number {
  const d = Math.sin(angle / 2);
  return d === 0 ? n : Math.sin((n * angle) / 2) / d;
}

/** Begin the tables for windows of n samples. */
export function startTables(h: Harmonics, n: number, angle: number): void {
  const q = n * n;
  h.n = n;
  h.angle = angle;
  h.i = 0;
  h.n2 = (n * (q - 1)) / 12;
  h.n4 = (h.n2 * (3 * q - 7)) / 20;
  h.n6 = (h.n2 * (3 * q * q - 18 * q + 31)) / 112;
  h.c0.fill(0);
  h.c2.fill(0);
  h.s1.fill(0);
  h.s3.fill(0);
  for (let j = 0; j < 4; j = j + 1) h.kernels[j] = kernel((j + 1) * angle, n);
}

/** Some sample pairs of the tables, both halves of the window at once; true when they are complete. */
export function workTables(h: Harmonics): boolean {
  for (let k = 0; k < PAIRS; k = k + 1) {
    const m = (h.n - 1) / 2 - h.i;
    if (m < 0) return true;
    h.i = h.i + 1;
    addTable(h, 0, m, h.angle * m, m > 0 ? 2 : 1);
    addTable(h, 1, m, 2 * h.angle * m, m > 0 ? 2 : 1);
  }
  return false;
}

function addTable(h: Harmonics, j: number, m: number, at: number, twice: number): void {
  const c = twice * Math.cos(at);
  const sine = twice * m * Math.sin(at);
  h.c0[j] = (h.c0[j] as number) + c;
  h.c2[j] = (h.c2[j] as number) + m * m * c;
  h.s1[j] = (h.s1[j] as number) + sine;
  h.s3[j] = (h.s3[j] as number) + m * m * sine;
}

/** The cosines, freed of what 1 and m^2 explain of them; `u`, `v`: cosine sums of the data at the rate and at twice the rate. First of two. */
export function solveEven(h: Harmonics, u: number, v: number): void {
  const p = (h.n + (h.kernels[1] as number)) / 2;
  const q = ((h.kernels[0] as number) + (h.kernels[2] as number)) / 2;
  const r = (h.n + (h.kernels[3] as number)) / 2;
  const det = h.n * h.n4 - h.n2 * h.n2;
  const a = h.c0[0] as number;
  const b = h.c2[0] as number;
  const c = h.c0[1] as number;
  const d = h.c2[1] as number;
  const a0 = (h.n4 * a - h.n2 * b) / det;
  const a2 = (h.n * b - h.n2 * a) / det;
  const b0 = (h.n4 * c - h.n2 * d) / det;
  const b2 = (h.n * d - h.n2 * c) / det;
  const pp = p - a * a0 - b * a2;
  const qq = q - c * a0 - d * a2;
  const rr = r - c * b0 - d * b2;
  const under = pp * rr - qq * qq;
  const x = (u * rr - v * qq) / under;
  const y = (v * pp - u * qq) / under;
  h.square = x * x + y * y;
  h.explained = x * u + y * v;
  h.t0 = -(x * a0 + y * b0);
  h.t2 = -(x * a2 + y * b2);
}

/** The sines, freed of what m and m^3 explain of them; `u`, `v`: sine sums of the data. Second of two: writes the results. */
export function solveOdd(h: Harmonics, u: number, v: number): void {
  const p = (h.n - (h.kernels[1] as number)) / 2;
  const q = ((h.kernels[0] as number) - (h.kernels[2] as number)) / 2;
  const r = (h.n - (h.kernels[3] as number)) / 2;
  const det = h.n2 * h.n6 - h.n4 * h.n4;
  const a = h.s1[0] as number;
  const b = h.s3[0] as number;
  const c = h.s1[1] as number;
  const d = h.s3[1] as number;
  const a1 = (h.n6 * a - h.n4 * b) / det;
  const a3 = (h.n2 * b - h.n4 * a) / det;
  const b1 = (h.n6 * c - h.n4 * d) / det;
  const b3 = (h.n2 * d - h.n4 * c) / det;
  const pp = p - a * a1 - b * a3;
  const qq = q - c * a1 - d * a3;
  const rr = r - c * b1 - d * b3;
  const under = pp * rr - qq * qq;
  const x = (u * rr - v * qq) / under;
  const y = (v * pp - u * qq) / under;
  h.square = h.square + x * x + y * y;
  h.explained = h.explained + x * u + y * v;
  h.t1 = -(x * a1 + y * b1);
  h.t3 = -(x * a3 + y * b3);
}
