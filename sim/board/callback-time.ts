/**
 * Time inside a callback of the program: JS takes what it costs, and meanwhile the hardware goes on. A callback that lasts longer than the
 * watchdog's time is cut off by it. Must never run anything of the program.
 */
import type { BoardCost } from './cost/board-cost.ts';
import type { BoardRig } from './electronics.ts';
import type { Schedule } from './schedule.ts';
import type { WatchdogTimer } from './watchdog-timer.ts';

/** What a native throws once the watchdog has bitten under it: whatever the program catches, its next one throws it again. */
export class CutOff extends Error {}

/** What goes on while JS runs. */
interface Hardware {
  readonly rig: BoardRig;
  /** When it moves a pin or a gate by itself next, ms. */
  hardwareMs(): number;
  runHardware(): void;
  readonly watchdog: WatchdogTimer;
  readonly schedule: Schedule;
  readonly nowMs: number;
  readonly powered: boolean;
}

/** The callback that runs, and how far virtual time has come in it. */
export class CallbackTime {
  /** What JS costs; undefined = no time passes while it runs. */
  cost: BoardCost | undefined;
  readonly #hardware: Hardware;
  readonly #onBite: () => void;
  /** Since when a callback runs, ms; -1 = none does. */
  #sinceMs = -1;
  #cutOff = false;

  /** `onBite`: the watchdog bites while a callback runs. */
  constructor(hardware: Hardware, onBite: () => void) {
    this.#hardware = hardware;
    this.#onBite = onBite;
  }

  /** True while a callback runs. */
  get runs(): boolean {
    return this.#sinceMs >= 0;
  }

  /** True when the watchdog has bitten in the callback that runs: nothing of it acts any more. */
  get cutOff(): boolean {
    return this.#cutOff;
  }

  begin(): void {
    this.#sinceMs = this.#hardware.nowMs;
    this.cost?.begin();
  }

  /** JS has come to this native: meanwhile time has passed. Throws CutOff when the watchdog has bitten. */
  native(name: string): void {
    this.cost?.native(name);
    if (!this.runs) return;
    this.#catchUp(this.#costMs());
    if (this.#cutOff) throw new CutOff('the watchdog has bitten');
  }

  /** The native never comes back: nothing but the watchdog ends the callback. */
  standStill(): never {
    if (!this.runs || !Number.isFinite(this.#hardware.watchdog.biteMs))
      throw new Error('a native that never comes back: played in callbacks, and with the watchdog on');
    this.#catchUp(Number.POSITIVE_INFINITY);
    throw new CutOff('the watchdog has bitten');
  }

  /** The callback is over: true when it was cut off. */
  end(): boolean {
    this.#catchUp(this.#costMs());
    this.cost?.end();
    this.#sinceMs = -1;
    const was = this.#cutOff;
    this.#cutOff = false;
    return was;
  }

  /** When the callback is where it is, by what JS costs, ms. */
  #costMs(): number {
    return this.cost === undefined ? Number.NEGATIVE_INFINITY : Math.floor(this.#sinceMs + this.cost.spentMs);
  }

  /** Virtual time to `until`, or to the watchdog's bite: leases run out, edges come in, the plant moves. */
  #catchUp(until: number): void {
    if (this.#cutOff) return;
    const h = this.#hardware;
    for (let at = this.#nextMs(); h.powered && !this.#cutOff && at <= until; at = this.#nextMs()) {
      this.#advanceTo(at);
      h.runHardware();
      h.schedule.run(h.nowMs);
      if (h.nowMs >= h.watchdog.biteMs) this.#bite();
    }
    if (!this.#cutOff && Number.isFinite(until)) this.#advanceTo(until);
  }

  /** When the hardware does something next, ms. Nothing but the program itself kicks meanwhile, in automatic mode neither. */
  #nextMs(): number {
    const h = this.#hardware;
    return Math.ceil(Math.min(h.hardwareMs(), h.schedule.nextMs(), h.watchdog.biteMs));
  }

  #advanceTo(ms: number): void {
    if (ms > this.#hardware.nowMs) this.#hardware.rig.advanceTo(ms);
  }

  #bite(): void {
    this.#cutOff = true;
    this.#onBite();
  }
}
