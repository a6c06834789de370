/**
 * The person in the simulation: presses the button when the device is ready, moves when the session says so,
 * and does what a scenario orders at given times. Sees only what a wearer sees: lamps and phases.
 */
import { PHASE_DONE, PHASE_FILL, PHASE_IDLE, PHASE_WORK } from '../../src/phases.ts';
import type { Activity } from '../plant/limb-params.ts';
import type { Level } from './level.ts';

/** How long a finger stays on the button, ms. */
const PRESS_MS = 200;

export interface WearerPlan {
  /** What the wearer does in work phases and otherwise. */
  work: Activity;
  rest: Activity;
  /** Presses ordered by the scenario: button, time since power-up in ms, how long. */
  presses?: readonly { button: number; atMs: number; forMs?: number }[];
  /** True: press start as soon as the device will take it. */
  starts: boolean;
}

export class Wearer {
  readonly #plan: WearerPlan;
  readonly #level: Level;
  #activity: Activity;
  #started = false;

  constructor(level: Level, plan: WearerPlan) {
    this.#level = level;
    this.#plan = plan;
    this.#activity = plan.rest;
    level.rig.setActivity(plan.rest);
    for (const p of plan.presses ?? []) this.#press(p.button, p.atMs, p.forMs ?? PRESS_MS);
  }

  /** True once the session that the wearer started has ended. */
  get finished(): boolean {
    return this.#started && this.#level.view.phase === PHASE_DONE;
  }

  /** Look at the device after a tick. */
  look(): void {
    const view = this.#level.view;
    const wanted = view.phase === PHASE_WORK ? this.#plan.work : this.#plan.rest;
    if (wanted !== this.#activity) {
      this.#activity = wanted;
      this.#level.rig.setActivity(wanted);
    }
    if (this.#started) return;
    if (view.phase === PHASE_FILL) this.#started = true;
    if (this.#plan.starts && view.phase === PHASE_IDLE && view.inhibits === 0 && view.tick > 200) {
      this.#started = true;
      this.#press(1, view.now + 1, PRESS_MS);
    }
  }

  #press(button: number, atMs: number, forMs: number): void {
    this.#level.button(button, true, atMs);
    this.#level.button(button, false, atMs + forMs);
  }
}
