/**
 * One fault on one board with one sensor: a cuff is filled and held, the fault comes, and what follows is looked at. It judges by the plant,
 * never by what the device says.
 */
import { VENTED_MMHG } from '../../src/limits.ts';
import type { ImageLevel } from '../board/image-level.ts';
import { type BoardFaultCase, type Breaks, type Pair, PRESSED_AFTER_MS } from './board-faults.ts';

/** The cuff is filled and held by then, ms since power-up. */
const HELD_MS = 26_000;
/** The button is pressed then. */
const PRESS_MS = 9000;
const PRESS_FOR_MS = 150;
const LEAST_HELD_MMHG = 60;
/** A fill is under way. */
const FILLING_MMHG = 30;
/** From both outputs off to 15 mmHg in the cuff: three times what the vent of the reference build takes. */
export const EMPTY_WITHIN_MS = 15_000;
/** Off and empty for so long is the end: no bleed lasts so long. */
const QUIET_MS = 1000;
const LOOK_MS = 10;

export interface FaultOutcome {
  readonly fault: string;
  /** From the fault, or from the press after one that nothing sees, until both outputs are off for good, ms; infinite = never. */
  readonly offMs: number;
  readonly withinMs: number;
  /** From then until the cuff is empty, ms. */
  readonly emptyMs: number;
  /** Highest true pressure from the fault on, mmHg. */
  readonly peakMmHg: number;
  /** First trip from the fault on, 0 = none. */
  readonly trip: number;
  /** The chip has reset. */
  readonly reset: boolean;
  readonly ok: boolean;
}

/** Undefined where the pair has nothing of the kind. `open` makes a powered device on which that breaks. */
export function runBoardFault(
  pair: Pair,
  fault: BoardFaultCase,
  open: (breaks: Breaks) => ImageLevel,
): FaultOutcome | undefined {
  const breaks = fault.on(pair, HELD_MS);
  if (breaks === undefined) return undefined;
  const level = open(breaks);
  try {
    return new FaultRun(level, fault, breaks).outcome(pair);
  } finally {
    level.close();
  }
}

class FaultRun {
  readonly #level: ImageLevel;
  readonly #fault: BoardFaultCase;
  readonly #breaks: Breaks;
  /** When the last output went off, ms; infinite while one is on. */
  #offAt = 0;
  /** Since when outputs are off and the cuff is empty, ms. */
  #emptyAt = Number.POSITIVE_INFINITY;
  #peak = 0;
  #trip = 0;

  constructor(level: ImageLevel, fault: BoardFaultCase, breaks: Breaks) {
    this.#level = level;
    this.#fault = fault;
    this.#breaks = breaks;
    level.board.machine.pinParts.push(() => this.#look());
  }

  #look(): void {
    const { rig, board } = this.#level;
    if (rig.pump > 0 || rig.valve > 0) this.#offAt = Number.POSITIVE_INFINITY;
    else if (!Number.isFinite(this.#offAt)) this.#offAt = board.nowMs;
  }

  outcome(pair: Pair): FaultOutcome {
    const { board, rig } = this.#level;
    const atMs = this.#begin();
    const unseen = this.#fault.unseen?.(pair) === true;
    const fromMs = unseen ? this.#pressed(atMs) : atMs;
    const withinMs = this.#fault.withinMs(pair);
    this.#watch(fromMs + withinMs + EMPTY_WITHIN_MS);
    const offMs = Math.max(0, this.#offAt - fromMs);
    const emptyMs = Math.max(0, this.#emptyAt - fromMs - offMs);
    const reset = board.machine.resets.some((r) => r.atMs > atMs);
    const noticed = unseen || this.#trip !== 0 || reset;
    return {
      ...{ fault: this.#fault.name, offMs, withinMs, emptyMs, peakMmHg: this.#peak, trip: this.#trip, reset },
      ok: offMs <= withinMs && emptyMs <= EMPTY_WITHIN_MS && this.#peak < rig.lopMmHg && noticed,
    };
  }

  /** The cuff is under pressure and the fault has come; its time, ms. */
  #begin(): number {
    const { board, rig } = this.#level;
    this.#level.button(1, true, PRESS_MS);
    this.#level.button(1, false, PRESS_MS + PRESS_FOR_MS);
    const least = this.#fault.inFill === true ? FILLING_MMHG : LEAST_HELD_MMHG;
    if (this.#fault.inFill === true)
      while (board.nowMs < HELD_MS && rig.p2 < least) board.advanceTo(board.nowMs + LOOK_MS);
    else board.advanceTo(HELD_MS - 1);
    const { trip } = this.#level.view;
    if (rig.p2 < least || trip !== 0)
      throw new Error(`${this.#fault.name}: ${rig.p2.toFixed(0)} mmHg and trip ${trip} before the fault`);
    this.#breaks.now?.(this.#level);
    return this.#breaks.now === undefined ? HELD_MS : board.nowMs;
  }

  /** Goes on with the fault, then presses the button; when, ms. */
  #pressed(atMs: number): number {
    const { board } = this.#level;
    const pressMs = atMs + PRESSED_AFTER_MS;
    this.#level.button(1, true, pressMs);
    this.#level.button(1, false, pressMs + PRESS_FOR_MS);
    while (board.nowMs < pressMs) this.#step();
    return pressMs;
  }

  #step(): void {
    const { board, rig } = this.#level;
    board.advanceTo(board.nowMs + LOOK_MS);
    this.#peak = Math.max(this.#peak, rig.p2);
    if (this.#trip === 0) this.#trip = this.#level.view.trip;
  }

  /** Until outputs are off and the cuff is empty for a while, or the time is over. */
  #watch(limitMs: number): void {
    const { board, rig } = this.#level;
    while (board.nowMs < limitMs + QUIET_MS && board.nowMs - this.#emptyAt < QUIET_MS) {
      this.#step();
      if (!(rig.p2 <= VENTED_MMHG) || !Number.isFinite(this.#offAt)) this.#emptyAt = Number.POSITIVE_INFINITY;
      else this.#emptyAt = Math.min(this.#emptyAt, board.nowMs);
    }
  }
}
