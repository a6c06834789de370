/**
 * Time under pressure of the last 24 h: a ceiling that no chain of sessions passes. By the device's own clock since power-up. What was
 * before that counts where a date is known, so that a date can only add: whoever sets a wrong one gains nothing over none. Must never
 * forget pressure that this power-up has seen in the last 24 h.
 */
import { MAX_DAY_PRESSURE_MS, MAX_SESSION_PRESSURE_MS } from '../limits.ts';
import type { Ms } from '../units.ts';

/** Time under pressure of a session, or of some together. */
export interface Pressed {
  /** When it ended, ms since boot; -1 = before this power-up. */
  at: Ms;
  /** The same, s since 1970; of this power-up it is not kept here. */
  dateS: number;
  ms: Ms;
}

export interface Day {
  /** Oldest first. */
  readonly pressed: Pressed[];
  /** What of the supervisor's sum since power-up stands in there, ms. */
  notedMs: Ms;
}

const DAY_S = 24 * 3600;
/** So many are told apart; more are taken together, and count as long as the later one. */
const MOST = 8;

/** From `text` as `dayText` writes it. Of a damaged one nobody knows what it said: it leaves one session for the next 24 h. */
export function createDay(text: string | undefined): Day {
  const day: Day = { pressed: [], notedMs: 0 };
  if (text === undefined) return day;
  const n = text.split(',').map((word) => parseInt(word, 10));
  let damaged = n[0] !== 1 || n.length % 2 === 0;
  for (let i = 1; !damaged && i < n.length; i += 2) {
    const dateS = n[i] as number;
    const s = n[i + 1] as number;
    if (dateS > 0 && s > 0) keep(day, -1, dateS, s * 1000);
    else damaged = true;
  }
  if (damaged) keep(day, 0, 0, MAX_DAY_PRESSURE_MS - MAX_SESSION_PRESSURE_MS);
  return day;
}

function keep(day: Day, at: Ms, dateS: number, ms: Ms): void {
  if (!(ms > 0)) return;
  const list = day.pressed;
  list.push({ at: at, dateS: dateS, ms: ms });
  if (list.length <= MOST) return;
  const oldest = list.shift() as Pressed;
  (list[0] as Pressed).ms += oldest.ms;
}

/** What has ended: `pressedMs` is the supervisor's sum since power-up, ms. */
export function notePressed(day: Day, pressedMs: Ms, now: Ms): void {
  keep(day, now, 0, pressedMs - day.notedMs);
  day.notedMs = pressedMs;
}

/** A session that was cut off: nobody knows how long it was, so it counts as `ms`. */
export function noteUnknown(day: Day, ms: Ms, now: Ms): void {
  keep(day, now, 0, ms);
}

/** s since its end; infinite where that is not known. A date that was set back by less than a day makes it negative. `nowS`: s since 1970, 0 = not known. */
function ageS(p: Readonly<Pressed>, nowS: number, now: Ms): number {
  if (p.at >= 0) return (now - p.at) / 1000;
  const age = nowS - p.dateS;
  return nowS > 0 && age > -DAY_S ? age : Number.POSITIVE_INFINITY;
}

/** Time under pressure in the last 24 h as far as it is known, ms. */
export function pressedToday(day: Readonly<Day>, pressedMs: Ms, nowS: number, now: Ms): Ms {
  let sum = pressedMs - day.notedMs;
  for (let i = 0; i < day.pressed.length; i++) {
    const p = day.pressed[i] as Pressed;
    if (ageS(p, nowS, now) < DAY_S) sum += p.ms;
  }
  return sum;
}

/** True where a session of the greatest length would pass the ceiling of a day. */
export function isDayUsed(day: Readonly<Day>, pressedMs: Ms, nowS: number, now: Ms): boolean {
  return !(pressedToday(day, pressedMs, nowS, now) + MAX_SESSION_PRESSURE_MS <= MAX_DAY_PRESSURE_MS);
}

/** For the store: version, then a date, s since 1970, and s under pressure for each that is remembered: an old one says nothing once the date is right, and a date that was wrong for a while erases none. `nowS` must be known. */
export function dayText(day: Readonly<Day>, nowS: number, now: Ms): string {
  let text = '1';
  for (let i = 0; i < day.pressed.length; i++) {
    const p = day.pressed[i] as Pressed;
    const dateS = p.at >= 0 ? nowS - (now - p.at) / 1000 : p.dateS;
    text += `,${Math.floor(dateS)},${Math.ceil(p.ms / 1000)}`;
  }
  return text;
}
