/**
 * A fill must be answered: the reading rises while the pump runs and stands while it is held off. A line pinched in the fill stands; one
 * pinched before lags, and goes on rising when the pump has stopped. Must never wait for seconds: meanwhile the cuff fills unseen.
 */
import type { AssessTick, ReadTick } from '../tick.ts';
import type { WritesAir } from './air-balance.ts';
import { distrustEmptyReading } from './fullness.ts';
import { trip } from './latch.ts';
import {
  ANSWER_SHARE,
  DEAD_WINDOWS,
  LAG_LOOKS,
  LAG_MMHG,
  SLACK_DEAD,
  TRIP_FILL_UNANSWERED,
} from './rows/fill.ts';
import { doubtSample, NO_READING_MMHG } from './sensor-rules.ts';
import type { Supervisor } from './state.ts';

export interface FillAnswer {
  /** The reading at the start of the window, or the lowest in it, mmHg. */
  answerFromMmHg: number;
  /** The sum of the pump then, ms. */
  answerWindowMs: number;
  /** Rise that this fill has shown, mmHg per second of pump; 0 = nothing is due. */
  riseMmHgPerS: number;
  /** It has shown one: before that a weak pump is given the time of `no-rise`. */
  riseShown: boolean;
  /** Windows in a row without an answer. */
  deadWindows: number;
  /** When the present look with the pump off began, ms since boot; 0 = none. */
  lookingSince: number;
  /** When the last one ended, ms since boot. */
  lookEndedAt: number;
  /** How fast the reading rose before it, mmHg per second of pump, 0 = not known; what it was when last looked at, mmHg, and when, ms since boot. */
  lookRiseMmHgPerS: number;
  lookLastMmHg: number;
  lookLastAt: number;
  /** The reading in it when coasting was over, mmHg; NaN before. */
  lookFromMmHg: number;
  /** Looks in a row in which the reading rose. */
  laggingLooks: number;
  /** The sum of the pump at the start of the fill, ms, and the pump time since then at which the next look is due, ms; infinite = none is. */
  answerPumpMs: number;
  nextLookMs: number;
  /** Between the two looks of a probe; the reading in the first, mmHg, and the sum of the pump then, ms. */
  probing: boolean;
  probeFromMmHg: number;
  probePumpMs: number;
}

export function createFillAnswer(): FillAnswer {
  return {
    answerFromMmHg: 0,
    answerWindowMs: 0,
    riseMmHgPerS: 0,
    riseShown: false,
    deadWindows: 0,
    lookingSince: 0,
    lookEndedAt: -LOOK_COASTED_MS,
    lookRiseMmHgPerS: 0,
    lookLastMmHg: 0,
    lookLastAt: 0,
    lookFromMmHg: Number.NaN,
    laggingLooks: 0,
    answerPumpMs: 0,
    nextLookMs: 0,
    probing: false,
    probeFromMmHg: 0,
    probePumpMs: 0,
  };
}

/**
 * All of these are our decision, held against `npm run bench:blind` and `bench:false-alarms` (docs/lab/air-book.md). A window ends after so much
 * pump time, ms (two rounds of 200 or 240 ms), in which so much was due, mmHg/s x ms ...
 */
const ANSWER_WINDOW_MS = 360;
const WINDOW_DUE = 3200;
/** ... or after so much in any case, ms. */
const LONG_WINDOW_MS = 2000;
/** ... or that has shown so much, mmHg. */
const CLEAR_MMHG = 8;
/** With a pump as fast as this, mmHg/s, or from this share of the setpoint on, percent, one window without an answer is enough to look. */
const FAST_MMHG_PER_S = 60;
const NEAR_SHARE = 60;
/** In the slack cuff air goes in almost without pressure, and a narrow hose shows more than the cuff has: up to here, mmHg, so little is an answer, mmHg. */
const SLACK_UP_TO = 30;
const SLACK_ANSWER = 15 / 100;
/** With the pump off a rise of this is an answer, whatever was due, mmHg: what is due may be the drop over a narrow hose. */
const SURE_MMHG = 2;
/** ... and what was due comes down to this many times that rise a second: a window is 0.4 s, and twice that is ample. */
const SHOWN_PER_S = 5;
/** The rise shown may grow by this factor from one window to the next; it begins low, and is never taken for less than this, mmHg/s. */
const MOST_GROWTH = 4;
const FIRST_RISE = 4;
const LEAST_RISE = 1;
/** The first look comes after so much pump time, ms; each later one after twice as much. None from half of the setpoint on. */
const FIRST_LOOK_MS = 700;
/** A look ends early where the reading rose by so much before it, mmHg/s, and, so long after the pump, ms, by less than this share of it, percent. */
const CLEAR_RISE = 4;
const CLEAR_AFTER_MS = 150;
const STOPPED_SHARE = 40;
/** In a look: coasting and hose are over after the one, ms, the look after the other, or where the reading has stood so long, ms, within its noise, mmHg. */
const LOOK_COASTED_MS = 400;
const LOOK_MS = 900;
const STOOD_MS = 200;
const STOOD_MMHG = 15 / 100;
/** A rise in a look below this share of the reading, percent, is breath or pulse, while nothing else speaks against the line. */
const BREATH_SHARE = 3;
/** From this share of the setpoint on, percent, the fill is over and nothing is due. */
const FILLED_SHARE = 96;

