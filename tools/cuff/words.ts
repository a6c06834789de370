/** What a cuff has said, in words. */
import { TIMED_EVERY } from '../../src/pace.ts';
import { phaseName } from '../../src/phases.ts';
import { INHIBIT_ROWS, inhibitNames } from '../../src/safety/inhibits.ts';
import { tripText } from '../../src/safety/rows/all.ts';
import { TRIP_NONE, tripName } from '../../src/safety/trips.ts';
import type { Hello, LiveFrame, State } from '../board/frames.ts';

/** Phases in which nothing is under way, so that what stands in the way of a start is worth saying. */
const AT_REST = /^(idle|done|tripped)$/;

export function helloLine(h: Hello): string {
  if (h.link < 2) return `firmware ${h.version} (too old to say more; ./flash.sh updates it)`;
  const rail = h.railMv > 0 ? `, motor rail ${(h.railMv / 1000).toFixed(2)} V` : '';
  return `firmware ${h.version}, ${h.board} + ${h.sensor}, serial ${h.serial}${rail}, on for ${Math.floor(h.poweredS / 60)} min`;
}

export function stateLine(s: State): string {
  const phase = phaseName(s.phase);
  const aim = s.setpoint >= 0 ? `, aims at ${s.setpoint} mmHg` : ', vented';
  const left = s.leftS > 0 ? `, ${s.leftS} s left in step ${s.step + 1}` : '';
  return `${phase}: ${Number.isFinite(s.mmHg) ? `${s.mmHg} mmHg` : 'no reading'}${aim}${left}`;
}

/** What keeps a session from starting, a line each. */
export function inhibitLines(s: State): string[] {
  if (!AT_REST.test(phaseName(s.phase))) return [];
  const names = inhibitNames(s.inhibits);
  return INHIBIT_ROWS.filter((row) => names.includes(row.name)).map(
    (row) => `will not start: ${row.reason}; ${row.remedy}`,
  );
}

/** `fields`: trip, measured, allowed, hazard, as ~E answers them. */
export function tripLine(fields: string): string {
  const [trip = 0, measured = 0, allowed = 0, hazard = 0] = fields.split(',').map(Number);
  if (trip === TRIP_NONE) return hazard === TRIP_NONE ? '' : `hazard: ${tripText(hazard, 0, 0)}`;
  return `${tripName(trip)}: ${tripText(trip, measured, allowed)}`;
}

/** What a device has measured of its own ticks under pressure since power-up. */
export interface DevicePace {
  /** Mean and longest of the ticks that were timed, ms. */
  readonly meanMs: number;
  readonly worstMs: number;
  /** Ticks that came more than 10 ms late. */
  readonly late: number;
  /** Longest time between two ticks, ms; 0 = none came late, NaN = its firmware does not tell. */
  readonly longestMs: number;
  /** Of the timed ones, those that stood still in between. */
  readonly stalls: number;
}

/** What ~P answers; all 0 before the first tick under pressure. */
export function paceOfAnswer(fields: string): DevicePace {
  const [meanMs = 0, worstMs = 0, late = 0, longestMs = Number.NaN, stalls = 0] = fields
    .split(',')
    .map(Number);
  return { meanMs, worstMs, late, longestMs, stalls };
}

/** `fields` as ~P answers them; '' before the first tick under pressure. */
export function paceLine(fields: string, periodMs: number): string {
  const p = paceOfAnswer(fields);
  if (!(p.worstMs > 0)) return '';
  const over = p.meanMs > periodMs ? ', longer than the period' : '';
  const longest = p.longestMs > 0 ? `, at most ${p.longestMs} ms after the one before` : '';
  const stalls = p.stalls > 0 ? `; ${p.stalls} stood still in between, as for a collection of memory` : '';
  return `since power-up a tick under pressure took ${p.meanMs} ms of ${periodMs} in the mean${over}, and ${p.worstMs} at most (one in ${TIMED_EVERY} is timed); ${p.late} came late${longest}${stalls}`;
}

/** What stands in the place of `rows` readings that did not come. */
export function gapLine(rows: number, periodMs: number): string {
  return `-- ${((rows * periodMs) / 1000).toFixed(1)} s did not come`;
}

/** One line a live frame: phase, pressure with its extremes, and what pump and valve did. */
export function liveLine(f: LiveFrame): string {
  const all = f.rows.map((row) => row.mmHg);
  if (all.length === 0) return `${phaseName(f.phase).padEnd(8)} (no rows)`;
  const mean = all.reduce((sum, mmHg) => sum + mmHg, 0) / all.length;
  const pump = Math.max(...f.rows.map((row) => row.pump));
  const bleeds = f.rows.filter((row) => row.bleedMs > 0).length;
  const valve = f.rows.some((row) => row.bleedMs < 0) ? 'open' : bleeds > 0 ? `${bleeds} bleeds` : 'shut';
  const aim = f.setpoint < 0 ? '   -' : f.setpoint.toFixed(0).padStart(4);
  const range = `${Math.min(...all).toFixed(1)}..${Math.max(...all).toFixed(1)}`;
  return `${phaseName(f.phase).padEnd(8)} ${mean.toFixed(1).padStart(6)} mmHg of ${aim}  ${range.padEnd(13)} pump ${`${Math.round(pump / 10)} %`.padStart(5)}  valve ${valve}`;
}
