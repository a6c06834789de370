/** The chip of the simulated board: timers, watchdog, flash, streams, console. It runs no program by itself. */
import { type BoardRig, Electronics } from './electronics.ts';
import { type BoardFault, clockIsOffBy, throws } from './faults.ts';
import type { Flash } from './flash.ts';
import { JsTimers } from './js-timers.ts';
import type { BoardLayout } from './layout.ts';
import { Storage } from './storage.ts';
import { BoardStream } from './streams.ts';
import { type SetTask, UtilityTimer } from './utility-timer.ts';
import { WatchdogTimer } from './watchdog-timer.ts';
import { Watches } from './watches.ts';

/** Stall when the timer queue is full: how long the interpreter waits before it gives up, ms (estimate). */
const QUEUE_WAIT_MS = 200;

/** What a Ctrl-C on the console does to the program that is running: no `catch` of its own stops it. */
export class CtrlC extends Error {}

/** Output buffer's fill in `process.memory`: there only after 2v29. */
export type EspruinoVersion = '2v29' | '2v30';

/** What the program finds on the chip: timers, watchdog, flash, streams and a console, and what makes JS stand still. */
export class Chip extends Electronics {
  readonly storage: Storage;
  readonly timers = new JsTimers();
  readonly watches = new Watches();
  readonly utilityTimer = new UtilityTimer();
  readonly watchdog = new WatchdogTimer();
  readonly usb = new BoardStream('USB');
  readonly bluetooth = new BoardStream('Bluetooth');
  faults: readonly BoardFault[] = [];
  /** Texts of exceptions that nothing caught, and other things that must not happen. */
  readonly complaints: string[] = [];
  freeVariables: number;
  /** Which interpreter is on the chip. */
  version: EspruinoVersion = '2v29';
  /** A Ctrl-C has come in while a program was running: its next call of a native ends it. */
  interrupted = false;
  /** Called before each native that the program calls. */
  onNative: (name: string) => void = () => {};
  console: BoardStream | null;
  protected bootAtMs = 0;
  protected busyUntilMs = 0;
  #consoleForced = false;

  constructor(rig: BoardRig, flash: Flash, layout: BoardLayout) {
    super(rig, layout);
    this.freeVariables = layout.variables - 1500;
    this.storage = new Storage(flash);
    flash.onBusy = (ms) => this.#busyFlash(ms);
    this.console = this.bluetooth;
  }

  seconds(ms: number): number {
    return (ms - this.bootAtMs + clockIsOffBy(this.faults, ms)) / 1000;
  }

  get txUsed(): number {
    return Math.max(this.usb.used, this.bluetooth.used);
  }

  mayThrow(name: string): void {
    this.onNative(name);
    if (this.interrupted) throw new CtrlC('Execution Interrupted');
    if (throws(this.faults, name, this.nowMs)) throw new Error(`${name} failed (injected)`);
  }

  addTask(task: SetTask): number {
    if (this.utilityTimer.isFull) {
      this.utilityTimer.waits++;
      this.complaints.push(`${this.nowMs} ms: timer.add found the queue full`);
      this.stall(QUEUE_WAIT_MS);
      throw new Error('Timeout on Utility Timer');
    }
    return this.utilityTimer.add(task, this.nowMs);
  }

  /** When hardware moves a pin or a gate by itself next, ms. */
  hardwareMs(): number {
    return Math.min(this.utilityTimer.nextMs(), this.monostable?.nextMs() ?? Number.POSITIVE_INFINITY);
  }

  runHardware(): void {
    this.utilityTimer.run(this.nowMs);
    this.lapse();
  }

  /** One thing after the other; each kicks the watchdog when it is done. */
  #busyFlash(ms: number): void {
    const end = Math.max(this.busyUntilMs, this.nowMs) + ms;
    if (ms > 0) this.busyUntilMs = end;
    this.watchdog.kick(ms > 0 ? end : this.nowMs);
  }

  /** JS stands still from now on for `ms`. */
  stall(ms: number): void {
    this.busyUntilMs = Math.max(this.busyUntilMs, this.nowMs + ms);
  }

  get hung(): boolean {
    return this.busyUntilMs > this.nowMs;
  }

  /** A Ctrl-C arrives from `device` while the program runs: only the console's own is one. */
  ctrlC(device: BoardStream): void {
    if (this.console === device) this.interrupted = true;
  }

  setConsole(device: BoardStream | null, force: boolean): void {
    this.#consoleForced = force;
    this.console = device;
  }

  /** USB is plugged in or Bluetooth connects: the console moves there unless it is forced. */
  connect(device: BoardStream): void {
    device.connected = true;
    if (!this.#consoleForced) this.console = device;
  }

  print(text: string): void {
    if (this.console !== null) this.transmit(this.console, text);
  }

  /** A full buffer of a peer that does not read makes the interpreter stand still. */
  transmit(device: BoardStream, bytes: string): void {
    if (device.put(bytes)) return;
    this.complaints.push(`${this.nowMs} ms: ${device.name} output is full, JS stands still`);
    this.stall(Number.POSITIVE_INFINITY);
  }
}