/** Turn 3 of a fill. */
export function judgeFill(supervisor: Readonly<Supervisor>, t: AssessTick, pumped: number): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  if (t.filteredMmHg * 100 >= supervisor.targetMmHg * FILLED_SHARE) air.riseMmHgPerS = 0;
  if (air.lookingSince > 0) look(supervisor, t);
  else if (pumped > 0) judgeWindow(supervisor, t);
}

/** The pump is off for a look, or has been until just now. */
export function isLooking(supervisor: Readonly<Supervisor>, t: ReadTick): boolean {
  return supervisor.air.lookingSince > 0 || t.now - supervisor.air.lookEndedAt < LOOK_COASTED_MS;
}

/** A fill begins, from the reading as it is. */
export function startFill(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  forgetFill(supervisor);
  air.answerFromMmHg = t.filteredMmHg;
  air.answerWindowMs = supervisor.pumpMs;
  air.answerPumpMs = supervisor.pumpMs;
  air.nextLookMs = FIRST_LOOK_MS;
  air.riseMmHgPerS = FIRST_RISE;
  air.riseShown = false;
}

/** Nothing is due. */
export function forgetFill(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  air.riseMmHgPerS = 0;
  air.deadWindows = 0;
  air.lookingSince = 0;
  air.laggingLooks = 0;
  air.probing = false;
}

/** A reading that falls takes the window with it. */
function judgeWindow(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  const ms = supervisor.pumpMs - air.answerWindowMs;
  const due = air.riseMmHgPerS * ms;
  if (t.filteredMmHg < air.answerFromMmHg) air.answerFromMmHg = t.filteredMmHg;
  const ends = due >= WINDOW_DUE || ms >= LONG_WINDOW_MS || t.filteredMmHg - air.answerFromMmHg >= CLEAR_MMHG;
  if (ms >= ANSWER_WINDOW_MS && ends) closeWindow(supervisor, t, ms, due);
  if (supervisor.pumpMs - air.answerPumpMs >= air.nextLookMs && t.filteredMmHg * 2 < supervisor.targetMmHg)
    lookIntoRise(supervisor, t);
}

function closeWindow(supervisor: Readonly<Supervisor>, t: AssessTick, ms: number, due: number): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  const rise = (t.filteredMmHg - air.answerFromMmHg) * 1000;
  if (rise * 100 >= due * ANSWER_SHARE || due < WINDOW_DUE) answered(air, rise / ms);
  else if (t.filteredMmHg < SLACK_UP_TO ? rise >= SLACK_ANSWER * 1000 : !air.riseShown) air.deadWindows = 0;
  else air.deadWindows++;
  air.answerFromMmHg = t.filteredMmHg;
  air.answerWindowMs = supervisor.pumpMs;
  if (air.probing || air.deadWindows >= deadLimit(supervisor, t)) startLook(supervisor, t);
}

function answered(air: WritesAir<FillAnswer>, rise: number): void {
  const most = MOST_GROWTH * air.riseMmHgPerS;
  air.deadWindows = 0;
  if (rise >= LEAST_RISE) air.riseShown = true;
  if (most > 0) air.riseMmHgPerS = rise < most ? (rise > LEAST_RISE ? rise : LEAST_RISE) : most;
}

function deadLimit(supervisor: Readonly<Supervisor>, t: ReadTick): number {
  if (t.filteredMmHg < SLACK_UP_TO) return SLACK_DEAD;
  return supervisor.air.riseMmHgPerS < FAST_MMHG_PER_S &&
    t.filteredMmHg * 100 < supervisor.targetMmHg * NEAR_SHARE
    ? DEAD_WINDOWS
    : 1;
}

/** A look is due. At a reading that hardly rises it is put off once; in the slack cuff windows without an answer count on instead. */
function lookIntoRise(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  const early = air.nextLookMs === FIRST_LOOK_MS && riseOf(supervisor, t) < CLEAR_RISE;
  if (early || (air.deadWindows > 0 && t.filteredMmHg < SLACK_UP_TO)) air.nextLookMs *= 2;
  else if (air.lookingSince === 0) startLook(supervisor, t);
}

/** How fast the reading rises with the pump, mmHg/s: in this window, or before it where it has just begun. */
function riseOf(supervisor: Readonly<Supervisor>, t: ReadTick): number {
  const air = supervisor.air;
  const ms = supervisor.pumpMs - air.answerWindowMs;
  if (ms >= ANSWER_WINDOW_MS / 2) return ((t.filteredMmHg - air.answerFromMmHg) * 1000) / ms;
  return air.riseShown ? air.riseMmHgPerS : 0;
}

