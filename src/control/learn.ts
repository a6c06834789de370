import type { Regulator } from './state.ts';

const STEP_MAX = 1 / 10;

function limited(x: number): number {
  return x > STEP_MAX ? STEP_MAX : x < -STEP_MAX ? -STEP_MAX : x;
}

/** Kept between `least` and `most` tenths of what was identified. */
function within(x: number, first: number, least: number, most: number): number {
  if (x * 10 < first * least) return (first * least) / 10;
  return x * 10 > first * most ? (first * most) / 10 : x;
}

/** How long the books are kept at least before they are judged, ms. */
export const LEARN_MS = 1500;

/** Opens the books of gas put in and let out at this pressure. */
export function openBooks(r: Regulator, now: number, mmHg: number): void {
  const b = r.beat;
  b.learnAt = now;
  b.learnMmHg = mmHg;
  b.raised = 0;
  b.lowered = 0;
}

/** Cycles shorter than this are fast, ms: gait and cycling. */
export const FAST_MS = 1400;

/**
 * In a fast rhythm the gas is nearly adiabatic and the books of a cycle are noise: the slopes stay as identified, and the pump starts
 * later, because most of what falls below comes back by itself.
 */
function isFast(r: Regulator): boolean {
  const period = r.beat.period;
  return period > 0 && period < FAST_MS;
}

/** Over whole cycles, what pump and valve are believed to have done must agree with the pressure. */
export function learnSlopes(r: Regulator, now: number, mmHg: number): void {
  if (isFast(r)) return openBooks(r, now, mmHg);
  const b = r.beat;
  const p = r.plant;
  const all = b.raised * b.raised + b.lowered * b.lowered + 25;
  const share = (b.raised - b.lowered - mmHg + b.learnMmHg) / (2 * all);
  p.up = within(p.up * (1 - limited((share * b.raised * 4) / 10)), p.upFirst, 6, 16);
  p.down = within(p.down * (1 + limited(share * b.lowered)), p.downFirst, 4, 25);
  openBooks(r, now, mmHg);
}

/** The clipping edge: a slow crest is worth clipping early, there is time to refill; a fast one mostly goes by itself. */
export function setUpper(r: Regulator): void {
  const slow = r.beat.period > FAST_MS;
  r.upper = (r.target * ((slow ? 200 : 325) + r.settings.savePercent)) / 5000;
}

/** Once a cycle: the lower edge gives way when peaks cannot be kept inside the band. */
export function learnEdges(r: Regulator): void {
  const slow = r.lag > 2000 ? 2000 : r.lag;
  const fast = isFast(r);
  r.bonus = (r.target * (fast ? 3 : 5) * slow) / 200000;
  setUpper(r);
  const widest = (r.target * 85) / 1000;
  if (r.top * 10 > r.target) r.lower += r.target / 100;
  else r.lower -= r.target / 200;
  const least = fast ? (r.normal * 3) / 2 : r.normal;
  r.lower = r.lower > widest ? widest : r.lower < least ? least : r.lower;
}

/** Once a cycle: counts what the wearer is told afterwards. A pump that ran for most of a cycle with too low a valley is too weak. */
export function reportCycle(r: Regulator): void {
  const p = r.report;
  p.cycles += 1;
  if (r.top * 10 > r.target) p.high += 1;
  if (r.bottom * 10 < -r.target) {
    p.low += 1;
    if ((p.pumpMs - r.pumpedMs) * 10 > r.lag * 6) p.weak += 1;
  }
  r.pumpedMs = p.pumpMs;
  r.top = -1000;
  r.bottom = 1000;
}
