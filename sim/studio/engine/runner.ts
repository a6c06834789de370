/**
 * One run on the page: the firmware's own core on the simulated cuff, the same modules as on the command line. It can be given presses,
 * faults and movements while it goes on; each is noted with its time, so that the same spec with them repeats the run to the last bit.
 */

import { INHIBIT_ROWS, inhibitNames } from '../../../src/safety/inhibits.ts';
import { tripRow, tripText } from '../../../src/safety/rows/all.ts';
import { CoreLevel } from '../../core/core-level.ts';
import { Rig } from '../../plant/rig.ts';
import {
  addEvent,
  COLUMN_NAMES,
  createLog,
  type RunColumns,
  type RunEvent,
  type RunLog,
} from '../../report/run-log.ts';
import { faultText, parseFault } from '../../setup/fault-option.ts';
import type { RunSpec } from '../../setup/resolve.ts';
import { headerOf } from '../../simulate/run-header.ts';
import { latestEndMs, type Simulated, Simulation } from '../../simulate/simulation.ts';
import type { Face } from './messages.ts';
import { rowSum } from './row-sum.ts';
import { specOf, type TryEvent, type TryPress, type TrySpec } from './try-spec.ts';

const HELD_DOWN = -1;

export class Runner {
  readonly spec: RunSpec;
  readonly core: CoreLevel;
  readonly log: RunLog;
  readonly #simulation: Simulation;
  /** When each button went down, ms; HELD_DOWN's place = up. */
  readonly #downAt: number[] = [HELD_DOWN, HELD_DOWN, HELD_DOWN];
  #sentRows = 0;
  #sentEvents = 0;
  /** Up to when faults of the spec have been told, ms. */
  #toldMs = -1;

  constructor(spec: TrySpec, version: string) {
    this.spec = specOf(spec);
    const rig = new Rig(this.spec.rig, this.spec.seed);
    this.core = new CoreLevel(rig, { files: this.spec.files });
    this.log = createLog(headerOf(this.spec, '', version), 1 << 15);
    this.#simulation = new Simulation(this.spec, this.core, this.log, () => this.core.core.supervisor);
  }

  get nowMs(): number {
    return this.core.rig.nowMs;
  }

  get over(): boolean {
    return this.#simulation.over;
  }

  get latestEndMs(): number {
    return latestEndMs(this.spec);
  }

  /** One tick. */
  next(): void {
    this.#simulation.next();
  }

  /** A button goes down or comes up now. Gives the press when it is whole. */
  button(button: number, down: boolean): TryPress | undefined {
    const atMs = this.nowMs + 1;
    const since = this.#downAt[button] ?? HELD_DOWN;
    if (down === since >= 0) return undefined;
    this.#downAt[button] = down ? atMs : HELD_DOWN;
    this.#simulation.level.button(button, down, atMs);
    return down ? undefined : { button, atMs: since, forMs: atMs - since };
  }

  /** Presses of the training button from now on: pause before each and its length, ms. */
  presses(list: readonly (readonly [pauseMs: number, forMs: number])[]): TryPress[] {
    let atMs = this.nowMs + 1;
    return list.map(([pauseMs, forMs]) => {
      const press = { button: 1, atMs: atMs + pauseMs, forMs };
      this.#simulation.level.button(1, true, press.atMs);
      this.#simulation.level.button(1, false, press.atMs + forMs);
      atMs = press.atMs + forMs;
      return press;
    });
  }

  /** Something breaks now: `kind` or `kind:size`. Gives it as it stands in the spec; throws BadOption. */
  fault(text: string): string {
    const [kind = '', size] = text.split(':');
    const atS = (this.nowMs + 1) / 1000;
    const whole = `${kind}@${atS}${size === undefined ? '' : `:${size}`}`;
    const fault = parseFault(whole);
    this.core.rig.addFault(fault);
    addEvent(this.log, fault.atMs, 'fault', faultText(fault));
    return whole;
  }

  event(kind: TryEvent['kind']): TryEvent {
    const event = { kind, atMs: this.nowMs + 1 };
    this.core.rig.addEvent(event);
    addEvent(this.log, event.atMs, 'motion', kind);
    return event;
  }

  /** Rows and events since the last call, and the faults of the spec whose time has come. The arrays are the caller's. */
  take(): { block: RunColumns; rows: number; events: RunEvent[] } {
    const { columns, rows, events } = this.log;
    const from = this.#sentRows;
    const block = Object.fromEntries(
      COLUMN_NAMES.map((name) => [name, columns[name].slice(from, rows)]),
    ) as RunColumns;
    const fresh = [...events.slice(this.#sentEvents), ...this.#dueFaults()];
    this.#sentRows = rows;
    this.#sentEvents = events.length;
    return { block, rows: rows - from, events: fresh };
  }

  /** Faults of the spec that have begun since the last call: the log gets them only when it is finished. */
  #dueFaults(): RunEvent[] {
    const since = this.#toldMs;
    this.#toldMs = this.nowMs;
    return this.spec.faults
      .filter(({ atMs }) => atMs > since && atMs <= this.nowMs)
      .map((fault) => ({ tMs: fault.atMs, kind: 'fault', text: faultText(fault) }));
  }

  sum(rows: number): string {
    return rowSum(this.log, rows);
  }

  finish(): Simulated {
    return this.#simulation.finish();
  }

  face(): Face {
    const { core } = this.core;
    const { view, rig } = this.core;
    const { trip, measured, allowed } = core.supervisor;
    const waits = view.phase === 0 || core.session.phase === 10;
    return {
      nowMs: rig.nowMs,
      phase: view.phase,
      step: view.step,
      steps: core.session.protocol.steps.length,
      leftMs: view.leftMs,
      setpoint: view.setpoint,
      measuredMmHg: view.measuredMmHg,
      trueMmHg: rig.p2,
      pump: view.pump,
      bleedMs: view.bleedMs,
      vent: view.vent === 1,
      pattern: core.lamps.shown,
      number: core.lamps.shownNumber,
      trip,
      tripName: trip === 0 ? '' : tripRow(trip).name,
      tripText: trip === 0 ? '' : tripText(trip, measured, allowed),
      inhibits: waits ? inhibitLines(view.inhibits) : [],
      activity: rig.limb.activity,
    };
  }
}

function inhibitLines(bits: number): string[] {
  const names = inhibitNames(bits);
  return INHIBIT_ROWS.filter(({ name }) => names.includes(name)).map(
    ({ reason, remedy }) => `${reason}: ${remedy}`,
  );
}
