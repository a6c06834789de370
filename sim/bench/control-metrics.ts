/** Judges one session on the true cuff pressure; what a controller or a sensor believes must never count. */
import { LOG_MS, type Run, type Span } from './control-drive.ts';
import type { BenchScenario } from './control-scenarios.ts';
import { LATE_S } from './rest-need.ts';

/** What one session is judged by; shares in percent, pressures in mmHg, all on the true cuff pressure. */
export interface Metrics {
  /** Within 10 % of the target while moving; within 10 points of LOP; within 5 % of the target while moving. */
  move10: number;
  move10Lop: number;
  move5: number;
  /** Within 5 % of the target in rests; and with the settling. */
  rest5: number;
  restAll5: number;
  /** Mean error and rms error while moving. */
  meanError: number;
  rmsError: number;
  /** Below / above the 10 % band while moving. */
  below: number;
  above: number;
  /** Mean over repetitions of the highest and lowest pressure, % LOP. */
  peak: number;
  valley: number;
  /** Share of moving time above LOP, longest run of repetitions with a moment above it. */
  aboveLop: number;
  aboveLopRun: number;
  /** Time to 97 % of target, s. */
  fillS: number;
  /** Highest pressure above target until the end of settling, and within 3 s of reaching. */
  overshoot: number;
  overshoot3: number;
  /** Pump duty in the hold, %; pump seconds in the session; starts and valve actions a minute in the hold. */
  duty: number;
  pumpS: number;
  starts: number;
  actions: number;
  /** The same in rests, after the first 3 min when the scenario is that long. */
  restDuty: number;
  restActions: number;
  /** From the vent to 15 mmHg, s. */
  ventS: number;
}

interface Band {
  inside: number;
  all: number;
}

function share(b: Band): number {
  return b.all === 0 ? Number.NaN : (100 * b.inside) / b.all;
}

function index(ms: number): number {
  return Math.round(ms / LOG_MS);
}

function count(run: Run, spans: readonly Span[], limit: number): Band {
  const band = { inside: 0, all: 0 };
  for (const s of spans) {
    for (let i = index(s.fromMs); i < index(s.toMs); i += 1) {
      const e = (run.p2[i] as number) - run.target;
      if (e <= limit && e >= -limit) band.inside += 1;
      band.all += 1;
    }
  }
  return band;
}

interface Work {
  on: number;
  all: number;
  starts: number;
  actions: number;
}

function work(run: Run, fromMs: number, toMs: number): Work {
  const w = { on: 0, all: 0, starts: 0, actions: 0 };
  let was = 0;
  let wasOpen = 0;
  for (let k = run.at.findIndex((at) => at >= fromMs); (run.at[k] ?? toMs) < toMs; k += 1) {
    const ms = (run.at[k + 1] ?? toMs) - (run.at[k] as number);
    const u = run.pump[k] as number;
    const open = run.bleed[k] as number;
    if (u > 0) w.on += ms;
    if (u > 0 && was === 0) w.starts += 1;
    // one action = one opening; a valve left open over a period's end is one
    if (open > 0 && !(wasOpen >= run.periodMs)) w.actions += 1;
    w.all += ms;
    was = u;
    wasOpen = open;
  }
  return w;
}

/** Peaks and valleys over the repetitions. */
function cycles(run: Run): { peak: number; valley: number; aboveRun: number } {
  let peak = 0;
  let valley = 0;
  let n = 0;
  let above = 0;
  let aboveRun = 0;
  for (let c = 0; c + 1 < run.cyclesAt.length; c += 1) {
    const from = run.cyclesAt[c] as number;
    const to = run.cyclesAt[c + 1] as number;
    if (to - from > 6000) {
      above = 0;
      continue;
    }
    let hi = Number.NEGATIVE_INFINITY;
    let lo = Number.POSITIVE_INFINITY;
    for (let i = index(from); i < index(to); i += 1) {
      const p = run.p2[i] as number;
      if (p > hi) hi = p;
      if (p < lo) lo = p;
    }
    peak += hi;
    valley += lo;
    n += 1;
    above = hi > run.lop ? above + 1 : 0;
    if (above > aboveRun) aboveRun = above;
  }
  const scale = n === 0 ? Number.NaN : 100 / (n * run.lop);
  return { peak: peak * scale, valley: valley * scale, aboveRun };
}

