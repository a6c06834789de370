import { TICK_MS } from '../../src/limits.ts';
import { createSupervisor, type Supervisor } from '../../src/safety/state.ts';
import { assess, judgeDemand, tighten } from '../../src/safety/supervisor.ts';
import { createSensing, type Sensing } from '../../src/sensing/sensing.ts';
import { createZero } from '../../src/sensing/zero.ts';
import type { Tick } from '../../src/tick.ts';
import { createTick, TURN_ASK } from '../../src/tick.ts';
import { BOARD_TRAITS } from './traits.ts';

export const LOP = 200;

/** A supervisor alone, fed tick by tick: what a cuff of a wearer with LOP 200 would show it. */
export class Stand {
  readonly sensing: Sensing;
  readonly s: Supervisor;
  readonly t: Tick;
  /** False: nobody looks at supply and outputs. */
  looks = true;
  /** As sensing says it, tick by tick: what a rule doubts is its own affair. */
  doubtful = false;
  #ticks = 0;

  readonly period: number;

  /** `period`: the control period, ms. */
  constructor(period: number = TICK_MS) {
    this.period = period;
    const sensor = { traits: BOARD_TRAITS, faults: 0, sample: () => Number.NaN };
    this.sensing = createSensing(sensor, createZero(BOARD_TRAITS));
    this.s = createSupervisor(this.sensing);
    tighten(this.s, true, LOP, 250, 800, 1_200_000);
    Object.assign(this.s.limits, { minRailMv: 3000 });
    this.t = createTick(period);
    Object.assign(this.t, { measuredMmHg: 0, filteredMmHg: 0, fresh: true, doubtful: false, railMv: 3700 });
  }

  /** One tick with these changes; what is not named stays. */
  tick(change: Partial<Tick>, dt: number = this.period): this {
    const t = this.t;
    if (change.doubtful !== undefined) this.doubtful = change.doubtful;
    Object.assign(t, change, { doubtful: this.doubtful });
    if (change.measuredMmHg !== undefined && change.filteredMmHg === undefined)
      t.filteredMmHg = change.measuredMmHg;
    t.dt = dt;
    t.now += dt;
    t.turn = this.#ticks % 4;
    if (change.doubtful !== undefined) t.fresh = change.doubtful === false;
    this.#ticks++;
    assess(this.s, t);
    if (t.turn === TURN_ASK && t.outVent === false) judgeDemand(this.s, t);
    return this;
  }

  /** Ticks for `ms`; with a function, changes by time since its start. */
  run(ms: number, change: Partial<Tick> | ((at: number) => Partial<Tick>) = {}): this {
    for (let at = 0; at < ms; at += this.period)
      this.tick(typeof change === 'function' ? change(at) : change);
    return this;
  }

  /** The pump fills from one reading to another at `mmHgPerS`, and stands still while the reading is looked at without it. */
  fill(from: number, to: number, mmHgPerS: number): this {
    for (let mmHg = from, n = 0; mmHg < to && n < 20_000; n++) {
      const looks = this.s.air.lookingSince > 0;
      this.tick({ measuredMmHg: mmHg, outPump: looks ? 0 : 1000 });
      if (!looks) mmHg += (mmHgPerS * this.period) / 1000;
    }
    return this;
  }

  /** Filled and holding `mmHg` for some seconds, nothing wrong. */
  hold(mmHg: number, ms = 4000): this {
    this.tick({ outVent: false, setpoint: mmHg, measuredMmHg: 0 });
    this.fill(0, mmHg, mmHg / 6);
    return this.run(ms, { measuredMmHg: mmHg, outPump: 0 });
  }

  /** Ticks until a trip is latched, at most for `ms`: ms gone, or -1 for no trip. */
  untilTrip(ms: number, change: Partial<Tick> | ((at: number) => Partial<Tick>) = {}): number {
    for (let at = 0; at < ms; at += this.period) {
      this.tick(typeof change === 'function' ? change(at) : change);
      if (this.s.trip !== 0) return at + this.period;
    }
    return -1;
  }
}
