/** Finds in a trace the stretches that tell something: full-pump rises, bleeds between two rests, and the air balance of a hold. */
import type { Trace } from './trace.ts';

/** Fall of the cuff by one open millisecond, mmHg/ms, at a pressure. */
export interface Fall {
  readonly mmHg: number;
  readonly perMs: number;
  /** Time that the valve was open for it, ms: the longer, the surer. */
  readonly openMs: number;
}

export interface Rise {
  readonly topMmHg: number;
  readonly seconds: number;
  readonly perS: number;
  readonly dropMmHg: number | null;
}

const FULL = 900;
const LEAST_RISE_MMHG = 30;
/** Coast-down of a small pump as a time at full speed, s. */
const COAST_S = 0.07;
/** With the air at rest for this long the reading is the cuff's, ms. */
const REST_MS = 160;
/** A mean is taken over at least this long, ms. */
const MEAN_MS = 80;

function reading(trace: Trace, i: number): number {
  return trace.mmHg[i] ?? Number.NaN;
}

/** Slope of the readings in rows [from, to) by least squares, mmHg/s; missing ones are left out. */
export function slopePerS(trace: Trace, from: number, to: number): number {
  let n = 0;
  let sumT = 0;
  let sumP = 0;
  let sumTT = 0;
  let sumTP = 0;
  const t0 = trace.tMs[from] ?? 0;
  for (let i = from; i < to; i++) {
    const p = reading(trace, i);
    if (!Number.isFinite(p)) continue;
    const t = ((trace.tMs[i] ?? 0) - t0) / 1000;
    n += 1;
    sumT += t;
    sumP += p;
    sumTT += t * t;
    sumTP += t * p;
  }
  return (n * sumTP - sumT * sumP) / (n * sumTT - sumT * sumT);
}

/** First row from `from` on whose reading is at least `mmHg`; `to` when there is none. */
function reaches(trace: Trace, from: number, to: number, mmHg: number): number {
  let i = from;
  while (i < to && !(reading(trace, i) >= mmHg)) i++;
  return i;
}

/** A stretch [from, to) of full pump: `to` is the row in which it stops. */
function riseOf(trace: Trace, from: number, to: number): Rise | undefined {
  const low = reading(trace, from);
  const top = reading(trace, to - 1);
  if (!(top - low >= LEAST_RISE_MMHG)) return undefined;
  const a = reaches(trace, from, to, low + (top - low) * 0.65);
  const b = reaches(trace, from, to, low + (top - low) * 0.98);
  const perS = slopePerS(trace, a, Math.max(b, a + 3));
  if (!(perS > 0)) return undefined;
  const reached = reaches(trace, from, to, 0.97 * top);
  return {
    topMmHg: top,
    seconds: ((trace.tMs[reached] ?? 0) - (trace.tMs[from] ?? 0)) / 1000,
    perS,
    dropMmHg: dropAt(trace, to, perS),
  };
}

/** Reading as the pump stops, what coasts in yet, and the reading once the air is at rest. */
function dropAt(trace: Trace, stop: number, perS: number): number | null {
  const ticks = Math.ceil(320 / trace.tickMs);
  for (let i = stop; i < stop + ticks; i++) if (!shut(trace, i)) return null;
  const before = reading(trace, stop);
  const after = reading(trace, stop + ticks);
  const drop = before + COAST_S * perS - after;
  return Number.isFinite(drop) ? Math.max(0, drop) : null;
}

/** Pump off, no bleed, not vented: nothing moves air. */
function shut(trace: Trace, i: number): boolean {
  return trace.pump[i] === 0 && trace.bleedMs[i] === 0 && trace.vent[i] === 0;
}

/** All full-pump rises from a slack cuff, in order. */
export function findRises(trace: Trace): Rise[] {
  const rises: Rise[] = [];
  let from = -1;
  for (let i = 0; i <= trace.tMs.length; i++) {
    const on =
      i < trace.tMs.length && (trace.pump[i] ?? 0) >= FULL && trace.bleedMs[i] === 0 && trace.vent[i] === 0;
    if (on && from < 0) from = i;
    if (on || from < 0) continue;
    const rise = riseOf(trace, from, i);
    if (rise !== undefined) rises.push(rise);
    from = -1;
  }
  return rises;
}

