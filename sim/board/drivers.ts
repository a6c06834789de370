/** The motor drivers of the simulated boards and their sense lines. */
import type { BoardPin } from './pins.ts';

const SENSE_TAU_MS = 33 * 0.1;

/** What drives pump or valve, and follows its pins. */
export interface PowerStage {
  readonly awake: boolean;
  /** No pull-down that counts: an enable that nothing drives counts as high. */
  floatsUp: boolean;
  /** Follow the pins; called after every change. */
  update(): void;
  /** Share of the rail at output `index`, 0..1. */
  terminal(index: number): number;
  /** What the idle loop does. */
  idle(): void;
  reset(): void;
}

/**
 * One load on a driver with an input and an enable of its own: the two bridges of a DRV8833 in parallel, or a low-side MOSFET behind gates. The
 * enable counts only while `letsThrough` says so.
 */
export class SingleStage implements PowerStage {
  readonly #output: BoardPin;
  readonly #enable: BoardPin;
  readonly #letsThrough: () => boolean;
  floatsUp = false;
  #awake = false;

  constructor(output: BoardPin, enable: BoardPin, letsThrough: () => boolean) {
    this.#output = output;
    this.#enable = enable;
    this.#letsThrough = letsThrough;
  }

  get awake(): boolean {
    return this.#awake;
  }

  update(): void {
    this.#awake = (this.#enable.drives ?? (this.floatsUp ? 1 : 0)) > 0 && this.#letsThrough();
  }

  terminal(index: number): number {
    return index === 0 && this.#awake ? (this.#output.drives ?? (this.floatsUp ? 1 : 0)) : 0;
  }

  idle(): void {}

  reset(): void {
    this.#awake = false;
  }
}

/** A DRV8847 with its four outputs: asleep (nSLEEP low or not driven) all are open. MODE is looked at when it wakes. */
export class Bridge implements PowerStage {
  readonly outputs: readonly BoardPin[];
  readonly #sleep: BoardPin;
  readonly #mode: BoardPin;
  /** 'auto' wakes the bridge in the idle loop when one of its pins is an output. */
  auto = true;
  /** What auto mode has made of the bridge; it does not look at the pin again. */
  #autoOn = false;
  floatsUp = false;
  #awake = false;
  #paired = false;

  constructor(outputs: readonly BoardPin[], sleep: BoardPin, mode: BoardPin) {
    this.outputs = outputs;
    this.#sleep = sleep;
    this.#mode = mode;
  }

  get awake(): boolean {
    return this.#awake;
  }

  /** Follow the pins; called after every change. */
  update(): void {
    const awake = (this.#sleep.drives ?? (this.floatsUp ? 1 : 0)) > 0;
    if (awake && !this.#awake) this.#paired = this.#mode.drives !== undefined;
    this.#awake = awake;
  }

  /** Share of the rail at output `index`, 0..1. */
  terminal(index: number): number {
    if (!this.#awake) return 0;
    const own = this.outputs[index]?.drives ?? 0;
    if (!this.#paired) return own;
    const partner = this.outputs[index ^ 1]?.drives ?? 0;
    return own > 0 && partner > 0 ? 0 : own;
  }

  setMode(mode: unknown): void {
    this.auto = mode === 'auto';
    this.#autoOn = false;
    const on = mode === true || mode === 'output' || mode === 'motor';
    if (!on && mode !== false && mode !== undefined && mode !== 'off' && !this.auto)
      throw new Error(`Unknown driver mode ${JSON.stringify(mode)}`);
    this.#set(on, mode === 'motor');
    if (this.auto) this.idle();
  }

  #set(on: boolean, paired: boolean): void {
    if (on && !paired) {
      this.#mode.mode = 'input';
      this.#mode.duty = -1;
    } else this.#mode.write(0);
    this.#sleep.write(on ? 1 : 0);
  }

  /** What the idle loop does in auto mode. */
  idle(): void {
    if (!this.auto) return;
    const wanted = this.outputs.some((p) => p.mode === 'output');
    if (wanted === this.#autoOn) return;
    this.#autoOn = wanted;
    this.#set(wanted, false);
  }

  reset(): void {
    this.auto = true;
    this.#autoOn = false;
    this.#awake = false;
  }
}

/** A terminal behind 220k / 39k and 100 nF, as a share of the rail. */
export class SenseLine {
  #share = 0;
  #target = 0;
  #since = 0;

  /** The terminal is at `share` of the rail from `nowMs` on. */
  set(share: number, nowMs: number): void {
    if (share === this.#target) return;
    this.#share = this.share(nowMs);
    this.#target = share;
    this.#since = nowMs;
  }

  /** What the line shows, 0..1 of the rail. */
  share(nowMs: number): number {
    return this.#target + (this.#share - this.#target) * Math.exp(-(nowMs - this.#since) / SENSE_TAU_MS);
  }
}
