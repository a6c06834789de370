/** Holds a finished run against what its scenario expects. */
import type { Expected } from '../report/expected.ts';
import { clock, percent } from '../report/figures.ts';
import { EMPTY_MMHG, type Metrics } from '../report/metrics.ts';
import { phaseName, type RunLog } from '../report/run-log.ts';
import type { Expect } from './scenario.ts';

function tripExpected(expect: Expect, m: Metrics): Expected {
  const found =
    m.trips.length === 0 ? 'none' : m.trips.map((t) => `${clock(t.tMs / 1000)} ${codeOf(t.text)}`).join(', ');
  if (expect.trip === 'none') return { what: 'no trip', found, met: m.trips.length === 0 };
  const first = m.trips[0];
  const met = first !== undefined && expect.trip.includes(codeOf(first.text));
  return { what: `a trip: ${expect.trip.join(' or ')}`, found, met };
}

/** The stable name at the head of a trip's text. */
function codeOf(text: string): string {
  return text.split(':')[0] ?? text;
}

function inTime(limitS: number, m: Metrics, firstFaultMs: number): Expected {
  const first = m.trips[0];
  const what = `the trip within ${limitS} s of the fault`;
  if (first === undefined) return { what, found: 'no trip', met: false };
  const seconds = (first.tMs - firstFaultMs) / 1000;
  return { what, found: `${seconds.toFixed(1)} s`, met: seconds >= 0 && seconds <= limitS };
}

function phasesReached(names: readonly string[], log: RunLog): Expected {
  const seen = new Set(Array.from(log.columns.phase, (code) => phaseName(log.header, code).name));
  const missing = names.filter((name) => !seen.has(name));
  const found = missing.length === 0 ? 'all' : `missing: ${missing.join(', ')}`;
  return { what: `phases ${names.join(', ')}`, found, met: missing.length === 0 };
}

function inBand(what: string, least: number, share: number | null): Expected {
  return {
    what: `at least ${percent(least, 0)} ${what}`,
    found: percent(share),
    met: share !== null && share >= least,
  };
}

function emptied(limitS: number, m: Metrics): Expected {
  const what = `every vent to ${EMPTY_MMHG} mmHg within ${limitS} s`;
  const open = m.vents.some((vent) => vent.secondsTo15 === null);
  const worst = Math.max(0, ...m.vents.map((vent) => vent.secondsTo15 ?? 0));
  return {
    what,
    found: open ? 'one did not get there' : `${worst.toFixed(1)} s`,
    met: !open && worst <= limitS,
  };
}

/** One row an expectation. `firstFaultMs`: time of the first fault, if there is one; `onBoard`: ticks took their time. */
export function checkExpectations(
  expect: Expect,
  log: RunLog,
  m: Metrics,
  firstFaultMs: number,
  onBoard: boolean,
): Expected[] {
  const rows = [tripExpected(expect, m)];
  if (expect.tripWithinS !== undefined) rows.push(inTime(expect.tripWithinS, m, firstFaultMs));
  if (expect.phases !== undefined) rows.push(phasesReached(expect.phases, log));
  const moving10 = onBoard ? expect.moving10OnBoard : expect.moving10;
  if (moving10 !== undefined) rows.push(inBand('within ±10 % while moving', moving10, m.moving.within10));
  if (expect.still5 !== undefined && !onBoard)
    rows.push(inBand('within ±5 % at rest', expect.still5, m.still.within5));
  if (expect.peakShareOfLop !== undefined && expect.staysUp !== true) {
    const limit = expect.peakShareOfLop * log.header.lopMmHg;
    rows.push({
      what: `no peak above ${percent(expect.peakShareOfLop, 0)} of LOP`,
      found: `${m.peakMmHg.toFixed(0)} mmHg`,
      met: m.peakMmHg <= limit,
    });
  }
  if (expect.peakMmHg !== undefined) {
    const met = m.peakMmHg <= expect.peakMmHg;
    rows.push({ what: `no peak above ${expect.peakMmHg} mmHg`, found: `${m.peakMmHg.toFixed(0)} mmHg`, met });
  }
  if (expect.emptyWithinS !== undefined) rows.push(emptied(expect.emptyWithinS, m));
  return rows;
}
