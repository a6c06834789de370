/**
 * The date, as far as a link has set it since the power came: for records and advice. A limit may count more by it.
 * Must never make a limit count less: a wrong date loosens nothing.
 */
import type { Ms } from './units.ts';

export interface DateClock {
  /** A link has set it; lost with the power. */
  trusted: boolean;
  /** s since 1970 at boot. */
  baseS: number;
}

/** Dates that are believed, s since 1970: 2025 to 2100. */
const MIN_DATE_S = 1735689600;
const MAX_DATE_S = 4102444800;

export function createDate(): DateClock {
  return { trusted: false, baseS: 0 };
}

/** It is `dateS`, s since 1970, at `now`, ms since boot. A date that cannot be is not taken. */
export function setDate(d: DateClock, dateS: number, now: Ms): void {
  if (!(dateS >= MIN_DATE_S && dateS <= MAX_DATE_S)) return;
  d.baseS = dateS - Math.floor(now / 1000);
  d.trusted = true;
}

/** The date in s since 1970 where a link has set it since power-up, else 0. */
export function dateIfKnown(d: Readonly<DateClock>, now: Ms): number {
  return d.trusted ? d.baseS + Math.floor(now / 1000) : 0;
}
