/**
 * The line from the pressure to the sensor's port: as a rule it passes everything at once; pinched or wet it passes slowly, or nothing,
 * while the part at its end goes on living: good status, own noise, new words.
 */
import { type Fault, holds, type SenseLineFault } from './faults.ts';

/** An open line follows this fast, s; a pinch that grows begins here. */
const OPEN_S = 0.005;
/** From this lag on the line counts as shut, s. */
export const SHUT_S = 100_000;

/** A pinch that grows, without a lag of its own, ends here, s. */
const GROWN_S = 600;

/** Lag of the line at `nowMs`, s. */
function lagOf(fault: SenseLineFault, atMs: number, nowMs: number): number {
  const growMs = (fault.growS ?? 0) * 1000;
  if (growMs === 0) return fault.lagS ?? SHUT_S;
  const end = fault.lagS ?? GROWN_S;
  return OPEN_S * (end / OPEN_S) ** Math.min(1, Math.max(0, (nowMs - atMs) / growMs));
}

/** What the sensor sees of the true pressure, gauge mmHg. */
export class SenseLine {
  #fault: (Fault & SenseLineFault) | undefined;
  #seen = 0;
  #atMs = 0;
  #truth = 0;

  /** The faults that hold from `nowMs` on, and the true pressure then. The last pinch in the list counts. */
  change(faults: readonly Fault[], nowMs: number, truth: number): void {
    this.seen(nowMs, truth);
    this.#fault = undefined;
    for (const f of faults) if (f.kind === 'sense-line' && holds(f, nowMs)) this.#fault = f;
    if (this.#fault === undefined) this.#seen = truth;
  }

  /** What the sensor sees at `nowMs`; call it with rising times. */
  seen(nowMs: number, truth: number): number {
    const f = this.#fault;
    if (f === undefined) {
      this.#seen = truth;
    } else {
      const s = (nowMs - this.#atMs) / 1000;
      const lag = lagOf(f, f.atMs, nowMs);
      if (lag < SHUT_S) this.#seen = this.#follow(s, lag, truth);
      const empties = f.emptyS ?? 0;
      if (empties > 0) this.#seen *= Math.exp(-s / empties);
    }
    this.#atMs = nowMs;
    this.#truth = truth;
    return this.#seen;
  }

  /** After `s` in which the pressure went to `truth` in a straight line. */
  #follow(s: number, lag: number, truth: number): number {
    const behind = s > 0 ? ((truth - this.#truth) * lag) / s : 0;
    return truth - behind + (this.#seen - this.#truth + behind) * Math.exp(-s / lag);
  }
}