function fillMetrics(run: Run, settledMs: number): { fillS: number; overshoot: number; overshoot3: number } {
  let reached = -1;
  let top = 0;
  let top3 = 0;
  for (let i = 0; i < index(settledMs); i += 1) {
    const p = run.p2[i] as number;
    if (reached < 0 && p >= 0.97 * run.target) reached = i;
    if (p - run.target > top) top = p - run.target;
    if (reached >= 0 && i - reached <= 3000 / LOG_MS && p - run.target > top3) top3 = p - run.target;
  }
  return {
    fillS: reached < 0 ? Number.POSITIVE_INFINITY : ((reached + 1) * LOG_MS) / 1000,
    overshoot: top,
    overshoot3: top3,
  };
}

function moving(
  run: Run,
  spans: readonly Span[],
): Pick<Metrics, 'meanError' | 'rmsError' | 'below' | 'above' | 'aboveLop'> {
  const ten = run.target / 10;
  let n = 0;
  let sum = 0;
  let squares = 0;
  let below = 0;
  let above = 0;
  let lop = 0;
  for (const s of spans) {
    for (let i = index(s.fromMs); i < index(s.toMs); i += 1) {
      const p = run.p2[i] as number;
      const e = p - run.target;
      n += 1;
      sum += e;
      squares += e * e;
      if (e < -ten) below += 1;
      if (e > ten) above += 1;
      if (p > run.lop) lop += 1;
    }
  }
  return {
    meanError: sum / n,
    rmsError: Math.sqrt(squares / n),
    below: (100 * below) / n,
    above: (100 * above) / n,
    aboveLop: (100 * lop) / n,
  };
}

function ventTime(run: Run, fromMs: number): number {
  for (let i = index(fromMs); i < run.p2.length; i += 1)
    if ((run.p2[i] as number) <= 15) return ((i - index(fromMs)) * LOG_MS) / 1000;
  return Number.POSITIVE_INFINITY;
}

/** All metrics of one run. */
export function measure(scenario: BenchScenario, run: Run): Metrics {
  const moves = run.spans.filter((s) => s.stretch.kind === 'move');
  const rests = run.spans.filter((s) => s.stretch.kind === 'rest');
  const settles = run.spans.filter((s) => s.stretch.kind === 'settle');
  const fill = run.spans[0] as Span;
  const settledMs = settles.length > 0 ? (settles[0] as Span).toMs : fill.toMs;
  const vent = run.spans.find((s) => s.stretch.kind === 'deflate');
  const endMs = vent === undefined ? (run.spans[run.spans.length - 1] as Span).toMs : vent.fromMs;
  const hold = work(run, fill.toMs, endMs);
  const all = work(run, 0, endMs);
  const lateMs = scenario.name === 'rest5' ? fill.toMs + LATE_S * 1000 : fill.toMs;
  const rest = { on: 0, all: 0, starts: 0, actions: 0 };
  for (const s of rests) {
    const w = work(run, Math.max(s.fromMs, lateMs), s.toMs);
    rest.on += w.on;
    rest.all += w.all;
    rest.actions += w.actions;
  }
  const c = cycles(run);
  const ten = run.target / 10;
  const five = run.target / 20;
  return {
    move10: share(count(run, moves, ten)),
    move10Lop: share(count(run, moves, run.lop / 10)),
    move5: share(count(run, moves, five)),
    rest5: share(count(run, rests, five)),
    restAll5: share(count(run, [...rests, ...settles], five)),
    ...moving(run, moves),
    peak: c.peak,
    valley: c.valley,
    aboveLopRun: c.aboveRun,
    ...fillMetrics(run, settledMs),
    duty: (100 * hold.on) / hold.all,
    pumpS: all.on / 1000,
    starts: (60_000 * hold.starts) / hold.all,
    actions: (60_000 * hold.actions) / hold.all,
    restDuty: rest.all === 0 ? Number.NaN : (100 * rest.on) / rest.all,
    restActions: rest.all === 0 ? Number.NaN : (60_000 * rest.actions) / rest.all,
    ventS: vent === undefined ? Number.NaN : ventTime(run, vent.fromMs),
  };
}
