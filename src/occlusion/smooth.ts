/** Smooths the pulse curve by local straight lines. Reads the points that it is given and must never write back to them. */
/** Half width of the smoothing, mmHg. */
const REACH_MMHG = 14;

/** Height at point i, of n by rising pressure `p`, of a local straight line through `y` with weights `w`, from the points in reach. */
export function smoothAt(p: Float32Array, y: Float32Array, w: Float32Array, n: number, i: number): number {
  const at = p[i] as number;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let y0 = 0;
  let y1 = 0;
  let j = i;
  while (j > 0 && at - (p[j - 1] as number) < REACH_MMHG) j = j - 1;
  let d = (p[j] as number) - at;
  while (j < n && d < REACH_MMHG) {
    const u = (w[j] as number) * (1 - (d * d) / (REACH_MMHG * REACH_MMHG));
    const ud = u * d;
    const z = y[j] as number;
    s0 = s0 + u;
    s1 = s1 + ud;
    s2 = s2 + ud * d;
    y0 = y0 + u * z;
    y1 = y1 + ud * z;
    j = j + 1;
    d = (p[j] as number) - at;
  }
  const det = s0 * s2 - s1 * s1;
  return det > s0 * s0 ? (y0 * s2 - y1 * s1) / det : y0 / s0;
}
