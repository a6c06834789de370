/** What a cuff has said, in words. */
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

/** `fields`: mean and longest tick, ms, and ticks that came late, as ~P answers them; '' before the first tick under pressure. */
export function paceLine(fields: string, periodMs: number): string {
  const [mean = 0, worst = 0, late = 0] = fields.split(',').map(Number);
  if (!(worst > 0)) return '';
  const over = worst > periodMs ? ', longer than the period' : '';
  return `since power-up a tick under pressure took ${mean} ms of ${periodMs} in the mean and ${worst} at most${over}; ${late} came late`;
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
