/**
 * A recorded session's inputs through today's firmware: every tick it is shown the recorded reading and demand,
 * decides, and is then put back on the recorded track. Where its decisions differ is told, not judged.
 */
import { TICK_MS } from '../../src/limits.ts';
import { TRIP_NONE, tripName } from '../../src/safety/trips.ts';
import { OutsideFirmware } from '../outside/firmware.ts';
import type { RunLog } from '../report/run-log.ts';
import type { BlackBox } from './black-box.ts';

export interface Recorded {
  readonly tMs: number;
  /** Turn of the tick, 0..3: the slow rules have theirs. */
  readonly turn: number;
  readonly mmHg: number;
  /** -1 = vented. */
  readonly setpoint: number;
  readonly pump: number;
  readonly bleedMs: number;
  readonly vent: boolean;
}

/** What of a decision can differ. */
export type DecisionField = 'valve' | 'bleed' | 'pump';

export interface Difference {
  readonly tMs: number;
  /** Number of the tick in the recording, from 1. */
  readonly tick: number;
  readonly field: DecisionField;
  /** What was recorded, and what today's firmware would do. */
  readonly recorded: string;
  readonly today: string;
}

export interface Replay {
  readonly ticks: number;
  readonly pressurised: number;
  /** Ticks with a different decision, and the first of each stretch. */
  readonly different: number;
  readonly differences: readonly Difference[];
  /** Trip of today's firmware and when, '' = none. */
  readonly trip: string;
  readonly tripMs: number;
}

export function fromBox(box: BlackBox): Recorded[] {
  return box.rows.map((row, i) => ({
    tMs: (i + 1) * box.periodMs,
    turn: row.turn,
    mmHg: row.mmHg,
    setpoint: row.setpoint,
    pump: row.pump,
    bleedMs: Math.max(0, row.bleedMs),
    vent: row.bleedMs < 0,
  }));
}

export function fromRun(log: RunLog): Recorded[] {
  const c = log.columns;
  return Array.from({ length: log.rows }, (_, i) => ({
    tMs: c.tMs[i] ?? 0,
    turn: i & 3,
    mmHg: c.raw[i] ?? Number.NaN,
    setpoint: c.setpoint[i] ?? -1,
    pump: c.pump[i] ?? 0,
    bleedMs: c.bleedMs[i] ?? 0,
    vent: c.vent[i] === 1,
  })).filter((row) => Number.isFinite(row.mmHg));
}

function decisionText(vent: boolean, bleedMs: number, pump: number): string {
  if (vent) return 'vented';
  if (bleedMs > 0) return `bleed ${bleedMs} ms`;
  return pump > 0 ? `pump ${(pump / 10).toFixed(0)} %` : 'shut';
}

/** Small differences of duty and bleed are none: readings are cut to steps of 0.02 mmHg in a black box. */
function otherField(row: Recorded, vent: boolean, bleedMs: number, pump: number): DecisionField | null {
  if (row.vent !== vent) return 'valve';
  if (vent) return null;
  if (Math.abs(row.bleedMs - bleedMs) > 2) return 'bleed';
  return Math.abs(row.pump - pump) > 50 ? 'pump' : null;
}

/** Rows between two words of progress. */
const TOLD_EVERY = 500;

/** The control period of the device that wrote the rows, ms: the distance that most of them have. */
function periodOf(rows: readonly Recorded[]): number {
  const gaps = rows.slice(1).map((row, i) => Math.round(row.tMs - (rows[i] as Recorded).tMs));
  return gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? TICK_MS;
}

/** `lopMmHg` of the session. A row must come every control period. `told` hears how much is done, 0..1. */
export function replay(
  rows: readonly Recorded[],
  lopMmHg: number,
  arm: boolean,
  told: (share: number) => void = () => {},
): Replay {
  const hello = {
    periodMs: periodOf(rows),
    lopMmHg,
    ageMs: 4,
    run: 'hold' as const,
    protocol: null,
    limb: arm ? ('arm' as const) : ('leg' as const),
    careful: false,
  };
  const firmware = new OutsideFirmware(hello, 'replay');
  const { tick: t, supervisor } = firmware.core;
  const differences: Difference[] = [];
  let different = 0;
  let pressurised = 0;
  let was: DecisionField | null = null;
  let tripMs = 0;
  for (const [i, row] of rows.entries()) {
    if (i % TOLD_EVERY === 0) told(i / rows.length);
    const hold = row.setpoint >= 0;
    const sample = {
      t: row.tMs / 1000,
      p: row.mmHg,
      fault: null,
      cmd: hold ? ('hold' as const) : ('deflate' as const),
      sp: hold ? row.setpoint : 0,
      vb: null,
    };
    t.count = row.turn;
    firmware.answer(sample);
    const field = otherField(row, t.outVent, t.outBleedMs, t.outPump);
    if (!row.vent) pressurised++;
    if (field !== null) different++;
    // a stretch of other pulses does not hide that the valve vents otherwise within it
    if (field !== null && (field === 'valve' ? was !== 'valve' : was === null))
      differences.push({
        tMs: row.tMs,
        tick: i + 1,
        field,
        recorded: decisionText(row.vent, row.bleedMs, row.pump),
        today: decisionText(t.outVent, t.outBleedMs, t.outPump),
      });
    was = field;
    // a trip ends it here, and one that came where the device still held is a difference
    if (supervisor.trip !== TRIP_NONE) {
      tripMs = row.tMs;
      break;
    }
    t.outVent = row.vent;
    t.outBleedMs = row.vent ? 0 : row.bleedMs;
    t.outPump = row.vent ? 0 : row.pump;
    t.steady = Number.NaN;
  }
  const trip = supervisor.trip === TRIP_NONE ? '' : tripName(supervisor.trip);
  return { ticks: rows.length, pressurised, different, differences, trip, tripMs };
}

/** What was found, in lines. */
export function replayLines(r: Replay, recordedTrip: string): string[] {
  const share = r.pressurised > 0 ? (100 * r.different) / r.pressurised : 0;
  const at = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const lines = [
    `${r.ticks} ticks, ${r.pressurised} with the valve shut; today's firmware decided otherwise in ${r.different} (${share.toFixed(1)} %), in ${r.differences.length} stretches`,
    ...r.differences
      .slice(0, 20)
      .map(
        (d) =>
          `  ${at(d.tMs).padStart(10)}  tick ${String(d.tick).padStart(5)}  ${d.field.padEnd(5)}  then ${d.recorded.padEnd(12)} now ${d.today}`,
      ),
  ];
  if (r.differences.length > 20) lines.push(`  and ${r.differences.length - 20} more`);
  const then = recordedTrip === '' ? 'no trip' : recordedTrip;
  lines.push(
    `trip then: ${then}; today: ${r.trip === '' ? 'none within the recording' : `${r.trip} at ${at(r.tripMs)}`}`,
  );
  return lines;
}
