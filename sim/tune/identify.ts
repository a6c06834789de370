/**
 * What pump, valve, hose and cuff do, read off a trace: rates at the pressures that were visited. Pure; finds problems instead of
 * guessing, and gives no figure that its data do not carry.
 */
import { VENTED_MMHG } from '../../src/limits.ts';
import { checkTrace } from './check-trace.ts';
import { type Fall, findFalls, findIdle, findRises } from './stretches.ts';
import type { Trace } from './trace.ts';

export interface Identified {
  readonly source: string;
  readonly seconds: number;
  /** SD of one reading with the air at rest, mmHg; null where it never was. */
  readonly noiseMmHg: number | null;
  /** Highest pressure that was filled to, mmHg, and the time from the pump's start to 97 % of it, s. */
  readonly topMmHg: number;
  readonly fillS: number;
  /** Rise with the pump full on, mmHg/s, in the upper third of the fill. */
  readonly risePerS: number;
  /** By how much the reading stands above the cuff while the pump runs, mmHg; null = the stop was not seen. */
  readonly dropMmHg: number | null;
  /** Fall with the valve open near the top, mmHg/s; null = no bleed was seen. */
  readonly fallPerS: number | null;
  readonly falls: readonly Fall[];
  /** Pressure lost with everything shut, mmHg/min, as it was this long after the fill, s; null = never idle for long enough. */
  readonly lossPerMin: number | null;
  readonly lossAfterS: number | null;
  /** Time from the vent at the top to 15 mmHg, s, with its margin; null = none was seen. `ventBy`: where the figure is from. */
  readonly ventS: number | null;
  readonly ventBy: 'reading' | 'bleeds' | null;
  /**
   * From a run on a rigid bottle: flow of the pump near the top, NmL/s; air that moves the cuff by 1 mmHg there, NmL; leak of the cuff
   * without creep, mmHg/min (null = not told). null = there was no such run.
   */
  readonly bottle: {
    readonly flow: number;
    readonly capacity: number;
    readonly leakPerMin: number | null;
  } | null;
  /** Motor rail at rest and at its lowest, mV; null = not in the log. */
  readonly railMv: { readonly idle: number; readonly least: number } | null;
}

export interface Identification {
  readonly identified: Identified | undefined;
  /** Why nothing could be identified; empty when something was. */
  readonly problems: readonly string[];
}

/** Reads a trace. `identified` is undefined whenever a problem makes the rest worthless. */
export function identify(trace: Trace): Identification {
  const problems = checkTrace(trace);
  if (problems.length > 0) return { identified: undefined, problems };
  const rises = findRises(trace);
  const rise = rises[rises.length - 1];
  if (rise === undefined) {
    return {
      identified: undefined,
      problems: [
        'no fill found: the log needs one stretch with the pump full on that rises by at least 30 mmHg (set fillMmHgPerS to 0 for it)',
      ],
    };
  }
  const falls = findFalls(trace);
  const fallPerS = fallNear(falls, rise.topMmHg);
  const idle = findIdle(trace, rise.perS, fallPerS ?? 2 * rise.perS);
  const vent = ventOf(trace, rise.topMmHg, falls);
  return {
    identified: {
      source: trace.source,
      seconds: ((trace.tMs[trace.tMs.length - 1] ?? 0) - (trace.tMs[0] ?? 0)) / 1000,
      noiseMmHg: idle.noiseMmHg,
      topMmHg: rise.topMmHg,
      fillS: rise.seconds,
      risePerS: rise.perS,
      dropMmHg: rise.dropMmHg,
      fallPerS,
      falls,
      lossPerMin: idle.lossPerMin,
      lossAfterS: idle.afterS,
      ...vent,
      bottle: null,
      railMv: railOf(trace),
    },
    problems: [],
  };
}

/** Fall by bleeds whose middle lies above three fifths of the top, mmHg/s; long ones count for more. */
function fallNear(falls: readonly Fall[], topMmHg: number): number | null {
  const near = falls.filter((fall) => fall.mmHg > topMmHg * 0.6);
  if (near.length === 0) return null;
  const openMs = near.reduce((sum, fall) => sum + fall.openMs, 0);
  return (1000 * near.reduce((sum, fall) => sum + fall.perMs * fall.openMs, 0)) / openMs;
}

