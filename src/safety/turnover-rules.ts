/**
 * Air bookkeeping while the limb moves: pump and valve turn over several mmHg worth of air a second, in pulses whose effect is known
 * roughly, but it is the same from one cycle to the next. So what the pump must put in for each ms of open valve is learned over some
 * windows, and then has to stay. A sensor that drifts down, or a leak, takes more pump for the same valve; and a cuff that is fuller than
 * it reads weakens the pump and strengthens the valve, so that it takes more and more. All sums lag as the mean of the reading does: then
 * the wave, and a pulse at the edge of a window, cancel. Movement alone lets a cuff seat and creep less and less: there it takes less.
 */
import type { Tick } from '../tick.ts';
import type { AirBooks } from './air-books.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_AIR_LOST } from './trips.ts';

/** Length of a window, ms: several cycles of a slow movement. */
export const TURN_MS = 6000;
/** Windows begin this long after the setpoint was reached, ms. */
const TURN_AFTER_MS = 4000;
/** Air turned over from which the limb counts as moving, mmHg/s; and percent of the usual: the ends of a set are no fair sample. */
const LEAST_FLOW = 1;
const FLOW_SHARE = 80;
/** Windows that the first estimate rests on; later it follows about so many. */
export const TURNS_FIRST = 4;
const TURNS_LATER = 12;
/** ... by this much a window at most, percent. */
const MOST_STEP = 3;
/** What is lost with the valve shut counts as so much open time, ms a second. */
const SHUT_MS = 8;
/** More than expected that is let pass, mmHg/s; the most that counts: mmHg/s, and percent of the air turned over. */
const TURN_SLACK = 1 / 5;
const TURN_MOST = 1 / 2;
const TURN_SHARE = 5;
/** Such evidence weighs a tenth of the same at rest, and less the more air is turned over (mmHg/s at which it weighs half of that). */
const WEIGHT = 10;
/** Sum, at rest and in movement together, that trips, mmHg. */
export const LOSS_LIMIT_MMHG = 55 / 10;

/** Turn 3, once in TURN_MS: ends a window and begins the next. One that holds a fill, a new setpoint or a measurement is not judged. */
export function closeTurn(s: Supervisor, t: Tick): void {
  const b = s.air;
  const seconds = (t.now - b.turnAt) / 1000;
  const gain = ((s.lagPumpMs - b.turnPumpMs) * b.upRate) / 1000;
  const loss = gain - s.mean + b.turnMean;
  const open = s.lagBledMs - b.turnBledMs + SHUT_MS * seconds;
  const whole = b.turnAt - s.heldFrom >= TURN_AFTER_MS && !t.quiet;
  b.turnAt = t.now;
  b.turnMean = s.mean;
  b.turnPumpMs = s.lagPumpMs;
  b.turnBledMs = s.lagBledMs;
  if (whole && moves(b, gain / seconds)) judgeTurn(s, t, loss, open, seconds);
}

/** The limb has moved as usual, in the window before too. */
function moves(b: AirBooks, flow: number): boolean {
  if (!(flow >= LEAST_FLOW && flow * 100 >= b.flow * FLOW_SHARE)) {
    b.fullTurns = 0;
    return false;
  }
  b.fullTurns++;
  if (b.fullTurns < 2) return false;
  b.turns++;
  b.flow += (flow - b.flow) / (b.turns < 6 ? b.turns : 6);
  return true;
}

function judgeTurn(s: Supervisor, t: Tick, loss: number, open: number, seconds: number): void {
  const b = s.air;
  const beyond = loss - b.perOpen * open;
  if (b.turns > TURNS_FIRST) addMoved(s, t, beyond / seconds - TURN_SLACK, seconds);
  follow(b, beyond, open);
}

/** Mean of the first windows; later it follows, slowly. */
function follow(b: AirBooks, beyond: number, open: number): void {
  const step = beyond / open / (b.turns < TURNS_LATER ? b.turns : TURNS_LATER);
  const most = b.turns > TURNS_FIRST ? (b.perOpen * MOST_STEP) / 100 : step;
  b.perOpen += step < most ? step : most;
  if (b.perOpen < 0) b.perOpen = 0;
}

function addMoved(s: Supervisor, t: Tick, rate: number, seconds: number): void {
  const b = s.air;
  const most = TURN_MOST + (b.flow * TURN_SHARE) / 100;
  const moved = b.moved + ((rate < most ? rate : most) * seconds) / (WEIGHT + b.flow);
  b.moved = moved > 0 ? moved : 0;
  judgeLost(s, t);
}

/** What is missing at rest and in movement, together. */
export function judgeLost(s: Supervisor, t: Tick): void {
  const lost = s.air.lost + s.air.moved;
  if (!(lost < LOSS_LIMIT_MMHG)) trip(s, t, TRIP_AIR_LOST, lost, LOSS_LIMIT_MMHG);
}

/** Another setpoint: pump and valve are others there. */
export function forgetTurnover(b: AirBooks, target: number): void {
  b.turnTarget = target;
  b.turns = 0;
  b.fullTurns = 0;
  b.flow = 0;
  b.perOpen = 0;
}