function meanOver(trace: Trace, from: number, to: number): number {
  let sum = 0;
  let n = 0;
  for (let i = from; i < to; i++) {
    const p = reading(trace, i);
    if (!Number.isFinite(p)) continue;
    sum += p;
    n += 1;
  }
  return n === 0 ? Number.NaN : sum / n;
}

/** Bleeds of nearly the whole tick: of a shorter one a share is lost while the valve moves. */
const FULL_BLEED = 0.85;
/** A row of bleeds is cut where it has taken off so much of the pressure: the rate goes with it. */
const CUT = 0.12;

/** Rows of full bleeds, at most one tick of rest between two: [first row, last row]. */
function bleedRows(trace: Trace): { readonly first: number; readonly last: number }[] {
  const rows: { first: number; last: number }[] = [];
  let open: { first: number; last: number } | undefined;
  for (let i = 0; i < trace.tMs.length; i++) {
    const moving = trace.vent[i] === 1 || (trace.pump[i] ?? 0) > 0;
    const full = !moving && (trace.bleedMs[i] ?? 0) >= FULL_BLEED * trace.tickMs;
    const short = !full && (trace.bleedMs[i] ?? 0) > 0;
    if (open !== undefined && (moving || short || i - open.last > 2)) open = undefined;
    if (!full) continue;
    if (open === undefined || reading(trace, i) < (1 - CUT) * reading(trace, open.first)) {
      open = { first: i, last: i };
      rows.push(open);
    } else open.last = i;
  }
  return rows;
}

/**
 * What rows of full bleeds took. The reading before the first is taken with the air at rest; the one after the last two ticks later,
 * or as a mean where a rest follows: right after a bleed the pump's end still reads low and the gas is still cold.
 */
export function findFalls(trace: Trace): Fall[] {
  const rest = Math.ceil(REST_MS / trace.tickMs);
  const mean = Math.ceil(MEAN_MS / trace.tickMs);
  const falls: Fall[] = [];
  for (const { first, last } of bleedRows(trace)) {
    if (first < 2 || !isRest(trace, first - 1, first)) continue;
    const long = last > first;
    const rested = isRest(trace, last + 1, last + 1 + rest + mean);
    if (!rested && (!long || last + 2 >= trace.tMs.length)) continue;
    const before = isRest(trace, first - mean, first)
      ? meanOver(trace, first - mean + 1, first + 1)
      : reading(trace, first);
    const after = rested
      ? meanOver(trace, last + 1 + rest, last + 1 + rest + mean)
      : reading(trace, last + 2);
    let openMs = 0;
    for (let i = first; i <= last; i++) openMs += trace.bleedMs[i] ?? 0;
    // what is no more than the noise of two means tells nothing
    if (before - after > 1)
      falls.push({ mmHg: (before + after) / 2, perMs: (before - after) / openMs, openMs });
  }
  return falls;
}

function isRest(trace: Trace, from: number, to: number): boolean {
  if (from < 0 || to > trace.tMs.length) return false;
  for (let i = from; i < to; i++) if (!shut(trace, i)) return false;
  return true;
}

/** Start of a pump pulse that gives nothing: spin-up less coast-down, ms. */
const SPIN_MS = 25;
/** Ends of the balance are means over this long, ms: a breath and some heart beats. */
const END_MS = 3000;
/** A loss below this, mmHg/min, is none: the limb pushed. */
const MOVED_PER_MIN = -3;
/** Differences of readings further from a command than this are noise, ms. */
const QUIET_MS = 400;

export interface Idle {
  readonly noiseMmHg: number | null;
  readonly lossPerMin: number | null;
  readonly afterS: number | null;
}

/** SD of one reading, by first differences over root 2 in ticks with nothing moving for a while. */
function noiseOf(trace: Trace, from: number, to: number): number | null {
  const quiet = Math.ceil(QUIET_MS / trace.tickMs);
  let squares = 0;
  let count = 0;
  let still = 0;
  for (let i = from; i < to; i++) {
    still = shut(trace, i) ? still + 1 : 0;
    const d = reading(trace, i) - reading(trace, i - 1);
    if (still <= quiet || !Number.isFinite(d)) continue;
    squares += d * d;
    count += 1;
  }
  return count < 20 ? null : Math.sqrt(squares / (2 * count));
}

