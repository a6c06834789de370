/**
 * What a cuff has shown of itself while the page watched: readings and outputs by time. What did not come is a gap, never a guess. It keeps the
 * last twenty minutes under pressure.
 */
import { LIVE_ROWS } from '../../../src/link/live.ts';
import { RING_ROWS } from '../../../src/record/recorder.ts';
import type { LiveFrame, State } from '../../../tools/board/frames.ts';

export interface LivePoint {
  /** s since the first. */
  readonly t: number;
  /** NaN = a gap begins. */
  readonly mmHg: number;
  /** mmHg, NaN = vented. */
  readonly setpoint: number;
  /** permille. */
  readonly pump: number;
  readonly vented: boolean;
}

/** Twenty minutes at 50 ms a tick. */
const MOST = 24_000;
/** What is dropped at once when it is full. */
const DROPPED = 2000;
/** More than this between two readings is a gap, s. */
const GAP_S = 2;

export class LiveRecord {
  readonly points: LivePoint[] = [];
  #began: number | undefined;
  #base = -1;

  /** Rows of a frame that came at `atMs`; `periodMs` of the cuff. */
  frame(f: LiveFrame, atMs: number, periodMs: number): void {
    this.#began ??= atMs;
    const missing = this.#base < 0 ? Number.NaN : (f.base - this.#base - LIVE_ROWS + RING_ROWS) % RING_ROWS;
    this.#base = f.base;
    const last = this.points.at(-1)?.t ?? Number.NEGATIVE_INFINITY;
    const byClock = (atMs - this.#began) / 1000 - (f.rows.length * periodMs) / 1000;
    const byRows = last + ((missing + 1) * periodMs) / 1000;
    // rows are counted where that agrees with the clock: arrival times jump, rows do not
    const from = Math.abs(byRows - byClock) < GAP_S ? byRows : Math.max(byClock, last + periodMs / 1000);
    if (missing !== 0) this.#gap(from);
    for (const [i, row] of f.rows.entries())
      this.#add({
        t: from + (i * periodMs) / 1000,
        mmHg: row.mmHg,
        setpoint: f.setpoint < 0 ? Number.NaN : f.setpoint,
        pump: row.pump,
        vented: row.bleedMs < 0,
      });
  }

  /** An answer of a vented cuff that came at `atMs`. */
  state(s: State, atMs: number): void {
    this.#began ??= atMs;
    this.#base = -1;
    const last = this.points.at(-1)?.t ?? Number.NEGATIVE_INFINITY;
    const t = Math.max((atMs - this.#began) / 1000, last + 1 / 1000);
    if (t - last > GAP_S) this.#gap(t);
    const setpoint = s.setpoint < 0 ? Number.NaN : s.setpoint;
    this.#add({ t, mmHg: s.mmHg, setpoint, pump: 0, vented: s.setpoint < 0 });
  }

  /** The connection was lost: what comes next is not joined to what was. */
  broken(): void {
    this.#base = -1;
  }

  /** Another cuff: nothing of the one before is its doing. */
  clear(): void {
    this.points.length = 0;
    this.#began = undefined;
    this.#base = -1;
  }

  #gap(t: number): void {
    if (this.points.length > 0)
      this.#add({ t, mmHg: Number.NaN, setpoint: Number.NaN, pump: 0, vented: false });
  }

  #add(point: LivePoint): void {
    this.points.push(point);
    if (this.points.length > MOST) this.points.splice(0, DROPPED);
  }
}