const VENT_MARGIN = 1.2;

/** Time by which a reading that has begun at the top is at 15 mmHg: from vent rows. */
function ventByReading(trace: Trace, topMmHg: number): number | null {
  let slowest: number | null = null;
  for (let i = 1; i < trace.tMs.length; i++) {
    const begins = trace.vent[i] === 1 && trace.vent[i - 1] === 0 && (trace.mmHg[i] ?? 0) > topMmHg * 0.6;
    if (!begins) continue;
    let at = i;
    while (at < trace.tMs.length && trace.vent[at] === 1 && !((trace.mmHg[at] ?? Number.NaN) <= VENTED_MMHG))
      at++;
    const ended = trace.vent[at] === 1;
    const seconds = ((trace.tMs[Math.min(at, trace.tMs.length - 1)] ?? 0) - (trace.tMs[i] ?? 0)) / 1000;
    // a vent that the log breaks off counts for what it lasted only if that is too long already
    if (ended || seconds > 30) slowest = Math.max(slowest ?? 0, seconds);
    // the black box stops with the tick that saw the cuff empty
    else if (at === trace.tMs.length && (trace.mmHg[at - 1] ?? 99) < 2 * VENTED_MMHG)
      slowest = Math.max(slowest ?? 0, seconds);
  }
  return slowest;
}

/**
 * The same from bleeds, judged with the air at rest: sum of pressure over rate, so that a sensor at the pump's end, which reads too low
 * while air flows, cannot make the vent look quick. Below the lowest bleed the rate is taken as falling with the pressure.
 */
function ventByBleeds(falls: readonly Fall[], topMmHg: number): number | null {
  const by = [...falls].sort((a, b) => b.mmHg - a.mmHg);
  const lowest = by[by.length - 1];
  if (lowest === undefined || lowest.mmHg > topMmHg * 0.75) return null;
  let ms = 0;
  for (let p = topMmHg; p > VENTED_MMHG; p -= 1) ms += 1 / rateAt(by, p);
  return ms / 1000;
}

/** Rate at a pressure: between two bleeds in a straight line, beyond them in proportion. `by` is sorted, highest first. */
function rateAt(by: readonly Fall[], mmHg: number): number {
  const first = by[0] as Fall;
  const last = by[by.length - 1] as Fall;
  if (mmHg >= first.mmHg) return first.perMs;
  if (mmHg <= last.mmHg) return (last.perMs * mmHg) / last.mmHg;
  const below = by.findIndex((fall) => fall.mmHg <= mmHg);
  const high = by[below - 1] as Fall;
  const low = by[below] as Fall;
  const share = high.mmHg > low.mmHg ? (mmHg - low.mmHg) / (high.mmHg - low.mmHg) : 0.5;
  return low.perMs + (high.perMs - low.perMs) * share;
}

/**
 * The slower of the two, with a fifth on top: behind a narrow barb a reading at the pump's end leads the cuff to 15 mmHg by up to 18 %
 * (sampled builds), and a valve that is judged too quick is the error that matters.
 */
function ventOf(trace: Trace, topMmHg: number, falls: readonly Fall[]): Pick<Identified, 'ventS' | 'ventBy'> {
  const reading = ventByReading(trace, topMmHg);
  const bleeds = ventByBleeds(falls, topMmHg);
  if (reading === null && bleeds === null) return { ventS: null, ventBy: null };
  const slower = Math.max(bleeds ?? 0, reading ?? 0);
  return { ventS: slower * VENT_MARGIN, ventBy: (bleeds ?? 0) > (reading ?? 0) ? 'bleeds' : 'reading' };
}

function railOf(trace: Trace): Identified['railMv'] {
  const all = (trace.railMv ?? []).filter((mv) => mv > 0);
  if (all.length < 10) return null;
  const sorted = [...all].sort((a, b) => a - b);
  return { idle: sorted[Math.floor(sorted.length * 0.9)] as number, least: sorted[0] as number };
}
