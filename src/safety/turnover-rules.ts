/**
 * Air bookkeeping while the limb moves: pump and valve turn over several mmHg worth of air a second, in pulses whose effect is known
 * roughly, but it is the same from one cycle to the next. So what the pump must put in for each ms of open valve is learned over some
 * windows, and then has to stay. A sensor that drifts down, or a leak, takes more pump for the same valve; and a cuff that is fuller than
 * it reads weakens the pump and strengthens the valve, so that it takes more and more. All sums lag as the mean of the reading does: then
 * the wave, and a pulse at the edge of a window, cancel. Movement alone lets a cuff seat and creep less and less: there it takes less.
 */
import type { Tick } from '../ports.ts';
import type { AirBalance } from './air-books.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_SLOW_LOSS } from './trips.ts';

/** Length of a window, ms: several cycles of a slow movement. */
export const TURNOVER_MS = 6000;
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
/** More than expected that is let pass, mmHg/s; the most that counts: mmHg/s, and percent of the air turned over. */
const TURNOVER_SLACK = 1 / 5;
const TURNOVER_MOST = 1 / 2;
const TURNOVER_SHARE = 5;
/** Such evidence weighs a tenth of the same at rest, and less the more air is turned over (mmHg/s at which it weighs half of that). */
const WEIGHT = 10;
/** Sum, at rest and in movement together, that trips, mmHg. */
export const LOSS_LIMIT_MMHG = 55 / 10;

/** Turn 3, once in TURNOVER_MS: ends a window and begins the next. One that holds a fill, a new setpoint or a measurement is not judged. */
export function closeTurnover(s: Supervisor, t: Tick): void {
  const b = s.air;
  const seconds = (t.now - b.turnoverAt) / 1000;
  const gain = ((s.lagPumpMs - b.turnoverPumpMs) * b.pumpMmHgPerS) / 1000;
  const loss = gain - s.meanMmHg + b.turnoverMean;
  const open = s.lagBledMs - b.turnoverBledMs + SHUT_MS * seconds;
  const whole = b.turnoverAt - s.heldSince >= TURNOVER_AFTER_MS && !t.quiet;
  b.turnoverAt = t.now;
  b.turnoverMean = s.meanMmHg;
  b.turnoverPumpMs = s.lagPumpMs;
  b.turnoverBledMs = s.lagBledMs;
  if (whole && moves(b, gain / seconds)) judgeTurnover(s, t, loss, open, seconds);
}

/** The limb has moved as usual, in the window before too. */
function moves(b: AirBalance, flow: number): boolean {
  if (!(flow >= LEAST_FLOW && flow * 100 >= b.turnoverMmHgPerS * FLOW_SHARE)) {
    b.movingWindows = 0;
    return false;
  }
  b.movingWindows++;
  if (b.movingWindows < 2) return false;
  b.learnedWindows++;
  b.turnoverMmHgPerS += (flow - b.turnoverMmHgPerS) / (b.learnedWindows < 6 ? b.learnedWindows : 6);
  return true;
}

function judgeTurnover(s: Supervisor, t: Tick, loss: number, open: number, seconds: number): void {
  const b = s.air;
  const beyond = loss - b.mmHgPerOpenMs * open;
  if (b.learnedWindows > TURNOVERS_FIRST) addMovement(s, t, beyond / seconds - TURNOVER_SLACK, seconds);
  learnTurnover(b, beyond, open);
}

/** Mean of the first windows; later it follows, slowly. */
function learnTurnover(b: AirBalance, beyond: number, open: number): void {
  const step = beyond / open / (b.learnedWindows < TURNOVERS_LATER ? b.learnedWindows : TURNOVERS_LATER);
  const most = b.learnedWindows > TURNOVERS_FIRST ? (b.mmHgPerOpenMs * MOST_STEP) / 100 : step;
  b.mmHgPerOpenMs += step < most ? step : most;
  if (b.mmHgPerOpenMs < 0) b.mmHgPerOpenMs = 0;
}

function addMovement(s: Supervisor, t: Tick, rate: number, seconds: number): void {
  const b = s.air;
  const most = TURNOVER_MOST + (b.turnoverMmHgPerS * TURNOVER_SHARE) / 100;
  const moved = b.movedMmHg + ((rate < most ? rate : most) * seconds) / (WEIGHT + b.turnoverMmHgPerS);
  b.movedMmHg = moved > 0 ? moved : 0;
  judgeSlowLoss(s, t);
}

/** What is missing at rest and in movement, together. */
export function judgeSlowLoss(s: Supervisor, t: Tick): void {
  const lost = s.air.lostMmHg + s.air.movedMmHg;
  if (!(lost < LOSS_LIMIT_MMHG)) trip(s, t, TRIP_SLOW_LOSS, lost, LOSS_LIMIT_MMHG);
}

/** Another setpoint: pump and valve are others there. */
export function forgetTurnover(b: AirBalance, target: number): void {
  b.turnoverTarget = target;
  b.learnedWindows = 0;
  b.movingWindows = 0;
  b.turnoverMmHgPerS = 0;
  b.mmHgPerOpenMs = 0;
}
