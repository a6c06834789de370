import type { Regulator } from './state.ts';

const STEP_MAX = 1 / 10;

function limited(x: number): number {
  return x > STEP_MAX ? STEP_MAX : x < -STEP_MAX ? -STEP_MAX : x;
}

/** Once a cycle: what pump and valve were believed to do must not make the limb drift. */
export function learnSlopes(r: Regulator): void {
  const b = r.beat;
  const p = r.plant;
  const all = b.raised * b.raised + b.lowered * b.lowered + 25;
  const share = r.offset / (2 * all);
  p.up *= 1 + limited(share * b.raised);
  p.down *= 1 - limited(share * b.lowered);
  b.raised = 0;
  b.lowered = 0;
}

/** Once a cycle: the lower edge gives way when peaks cannot be kept inside the band. */
export function learnEdges(r: Regulator): void {
  const top = r.top;
  r.top = -1000;
  const widest = (r.target * 85) / 1000;
  const normal = r.target / 20;
  if (top * 10 > r.target) r.lower += r.target / 100;
  else r.lower -= r.target / 200;
  r.lower = r.lower > widest ? widest : r.lower < normal ? normal : r.lower;
}