/** What pump and bleeds did to the pressure in rows [from, to), by the rates that were identified, mmHg. */
function ownAir(trace: Trace, from: number, to: number, risePerS: number, fallPerMs: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) {
    const duty = trace.pump[i] ?? 0;
    const starts = duty > 0 && (trace.pump[i - 1] ?? 0) === 0;
    if (duty > 0) sum += (risePerS * (trace.tickMs - (starts ? SPIN_MS : 0))) / 1000;
    sum -= fallPerMs * (trace.bleedMs[i] ?? 0);
  }
  return sum;
}

/**
 * Loss in the later half of the longest hold: what the reading lost plus what was put in. `risePerS` and `fallPerS` are the identified
 * rates at that pressure.
 */
export function findIdle(trace: Trace, risePerS: number, fallPerS: number): Idle {
  const hold = longestHold(trace);
  const ends = Math.ceil(END_MS / trace.tickMs);
  const from = Math.round((hold.from + hold.to) / 2);
  if (isMoved(trace, from, hold.to)) return { noiseMmHg: null, lossPerMin: null, afterS: null };
  const noiseMmHg = noiseOf(trace, hold.from + 1, hold.to);
  if (hold.to - from < 3 * ends) return { noiseMmHg, lossPerMin: null, afterS: null };
  const first = from + (ends >> 1);
  const last = hold.to - 1 - (ends >> 1);
  const seconds = ((trace.tMs[last] ?? 0) - (trace.tMs[first] ?? 0)) / 1000;
  const before =
    meanOver(trace, from, from + ends) - ownAirMean(trace, from, from + ends, risePerS, fallPerS);
  const after =
    meanOver(trace, hold.to - ends, hold.to) - ownAirMean(trace, hold.to - ends, hold.to, risePerS, fallPerS);
  const put = ownAir(trace, from, hold.to - ends, risePerS, fallPerS / 1000);
  const lossPerMin = (60 * (before + put - after)) / seconds;
  const middle = ((trace.tMs[from] ?? 0) + (trace.tMs[hold.to - 1] ?? 0)) / 2;
  return {
    noiseMmHg,
    // air does not come in by itself: a limb that moved or swelled hides the loss
    lossPerMin: lossPerMin > MOVED_PER_MIN ? lossPerMin : null,
    afterS: (middle - (trace.tMs[hold.from] ?? 0)) / 1000,
  };
}

/** Swing of the readings within a hold, mmHg, above which somebody moves in the cuff: a pulse, a breath and the regulator stay below half of it. */
const MOVED_MMHG = 8;

/** True where the limb was not at rest: what is seen there is neither leak nor noise. */
function isMoved(trace: Trace, from: number, to: number): boolean {
  const seen = trace.mmHg.slice(from, to).filter((mmHg) => Number.isFinite(mmHg));
  const slope = ((seen.at(-1) ?? 0) - (seen[0] ?? 0)) / Math.max(1, seen.length - 1);
  const level = seen.map((mmHg, i) => mmHg - slope * i).sort((a, b) => a - b);
  const at = (share: number): number => level[Math.floor(share * (level.length - 1))] ?? 0;
  return level.length > 0 && at(0.95) - at(0.05) > MOVED_MMHG;
}

/** Mean over rows [from, to) of what own air has done since the first of them, mmHg. */
function ownAirMean(trace: Trace, from: number, to: number, risePerS: number, fallPerS: number): number {
  let own = 0;
  let sum = 0;
  for (let i = from; i < to; i++) {
    sum += own;
    own += ownAir(trace, i, i + 1, risePerS, fallPerS / 1000);
  }
  return sum / (to - from);
}

/** Longest stretch under one setpoint, from the end of its fill on. */
function longestHold(trace: Trace): { from: number; to: number; seconds: number } {
  let best = { from: 0, to: 0, seconds: 0 };
  let from = 0;
  for (let i = 1; i <= trace.tMs.length; i++) {
    if (
      i < trace.tMs.length &&
      trace.setpoint[i] === trace.setpoint[i - 1] &&
      trace.vent[i] === trace.vent[i - 1]
    )
      continue;
    const target = trace.setpoint[from] ?? -1;
    const start = trace.vent[from] === 0 ? reaches(trace, from, i, (target > 0 ? target : 30) * 0.95) : i;
    const seconds = ((trace.tMs[i - 1] ?? 0) - (trace.tMs[start] ?? 0)) / 1000;
    if (start < i && seconds > best.seconds) best = { from: start, to: i, seconds };
    from = i;
  }
  return best;
}
