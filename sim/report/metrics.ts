/**
 * How good a run was, from the TRUE cuff pressure, never from the sensor. Shares are 0..1 of the time that counts
 * (fills.ts); null stands for "there was none of it".
 */
import { type Fill, findFills } from './fills.ts';
import type { RunLog } from './run-log.ts';
import { columnSpans, spansOf } from './spans.ts';
import { type Waves, wavesOf } from './waves.ts';

/** Pressure at which a cuff counts as empty, mmHg. */
export const EMPTY_MMHG = 15;

export interface Band {
  readonly seconds: number;
  /** Share of that time within 5 and 10 % of the setpoint, and within 10 percentage points of LOP. */
  readonly within5: number | null;
  readonly within10: number | null;
  readonly withinPoints: number | null;
}

export interface Vent {
  readonly startMs: number;
  readonly fromMmHg: number;
  /** Seconds until the true pressure was at or below 15 mmHg; null = not while recorded. */
  readonly secondsTo15: number | null;
}

export interface Trip {
  readonly tMs: number;
  readonly code: number;
  readonly text: string;
}

export interface Metrics {
  readonly seconds: number;
  readonly pressurisedSeconds: number;
  readonly moving: Band;
  readonly still: Band;
  /** Over all the time that counts, mmHg. */
  readonly meanErrorMmHg: number | null;
  readonly rmsErrorMmHg: number | null;
  readonly peakMmHg: number;
  readonly peakTMs: number;
  /** Seconds above LOP in all, and the longest run of them; null when LOP is unknown. */
  readonly aboveLopSeconds: number | null;
  readonly aboveLopLongestS: number | null;
  readonly waves: Waves;
  readonly fills: readonly Fill[];
  readonly pumpSeconds: number;
  readonly pumpStarts: number;
  readonly valveActions: number;
  /** Per minute and as a share, over the time that counts. */
  readonly heldPumpDuty: number | null;
  readonly heldValveActionsPerMin: number | null;
  readonly vents: readonly Vent[];
  readonly trips: readonly Trip[];
}

function stepMs(log: RunLog, row: number): number {
  const { tMs } = log.columns;
  return row === 0 ? log.header.tickMs : (tMs[row] ?? 0) - (tMs[row - 1] ?? 0);
}

function bandOf(log: RunLog, counts: (row: number) => boolean): Band {
  const { p2, setpoint } = log.columns;
  const points = log.header.lopMmHg / 10;
  let ms = 0;
  let in5 = 0;
  let in10 = 0;
  let inPoints = 0;
  for (let row = 0; row < log.rows; row++) {
    if (!counts(row)) continue;
    const dt = stepMs(log, row);
    const target = setpoint[row] ?? 0;
    const off = Math.abs((p2[row] ?? Number.NaN) - target);
    ms += dt;
    if (off <= target * 0.05) in5 += dt;
    if (off <= target * 0.1) in10 += dt;
    if (off <= points) inPoints += dt;
  }
  if (ms === 0) return { seconds: 0, within5: null, within10: null, withinPoints: null };
  const withinPoints = points > 0 ? inPoints / ms : null;
  return { seconds: ms / 1000, within5: in5 / ms, within10: in10 / ms, withinPoints };
}

function errorsOf(log: RunLog, counted: Uint8Array): { mean: number | null; rms: number | null } {
  const { p2, setpoint } = log.columns;
  let ms = 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < log.rows; row++) {
    if (counted[row] !== 1) continue;
    const dt = stepMs(log, row);
    const error = (p2[row] ?? Number.NaN) - (setpoint[row] ?? 0);
    ms += dt;
    sum += error * dt;
    squares += error * error * dt;
  }
  return ms === 0 ? { mean: null, rms: null } : { mean: sum / ms, rms: Math.sqrt(squares / ms) };
}

function peakOf(log: RunLog): { mmHg: number; tMs: number } {
  const { p2, tMs } = log.columns;
  let best = 0;
  for (let row = 1; row < log.rows; row++) if ((p2[row] ?? 0) > (p2[best] ?? 0)) best = row;
  return { mmHg: p2[best] ?? 0, tMs: tMs[best] ?? 0 };
}

function aboveLop(log: RunLog): { seconds: number | null; longestS: number | null } {
  const lop = log.header.lopMmHg;
  if (!(lop > 0)) return { seconds: null, longestS: null };
  const { p2 } = log.columns;
  let sum = 0;
  let longest = 0;
  for (const span of spansOf(log, (row) => ((p2[row] ?? 0) > lop ? 1 : 0))) {
    if (span.value === 0) continue;
    sum += span.endMs - span.startMs;
    longest = Math.max(longest, span.endMs - span.startMs);
  }
  return { seconds: sum / 1000, longestS: longest / 1000 };
}

