/**
 * The firmware with somebody else's demand: a bench or an outside plant says what pressure is wanted, or orders a measurement,
 * and the whole tick of src/loop.ts does the rest, sensing, supervisor and gate included. What it is told to hold is at most
 * what its settings allow, and a press or a STOP holds until the leader has asked for a vent.
 */
import { type Core, createCore } from '../../src/core.ts';
import { demand, dropDemand, markAsked } from '../../src/demand.ts';
import { tick } from '../../src/loop.ts';
import type { Ports } from '../../src/ports.ts';
import { BOOK_FULL } from '../../src/safety/book-rules.ts';
import { forgetPressure } from '../../src/safety/hold.ts';
import { TRIP_NONE } from '../../src/safety/trips.ts';
import { MAX_ZERO_SHIFT_MMHG, trustZero } from '../../src/sensing/zero.ts';
import {
  beginMeasurement,
  endMeasurement,
  measure,
  orderMeasurement,
} from '../../src/session/measurement.ts';

/** A plant's target and its LOP are rounded, each by half a mmHg at most. */
const ROUNDING_MMHG = 1;
/** Vented for so long before the zero of a released cuff is looked at, ms: the tail of the vent is over. */
const ZERO_MS = 5000;

export class LedCore {
  readonly core: Core;
  #setpoint: number | null = null;
  /** Somebody has stopped it: nothing is held until the leader has asked for a vent. */
  #stopped = false;
  /** The demand of the tick before asked for pressure. */
  #asked = false;

  /** The air book was full: the cuff is released, and filled again once it reads zero. */
  #releasing = false;

  /** The plant speaks gauge pressure: its zero is taken as it comes. */
  constructor(ports: Ports, periodMs: number, version = 'led') {
    this.core = createCore(ports, { periodMs, version, demand: () => this.#ask() });
    trustZero(this.core.sensing.zero, 0);
  }

  /**
   * Reach and hold `mmHg`; null vents. An outside plant may hold again before the cuff is empty, which no session does: what was let out
   * meanwhile is not gone. What is above the ceiling by no more than the rounding is the ceiling; what is higher trips.
   */
  hold(mmHg: number | null): void {
    if (mmHg === null) this.#stopped = false;
    else if (this.#setpoint === null && !this.#stopped) forgetPressure(this.core.supervisor);
    const ceiling = this.core.supervisor.limits.ceilingMmHg;
    const rounded = mmHg !== null && mmHg > ceiling && mmHg <= ceiling + ROUNDING_MMHG;
    this.#setpoint = this.#stopped ? null : rounded ? ceiling : mmHg;
  }

  /** From now on one measurement of the occlusion pressure leads, until `measured`. */
  measure(): void {
    orderMeasurement(this.core.measurement, 0);
    beginMeasurement(this.core);
  }

  /** True once nothing is being measured (any more): the result stands in `core.measurement.lop.result`. */
  get measured(): boolean {
    return !this.core.measurement.ordered;
  }

  /** One tick of the firmware at `now`, ms. */
  tick(now: number): void {
    tick(this.core, now);
  }

  #ask(): void {
    const core = this.core;
    markAsked(core.tick);
    this.#noticeStop();
    if (core.supervisor.trip !== TRIP_NONE) this.#stop();
    else if (core.measurement.ordered) measure(core);
    else {
      const setpoint = this.#isReleased() ? null : this.#setpoint;
      demand(core.tick, setpoint);
      this.#asked = setpoint !== null;
    }
  }

  /** As a session does it (src/wearer/session-demand.ts). A zero that has moved is left to the supervisor. */
  #isReleased(): boolean {
    const { supervisor, tick: t } = this.core;
    if (supervisor.air.bookStage === BOOK_FULL) this.#releasing = true;
    const empty = !supervisor.pressurised && supervisor.ventedMs >= ZERO_MS;
    if (empty && Math.abs(t.filteredMmHg) <= MAX_ZERO_SHIFT_MMHG) this.#releasing = false;
    return this.#releasing;
  }

  /** A press or a STOP between two ticks has dropped the demand that stood: it stays dropped. */
  #noticeStop(): void {
    if (this.#asked && this.core.tick.setpoint === null) {
      this.#stopped = true;
      this.#setpoint = null;
    }
    this.#asked = false;
  }

  #stop(): void {
    if (this.core.measurement.ordered) endMeasurement(this.core);
    dropDemand(this.core.tick);
  }
}
