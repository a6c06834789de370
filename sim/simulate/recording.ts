/** Watches a level run and writes the log: a row a tick, and what changed as events in words. */

import { isPressurePhase, phaseName } from '../../src/phases.ts';
import { inhibitNames } from '../../src/safety/inhibits.ts';
import { tripRow, tripText } from '../../src/safety/rows/all.ts';
import type { Level } from '../level/level.ts';
import { addEvent, appendRow, type RunLog } from '../report/run-log.ts';

const BUTTONS = ['BTN1', 'training button', 'STOP'];

/** A level that also writes down what buttons are pressed. */
export function withPresses(level: Level, log: RunLog): Level {
  return {
    name: level.name,
    rig: level.rig,
    get view() {
      return level.view;
    },
    nextTick: () => level.nextTick(),
    button: (index, down, atMs) => {
      if (down) addEvent(log, Math.max(atMs, level.rig.nowMs), 'press', BUTTONS[index] ?? `button ${index}`);
      level.button(index, down, atMs);
    },
    stored: (name) => level.stored(name),
    close: () => level.close(),
  };
}

/** The supervisor's own numbers for a trip, where a level can show them. */
export type TripNumbers = () => { readonly measured: number; readonly allowed: number } | undefined;

export class Recording {
  readonly log: RunLog;
  readonly #numbers: TripNumbers;
  #phase = -1;
  #step = -2;
  #trip = 0;
  #inhibits = -1;
  #refusals = 0;

  constructor(log: RunLog, numbers: TripNumbers) {
    this.log = log;
    this.#numbers = numbers;
  }

  /** Names of what spoke against a start when something did for the last time: a refusal is shown for half a minute only. */
  get refusals(): string[] {
    return inhibitNames(this.#refusals);
  }

  /** Takes the state after a tick. */
  take(level: Level): void {
    const { view, rig } = level;
    const activity = rig.limb.activity;
    appendRow(this.log, rig.nowMs, view, {
      p2: rig.p2,
      p1: rig.p1,
      moving: activity !== 'rest' && activity !== 'stand',
    });
    if (view.trip !== this.#trip) this.#tripped(rig.nowMs, view.trip);
    if (view.phase !== this.#phase || view.step !== this.#step) this.#entered(rig.nowMs, level);
    if (view.inhibits !== this.#inhibits) this.#inhibited(rig.nowMs, view.inhibits);
  }

  #tripped(tMs: number, trip: number): void {
    this.#trip = trip;
    if (trip === 0) {
      addEvent(this.log, tMs, 'message', 'trip acknowledged');
      return;
    }
    const row = tripRow(trip);
    const numbers = this.#numbers();
    const words = numbers === undefined ? row.hint : tripText(trip, numbers.measured, numbers.allowed);
    addEvent(this.log, tMs, 'trip', `${row.name}: ${words}`);
  }

  #entered(tMs: number, level: Level): void {
    const { view } = level;
    this.#phase = view.phase;
    this.#step = view.step;
    const step = view.step >= 0 ? `, step ${view.step + 1}` : '';
    // the setpoint of a phase that is vented or emptying is what was, or what will be: no target
    const target =
      isPressurePhase(view.phase) && view.setpoint >= 0 ? ` to ${view.setpoint.toFixed(0)} mmHg` : '';
    addEvent(this.log, tMs, 'phase', `${phaseName(view.phase)}${step}${target}`);
  }

  #inhibited(tMs: number, bits: number): void {
    const before = this.#inhibits;
    this.#inhibits = bits;
    if (bits !== 0) this.#refusals = bits;
    if (bits !== 0) addEvent(this.log, tMs, 'message', `will not start: ${inhibitNames(bits).join(', ')}`);
    else if (before > 0) addEvent(this.log, tMs, 'message', 'ready to start');
  }
}
