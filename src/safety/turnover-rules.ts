/**
 * Air balance while the limb moves: pump and valve turn over several mmHg worth of air a second, in pulses whose effect is
 * known roughly, but it is the same from one cycle to the next. So what the pump must put in for each ms of open valve is
 * learned over some windows, and then has to stay. A sensor that drifts down, or a leak, takes more pump for the same valve;
 * and a cuff that is fuller than it reads weakens the pump and strengthens the valve, so that it takes more and more. All sums
 * lag as the mean of the reading does: then the wave, and a pulse at the edge of a window, cancel. Movement alone lets a cuff
 * seat and creep less and less: there it takes less. Must never judge a window that holds a fill, a new setpoint or a
 * measurement.
 */

import type { ReadTick } from '../tick.ts';
import type { WritesAir } from './air-balance.ts';
import { trip } from './latch.ts';
import { LOSS_LIMIT_MMHG, TRIP_SLOW_LOSS, TURNOVER_SLACK } from './rows/air.ts';
import type { Supervisor } from './state.ts';

export interface Turnover {
  /** When the window began, ms since boot. */
  turnoverAt: number;
  /** The setpoint that the estimate is for, mmHg. */
  turnoverTarget: number;
  /** The mean when the window began, mmHg. */
  turnoverMean: number;
  /** The lagging sum of the pump then, ms. */
  turnoverPumpMs: number;
  /** The lagging sum of the bleeds then, ms. */
  turnoverBledMs: number;
  /** Windows of movement in a row. */
  movingWindows: number;
  /** Windows of movement that the estimate rests on. */
  learnedWindows: number;
  /** Usual air turned over, mmHg/s. */
  turnoverMmHgPerS: number;
  /** Usual air lost for each ms of open valve, mmHg. */
  mmHgPerOpenMs: number;
  /** Lost in movement beyond that, weighed, mmHg. */
  movedMmHg: number;
}

export function createTurnover(): Turnover {
  return {
    turnoverAt: 0,
    turnoverTarget: 0,
    turnoverMean: 0,
    turnoverPumpMs: 0,
    turnoverBledMs: 0,
    movingWindows: 0,
    learnedWindows: 0,
    turnoverMmHgPerS: 0,
    mmHgPerOpenMs: 0,
    movedMmHg: 0,
  };
}

/** Windows begin this long after the setpoint was reached, ms. */
const TURNOVER_AFTER_MS = 4000;
/** Air turned over from which the limb counts as moving, mmHg/s; and percent of the usual: the ends of a set are no fair sample. */
const LEAST_FLOW = 1;
const FLOW_SHARE = 80;
/** Windows that the first estimate rests on; later it follows about so many. */
export const TURNOVERS_FIRST = 4;
const TURNOVERS_LATER = 12;
/** ... by this much a window at most, percent. */
const MOST_STEP = 3;
/** What is lost with the valve shut counts as so much open time, ms a second. */
const SHUT_MS = 8;
const TURNOVER_MOST = 1 / 2;
const TURNOVER_SHARE = 5;
/** Such evidence weighs a tenth of the same at rest, and less the more air is turned over (mmHg/s at which it weighs half of that). */
const WEIGHT = 10;

/** Turn 3, once in TURNOVER_MS: ends a window and begins the next. One that holds a fill, a new setpoint or a measurement is not judged. */
export function closeTurnover(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<Turnover> = supervisor.air;
  const seconds = (t.now - air.turnoverAt) / 1000;
  const gain = ((supervisor.lagPumpMs - air.turnoverPumpMs) * air.pumpMmHgPerS) / 1000;
  const loss = gain - supervisor.meanMmHg + air.turnoverMean;
  const open = supervisor.lagBledMs - air.turnoverBledMs + SHUT_MS * seconds;
  const whole = air.turnoverAt - supervisor.heldSince >= TURNOVER_AFTER_MS && !t.quiet;
  air.turnoverAt = t.now;
  air.turnoverMean = supervisor.meanMmHg;
  air.turnoverPumpMs = supervisor.lagPumpMs;
  air.turnoverBledMs = supervisor.lagBledMs;
  if (whole && moves(air, gain / seconds)) judgeTurnover(supervisor, t, loss, open, seconds);
}

/** The limb has moved as usual, in the window before too. */
function moves(air: WritesAir<Turnover>, flow: number): boolean {
  if (!(flow >= LEAST_FLOW && flow * 100 >= air.turnoverMmHgPerS * FLOW_SHARE)) {
    air.movingWindows = 0;
    return false;
  }
  air.movingWindows++;
  if (air.movingWindows < 2) return false;
  air.learnedWindows++;
  air.turnoverMmHgPerS += (flow - air.turnoverMmHgPerS) / (air.learnedWindows < 6 ? air.learnedWindows : 6);
  return true;
}

function judgeTurnover(
  supervisor: Readonly<Supervisor>,
  t: ReadTick,
  loss: number,
  open: number,
  seconds: number,
): void {
  const air: WritesAir<Turnover> = supervisor.air;
  const beyond = loss - air.mmHgPerOpenMs * open;
  if (air.learnedWindows > TURNOVERS_FIRST)
    addMovement(supervisor, t, beyond / seconds - TURNOVER_SLACK, seconds);
  learnTurnover(air, beyond, open);
}

/** Mean of the first windows; later it follows, slowly. */
function learnTurnover(air: WritesAir<Turnover>, beyond: number, open: number): void {
  const step = beyond / open / (air.learnedWindows < TURNOVERS_LATER ? air.learnedWindows : TURNOVERS_LATER);
  const most = air.learnedWindows > TURNOVERS_FIRST ? (air.mmHgPerOpenMs * MOST_STEP) / 100 : step;
  air.mmHgPerOpenMs += step < most ? step : most;
  if (air.mmHgPerOpenMs < 0) air.mmHgPerOpenMs = 0;
}

function addMovement(supervisor: Readonly<Supervisor>, t: ReadTick, rate: number, seconds: number): void {
  const air: WritesAir<Turnover> = supervisor.air;
  const most = TURNOVER_MOST + (air.turnoverMmHgPerS * TURNOVER_SHARE) / 100;
  const moved = air.movedMmHg + ((rate < most ? rate : most) * seconds) / (WEIGHT + air.turnoverMmHgPerS);
  air.movedMmHg = moved > 0 ? moved : 0;
  judgeSlowLoss(supervisor, t);
}

/** What is missing at rest and in movement, together. */
export function judgeSlowLoss(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const lost = supervisor.air.lostMmHg + supervisor.air.movedMmHg;
  if (!(lost < LOSS_LIMIT_MMHG)) trip(supervisor, t, TRIP_SLOW_LOSS, lost, LOSS_LIMIT_MMHG);
}

/** Another setpoint: pump and valve are others there. */
export function forgetTurnover(air: WritesAir<Turnover>, target: number): void {
  air.turnoverTarget = target;
  air.learnedWindows = 0;
  air.movingWindows = 0;
  air.turnoverMmHgPerS = 0;
  air.mmHgPerOpenMs = 0;
}

/** The next fill begins without a past, but what was learned stays. */
export function forgetMovement(air: WritesAir<Turnover>): void {
  air.movedMmHg = 0;
  air.movingWindows = 0;
}