/** Pump off for a moment: the gate asks `lookingSince`. */
function startLook(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  const ms = supervisor.pumpMs - air.answerWindowMs;
  const rise = t.filteredMmHg - air.answerFromMmHg;
  air.lookRiseMmHgPerS = riseOf(supervisor, t);
  air.lookLastMmHg = t.filteredMmHg;
  air.lookLastAt = t.now;
  if (rise >= CLEAR_MMHG && ms > 0) answered(air, (rise * 1000) / ms);
  air.lookingSince = t.now;
  air.lookFromMmHg = Number.NaN;
  doubtSample(supervisor, t);
}

/** Turn 1 and turn 3, while the pump is held off. */
export function look(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  if (hasStopped(air, t)) {
    air.nextLookMs = Number.POSITIVE_INFINITY;
    return resume(supervisor, t);
  }
  air.lookLastMmHg = t.filteredMmHg;
  air.lookLastAt = t.now;
  const ms = t.now - air.lookingSince;
  if (ms < LOOK_COASTED_MS) return;
  if (!(air.lookFromMmHg > NO_READING_MMHG)) air.lookFromMmHg = t.filteredMmHg;
  else if (ms >= LOOK_MS || hasStood(air, t)) endLook(supervisor, t, t.filteredMmHg - air.lookFromMmHg);
}

/** The reading rose with the pump and has stopped with it. Where something speaks against the line that is not enough. */
function hasStopped(air: Readonly<FillAnswer>, t: ReadTick): boolean {
  if (isDoubted(air) || !(air.lookRiseMmHgPerS >= CLEAR_RISE)) return false;
  if (air.lookLastAt - air.lookingSince < CLEAR_AFTER_MS) return false;
  const most = (air.lookRiseMmHgPerS * (t.now - air.lookLastAt)) / 1000;
  return (t.filteredMmHg - air.lookLastMmHg) * 100 < most * STOPPED_SHARE;
}

/** The reading stands without the pump; one that is doubted is looked at for the whole time. */
function hasStood(air: Readonly<FillAnswer>, t: ReadTick): boolean {
  if (isDoubted(air) || t.now - air.lookingSince < LOOK_COASTED_MS + STOOD_MS) return false;
  return t.filteredMmHg - air.lookFromMmHg < STOOD_MMHG;
}

/** Something has spoken against the line. */
function isDoubted(air: Readonly<FillAnswer>): boolean {
  return air.probing || air.deadWindows > 0 || air.laggingLooks > 0;
}

/** The pump may run again, and a window begins. */
function resume(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  air.laggingLooks = 0;
  air.lookingSince = 0;
  air.lookEndedAt = t.now;
  air.answerFromMmHg = t.filteredMmHg;
  air.answerWindowMs = supervisor.pumpMs;
}

function endLook(supervisor: Readonly<Supervisor>, t: ReadTick, rise: number): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  const doubted = air.probing || air.deadWindows >= deadLimit(supervisor, t);
  if (!(rise < LAG_MMHG || (!doubted && rise * 100 < t.filteredMmHg * BREATH_SHARE)))
    return rising(supervisor, t, rise);
  resume(supervisor, t);
  if (doubted) probe(supervisor, t);
  else air.nextLookMs *= 2;
}

/** It rises without the pump: look on. */
function rising(supervisor: Readonly<Supervisor>, t: ReadTick, rise: number): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  air.laggingLooks++;
  if (air.laggingLooks >= LAG_LOOKS) unanswered(supervisor, t, rise, LAG_MMHG);
  air.lookingSince = t.now - LOOK_COASTED_MS;
  air.lookFromMmHg = Number.NaN;
}

/** Looks before and after one more window: the pump's strokes and the drop over a narrow hose are out of it. */
function probe(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<FillAnswer> = supervisor.air;
  const rise = t.filteredMmHg - air.probeFromMmHg;
  const due = (air.riseMmHgPerS * (supervisor.pumpMs - air.probePumpMs)) / 1000;
  const done = air.probing;
  air.probing = !done;
  air.probeFromMmHg = t.filteredMmHg;
  air.probePumpMs = supervisor.pumpMs;
  if (!done) return;
  air.deadWindows = 0;
  const least = due * ANSWER_SHARE < SURE_MMHG * 100 ? (due * ANSWER_SHARE) / 100 : SURE_MMHG;
  if (rise < (t.filteredMmHg < SLACK_UP_TO ? SLACK_ANSWER : least)) unanswered(supervisor, t, rise, due);
  else if (air.riseMmHgPerS > rise * SHOWN_PER_S) air.riseMmHgPerS = rise * SHOWN_PER_S;
}

/** A reading that has not seen the air go in will not see it go either. */
function unanswered(supervisor: Readonly<Supervisor>, t: ReadTick, measured: number, allowed: number): void {
  distrustEmptyReading(supervisor);
  trip(supervisor, t, TRIP_FILL_UNANSWERED, measured, allowed);
}