interface Wear {
  pumpMs: number;
  pumpStarts: number;
  valveActions: number;
  heldMs: number;
  heldDutyMs: number;
  heldActions: number;
}

/** A bleed that lasts the whole tick and goes on in the next is one action; so is every shutting from vented. */
function wearOf(log: RunLog, counted: Uint8Array): Wear {
  const { pump, bleedMs, vent } = log.columns;
  const wear: Wear = { pumpMs: 0, pumpStarts: 0, valveActions: 0, heldMs: 0, heldDutyMs: 0, heldActions: 0 };
  for (let row = 0; row < log.rows; row++) {
    const dt = stepMs(log, row);
    const duty = pump[row] ?? 0;
    const before = row > 0 ? row - 1 : 0;
    if (duty > 0) wear.pumpMs += dt;
    if (duty > 0 && (row === 0 || pump[before] === 0)) wear.pumpStarts++;
    const bleeds = (bleedMs[row] ?? 0) > 0 && !((bleedMs[before] ?? 0) >= dt && row > 0);
    const shuts = row > 0 && vent[row] === 0 && vent[before] === 1;
    if (bleeds || shuts) wear.valveActions++;
    if (counted[row] !== 1) continue;
    wear.heldMs += dt;
    wear.heldDutyMs += (dt * duty) / 1000;
    if (bleeds) wear.heldActions++;
  }
  return wear;
}

function ventsOf(log: RunLog, pressurised: Uint8Array): Vent[] {
  const { p2, tMs } = log.columns;
  const vents: Vent[] = [];
  for (const span of spansOf(log, (row) => pressurised[row] ?? 0)) {
    const fromMmHg = p2[Math.max(0, span.firstRow - 1)] ?? 0;
    if (span.value === 1 || span.firstRow === 0 || !(fromMmHg > EMPTY_MMHG)) continue;
    let row = span.firstRow;
    while (row < span.endRow && (p2[row] ?? 0) > EMPTY_MMHG) row++;
    const empty = row < span.endRow;
    const secondsTo15 = empty ? ((tMs[row] ?? 0) - span.startMs) / 1000 : null;
    vents.push({ startMs: span.startMs, fromMmHg, secondsTo15 });
  }
  return vents;
}

function tripsOf(log: RunLog): Trip[] {
  const trips: Trip[] = [];
  for (const span of columnSpans(log, 'trip')) {
    if (span.value === 0) continue;
    const said = log.events.find((event) => event.kind === 'trip' && Math.abs(event.tMs - span.startMs) < 1);
    trips.push({ tMs: span.startMs, code: span.value, text: said ? said.text : `trip ${span.value}` });
  }
  return trips;
}

/** Computes all figures of a finished run. */
export function metricsOf(log: RunLog): Metrics {
  const { counted, pressurised, fills } = findFills(log);
  const { moving } = log.columns;
  const errors = errorsOf(log, counted);
  const peak = peakOf(log);
  const lop = aboveLop(log);
  const wear = wearOf(log, counted);
  let pressurisedMs = 0;
  for (let row = 0; row < log.rows; row++) if (pressurised[row] === 1) pressurisedMs += stepMs(log, row);
  return {
    seconds: log.rows === 0 ? 0 : ((log.columns.tMs[log.rows - 1] ?? 0) - (log.columns.tMs[0] ?? 0)) / 1000,
    pressurisedSeconds: pressurisedMs / 1000,
    moving: bandOf(log, (row) => counted[row] === 1 && moving[row] === 1),
    still: bandOf(log, (row) => counted[row] === 1 && moving[row] === 0),
    meanErrorMmHg: errors.mean,
    rmsErrorMmHg: errors.rms,
    peakMmHg: peak.mmHg,
    peakTMs: peak.tMs,
    aboveLopSeconds: lop.seconds,
    aboveLopLongestS: lop.longestS,
    waves: wavesOf(log, counted),
    fills,
    pumpSeconds: wear.pumpMs / 1000,
    pumpStarts: wear.pumpStarts,
    valveActions: wear.valveActions,
    heldPumpDuty: wear.heldMs === 0 ? null : wear.heldDutyMs / wear.heldMs,
    heldValveActionsPerMin: wear.heldMs === 0 ? null : wear.heldActions / (wear.heldMs / 60_000),
    vents: ventsOf(log, pressurised),
    trips: tripsOf(log),
  };
}
