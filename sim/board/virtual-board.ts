/**
 * A whole board on a rig: steps virtual time and hands over what the program shows of itself. The same spec gives the same
 * run.
 */
import type { View } from '../../src/ports.ts';
import type { SensorKind, SensorParams } from '../plant/sensor-params.ts';
import type { EspruinoVersion } from './chip.ts';
import type { BoardCost } from './cost/board-cost.ts';
import type { BoardRig } from './electronics.ts';
import type { BoardFault } from './faults.ts';
import { Flash, type FlashTimes, INSTANT_FLASH, PowerCut } from './flash.ts';
import { type BoardLayout, type ButtonName, JOLT_LAYOUT } from './layout.ts';
import { Machine } from './machine.ts';
import { attachSensor } from './parts/attach.ts';
import { toBytes } from './storage.ts';

/** Below this battery voltage the chip stops; above the second it starts again, mV. */
const BROWN_OUT_MV = 2000;
const START_MV = 2400;

export interface VirtualBoardOptions {
  readonly rig: BoardRig;
  /** What is soldered around the chip; the reference board unless said otherwise. */
  readonly layout?: BoardLayout;
  /** What is in flash already: an earlier board's `flash`. */
  readonly flash?: Flash;
  readonly faults?: readonly BoardFault[];
  /** The part that is wired up; MPRLS unless said otherwise. */
  readonly sensor?: SensorKind | SensorParams;
  /** How long flash takes; no time at all unless said otherwise: JS stands still meanwhile. */
  readonly flashTimes?: FlashTimes;
  /** The interpreter on the chip, 2v29 unless said otherwise: what people have. */
  readonly version?: EspruinoVersion;
  /** A harness's own text, run at every boot before the first start-up program. */
  readonly before?: string;
  /** What JS costs; nothing unless said otherwise: then virtual time does not move while it runs. */
  readonly cost?: BoardCost;
  /** STOP has a normally closed contact. */
  readonly stopClosed?: boolean;
  /** The reset of the sensor is left open: nothing resets it after its supply is up. */
  readonly openReset?: boolean;
}

/** What a program's global `cuff` shows. */
export interface Cuff {
  readonly core?: { readonly tick: { readonly count: number } };
  /** Filled when it is called. */
  view?(): View;
}

/**
 * A board, a Jolt.js unless said otherwise, with pump, valve, sensor and buttons, on virtual time: runs the bytes in its flash as the interpreter
 * would. The image cannot tell. Virtual time is the rig's; inside a callback it moves by what JS costs, and not at all where that is not counted.
 */
export class VirtualBoard {
  readonly machine: Machine;
  readonly rig: BoardRig;
  readonly flash: Flash;
  /** Called after each tick of the program, with its live view. */
  onTick: (view: View) => void = () => {};
  #lastTick = 0;

  constructor(options: VirtualBoardOptions) {
    this.rig = options.rig;
    const layout = options.layout ?? JOLT_LAYOUT;
    this.flash = options.flash ?? new Flash(layout.storagePages);
    this.flash.times = options.flashTimes ?? INSTANT_FLASH;
    this.machine = new Machine(this.rig, this.flash, layout);
    this.machine.faults = options.faults ?? [];
    this.machine.version = options.version ?? '2v29';
    this.machine.before = options.before ?? '';
    this.machine.callback.cost = options.cost;
    this.#stopClosed = options.stopClosed === true;
    if (this.#stopClosed) this.release('D26');
    attachSensor(this.machine, options.sensor ?? 'MPRLS', options.openReset === true);
    this.machine.usb.connected = false;
    this.machine.afterCallback = () => this.#watchTicks();
  }

  get nowMs(): number {
    return this.rig.nowMs;
  }

  /** Put files into flash as an uploader does. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [name, data] of Object.entries(files))
      this.machine.storage.write(name, typeof data === 'string' ? toBytes(data) : data);
  }

  /** The program's global `cuff`, undefined when no image runs. */
  get cuff(): Cuff | undefined {
    return this.machine.context?.get('cuff') as Cuff | undefined;
  }

  get view(): View | undefined {
    return this.cuff?.view?.();
  }

  /** Power on and boot; nothing happens by itself before `advanceTo`. */
  powerOn(): void {
    this.#lastTick = 0;
    this.machine.powerOn();
    this.machine.idle();
  }

  powerOff(): void {
    this.machine.powerOff();
  }

  /** Do `action` at `atMs`, before anything that the program does at that time. */
  schedule(atMs: number, action: () => void): void {
    this.machine.schedule.add(Math.max(atMs, this.nowMs), action);
  }

  /** Run until virtual `ms`, everything due at `ms` included. */
  advanceTo(ms: number): void {
    while (this.nowMs < ms || this.machine.nextMs() <= ms) this.advanceToNext(ms);
  }

  /** Run to the next time at which something happens, `ms` at the latest. */
  advanceToNext(ms: number): void {
    const next = this.machine.nextMs();
    this.#moveTo(Math.max(this.nowMs, Math.min(ms, Math.ceil(next))));
    if (next <= this.nowMs) this.machine.step();
  }

  /** Push a button; it stays down. */
  press(button: ButtonName): void {
    this.#contact(button, button !== 'D26' || !this.#stopClosed);
  }

  release(button: ButtonName): void {
    this.#contact(button, button === 'D26' && this.#stopClosed);
  }

  /** From now on the contact is open or shut whatever anybody does: a wire is off, or it is jammed or welded. */
  jam(button: ButtonName, closed: boolean): void {
    this.#contact(button, closed);
    this.#jammed.add(button);
  }

  #contact(button: ButtonName, closed: boolean): void {
    if (this.#jammed.has(button)) return;
    const fitted = this.machine.layout.buttons[button];
    if (fitted === undefined) throw new RangeError(`${this.machine.layout.name} has no button ${button}`);
    const [pin, level] = fitted;
    this.machine.outside(pin, closed ? level : undefined);
  }

  readonly #jammed = new Set<ButtonName>();
  readonly #stopClosed: boolean;

  /** A motor driver pulls its fault pin low, or lets it go. */
  driverFault(driver: 0 | 1, faulty: boolean): void {
    const pin = this.machine.faultPins[driver];
    if (pin === undefined) throw new RangeError(`${this.machine.layout.name} has no fault pins`);
    this.machine.outside(pin, faulty ? 0 : 1);
  }

  /** Evaluate in the program's root scope, as a debugger would: virtual time does not move. */
  evaluate(code: string): unknown {
    try {
      return this.machine.context?.run(code, 'probe');
    } catch (error) {
      if (error instanceof PowerCut) this.machine.powerOff();
      throw error;
    }
  }

  #moveTo(ms: number): void {
    if (ms > this.nowMs) this.rig.advanceTo(ms);
    if (this.machine.layout.ownSupply) return;
    const battery = this.rig.batteryMv;
    if (this.machine.powered && battery < BROWN_OUT_MV) this.machine.powerOff();
    else if (!this.machine.powered && this.#starved && battery > START_MV) this.powerOn();
    this.#starved = !this.machine.powered && battery < START_MV;
  }

  #starved = false;

  #watchTicks(): void {
    const count = this.cuff?.core?.tick?.count;
    if (count === undefined || count === this.#lastTick) return;
    this.#lastTick = count;
    const view = this.view;
    if (view !== undefined) this.onTick(view);
  }
}
