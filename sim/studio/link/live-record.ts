/**
 * What a cuff has shown of itself while the page watched, as a run that grows: readings and outputs by time. What did not come is a gap, never a
 * guess.
 */
import { TRIP_NONE } from '../../../src/safety/trips.ts';
import { type LiveFrame, rowsMissing, type State } from '../../../tools/board/frames.ts';
import { LiveRun } from '../../report/live-run.ts';
import { phaseNames } from '../../report/phase-names.ts';
import { columnsFrom } from '../../report/run-log.ts';

/** Time that the chart has room for from the start, s: a session. */
export const LIVE_ROOM_S = 1200;
/** An hour under pressure at 50 ms a tick: more than a day allows on one limb without a break. */
const MOST = 72_000;
/** What is dropped at once when it is full. */
const DROPPED = 12_000;
/** More than this between two readings is a gap, s. */
const GAP_S = 2;
/** The period of a cuff that has not said it, ms: for the widths of single rows alone. */
const USUAL_MS = 50;

/** One row, as the chart has it. */
interface Point {
  /** s since the first. */
  readonly t: number;
  /** NaN = nothing has come. */
  readonly mmHg: number;
  /** mmHg, -1 = vented. */
  readonly setpoint: number;
  /** permille. */
  readonly pump: number;
  /** ms; -1 = vented. */
  readonly bleedMs: number;
}

/** What is the same for all rows of one answer. */
interface Standing {
  readonly phase: number;
  readonly step: number;
  readonly trip: number;
}

function emptyRun(): LiveRun {
  return new LiveRun({
    tickMs: USUAL_MS,
    lopMmHg: 0,
    hasTruth: false,
    phases: phaseNames(),
    gapS: GAP_S,
    plannedS: LIVE_ROOM_S,
  });
}

export class LiveRecord {
  #run = emptyRun();
  #began: number | undefined;
  #base = -1;

  /** Another object after `clear`. */
  get run(): LiveRun {
    return this.#run;
  }

  /** Rows of a frame that came at `atMs`; `periodMs` of the cuff. */
  frame(f: LiveFrame, atMs: number, periodMs: number): void {
    this.#began ??= atMs;
    const missing = this.#base < 0 ? Number.NaN : rowsMissing({ base: this.#base }, f);
    this.#base = f.base;
    const last = this.#lastS;
    const byClock = (atMs - this.#began) / 1000 - (f.rows.length * periodMs) / 1000;
    const byRows = last + ((missing + 1) * periodMs) / 1000;
    // rows are counted where that agrees with the clock: arrival times jump, rows do not
    const from = Math.abs(byRows - byClock) < GAP_S ? byRows : Math.max(byClock, last + periodMs / 1000);
    const standing = { phase: f.phase, step: f.step, trip: TRIP_NONE };
    if (missing !== 0) this.#gap(from, standing);
    const rows = f.rows.map((row, i) => ({
      t: from + (i * periodMs) / 1000,
      setpoint: f.setpoint,
      ...row,
    }));
    this.#add(rows, standing);
  }

  /** An answer of a vented cuff that came at `atMs`. */
  state(s: State, atMs: number): void {
    this.#began ??= atMs;
    this.#base = -1;
    const t = Math.max((atMs - this.#began) / 1000, this.#lastS + 1 / 1000);
    const vented = s.setpoint < 0;
    const { mmHg, setpoint, phase, step, trip } = s;
    this.#add([{ t, mmHg, setpoint, pump: 0, bleedMs: vented ? -1 : 0 }], { phase, step, trip });
  }

  /** The connection was lost: what comes next is not joined to what was. */
  broken(): void {
    this.#base = -1;
  }

  /** Another cuff: nothing of the one before is its doing. */
  clear(): void {
    this.#run = emptyRun();
    this.#began = undefined;
    this.#base = -1;
  }

  get #lastS(): number {
    const { rows, t } = this.#run;
    return rows === 0 ? Number.NEGATIVE_INFINITY : (t[rows - 1] as number);
  }

  /** A row without a reading: the line is broken there. */
  #gap(t: number, standing: Standing): void {
    if (this.#run.rows === 0) return;
    this.#add([{ t, mmHg: Number.NaN, setpoint: -1, pump: 0, bleedMs: 0 }], standing);
  }

  #add(points: readonly Point[], standing: Standing): void {
    const of: Partial<Record<string, (p: Point) => number>> = {
      tMs: (p) => p.t * 1000,
      raw: (p) => p.mmHg,
      setpoint: (p) => p.setpoint,
      pump: (p) => p.pump,
      bleedMs: (p) => Math.max(0, p.bleedMs),
      vent: (p) => (p.bleedMs < 0 ? 1 : 0),
      phase: () => standing.phase,
      step: () => standing.step,
      trip: () => standing.trip,
      lamps: () => 0,
      moving: () => 0,
    };
    const unknown = (): number => Number.NaN;
    this.#run.append(
      columnsFrom((name) => points.map(of[name] ?? unknown)),
      points.length,
    );
    if (this.#run.rows > MOST) this.#run.dropFirst(DROPPED);
  }
}
