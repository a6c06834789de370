/** The simulated board while it runs: power, boots, idle loop, faults. It knows nothing of cuffs. */
import { CallbackTime, CutOff } from './callback-time.ts';
import { Chip, CtrlC } from './chip.ts';
import type { BoardRig } from './electronics.ts';
import { Events } from './events.ts';
import { beginning, losesEdges, neverReturns, nextBeginning } from './faults.ts';
import { type Flash, PowerCut } from './flash.ts';
import type { BoardLayout } from './layout.ts';
import type { BoardPin } from './pins.ts';
import { type Found, Radio } from './radio.ts';
import { Repl } from './repl.ts';
import { Schedule } from './schedule.ts';
import { ScriptContext } from './script-context.ts';
import type { BoardStream } from './streams.ts';
import { surface } from './surface.ts';

/** Why a boot happened. */
export type ResetCause = 'power' | 'watchdog' | 'reboot' | 'load';

/** The chip and the drivers on the board on virtual time: power, boots, and the interpreter's idle loop. */
export class Machine extends Chip {
  /** Resets so far, oldest first, and everything printed while no console was there to take it. */
  readonly resets: { readonly atMs: number; readonly cause: ResetCause }[] = [];
  /** Called after each callback of the program. */
  afterCallback: () => void = () => {};
  powered = false;
  /** A harness's own text, run at every boot before the first start-up program. */
  before = '';
  context: ScriptContext | undefined;
  #repl: Repl;
  #inbox: (() => void)[] = [];
  readonly radio: Radio;
  readonly events = new Events();
  /** What the outside does, before the program's turn at that time. */
  readonly schedule = new Schedule();
  /** The callback that runs, and what JS costs. */
  readonly callback = new CallbackTime(this, () => this.#cutOff());
  #restart: ResetCause | undefined;

  constructor(rig: BoardRig, flash: Flash, layout: BoardLayout) {
    super(rig, flash, layout);
    this.radio = new Radio(() => this.nowMs);
    this.#repl = this.#newRepl();
  }

  /** Bytes from the other side. */
  receive(device: BoardStream, bytes: string): void {
    this.#inbox.push(() => this.#deliver(device, bytes));
    this.idle();
  }

  /** The radio has heard an advertisement that the program's filter lets through. */
  hear(found: Found): void {
    this.#inbox.push(() => {
      const listening = this.radio.listening;
      if (listening !== undefined) this.#call(() => listening.found(found), false);
    });
    this.idle();
  }

  /** Something outside drives the pin, undefined = lets go. */
  outside(index: number, level: 0 | 1 | undefined): void {
    const pin = this.pin(index);
    const before = pin.level;
    pin.outside = level;
    if (pin.level !== before) this.#edge(pin);
    this.idle();
  }

  #edge(pin: BoardPin): void {
    const lost = losesEdges(this.faults, this.nowMs);
    if (lost === undefined) this.watches.edge(pin, pin.level === 1, this.nowMs);
    else if (lost.told) this.events.raise(['FIFO_FULL']);
  }

  restart(cause: ResetCause): void {
    this.#restart = cause;
  }

  softReset(): void {
    this.#forget();
    this.releasePins();
  }

  /** Power comes: a boot from the start. */
  powerOn(): void {
    this.powered = true;
    this.storage.flash.restore();
    this.#boot('power');
  }

  /** Power goes: everything but flash is lost. */
  powerOff(): void {
    this.powered = false;
    this.watchdog.reset();
    this.softReset();
    this.context = undefined;
  }

  /** When something happens next, ms. */
  nextMs(): number {
    const outside = this.schedule.nextMs();
    if (!this.powered) return outside;
    const fault = nextBeginning(this.faults, this.#faultsDone);
    const hardware = Math.min(outside, this.hardwareMs(), this.#biteMs(), fault);
    const waiting = this.watches.waiting || this.#inbox.length > 0 ? this.nowMs : Number.POSITIVE_INFINITY;
    const program = Math.min(waiting, this.timers.nextMs(), this.watches.nextMs());
    return Math.min(hardware, Math.max(program, this.busyUntilMs));
  }

  /** Do what is due now: hardware first, then the idle loop. */
  step(): void {
    this.runHardware();
    this.schedule.run(this.nowMs);
    if (this.nowMs >= this.#biteMs()) this.#boot('watchdog');
    this.#beginFaults();
    this.idle();
  }

  /** The interpreter's idle loop, until nothing is due, or time has passed in it: then the outside has its turn first. */
  idle(): void {
    if (this.callback.runs) return;
    for (const since = this.nowMs; this.powered && !this.hung && this.nowMs === since; ) {
      if (this.watchdog.auto) this.watchdog.kick(this.nowMs);
      const worked = this.#pass();
      if (this.#restart !== undefined) this.#boot(this.#restart);
      else if (!worked) return;
    }
  }

  #pass(): boolean {
    const arrived = this.#inbox;
    this.#inbox = [];
    for (const deliver of arrived) if (this.#restart !== 'watchdog') deliver();
    const edges = this.watches.waiting || this.watches.nextMs() <= this.nowMs;
    if (edges)
      this.watches.pass(
        this.nowMs,
        (fn) => this.#call(fn, false),
        (ms) => this.seconds(ms),
      );
    const ran = this.hung
      ? false
      : this.timers.pass(
          this.nowMs,
          (fn, interval) => this.#call(fn, interval),
          () => this.hung,
        );
    this.#reportFlags();
    for (const bridge of this.bridges) bridge.idle();
    return ran || edges || arrived.length > 0 || this.#inbox.length > 0;
  }

  /** Run a callback; false when the interpreter would take its interval away. */
  #call(fn: () => void, interval: boolean): boolean {
    if (interval && this.#dropNext) {
      this.#dropNext = false;
      this.events.raise(['CALLBACK', 'LOW_MEMORY', 'MEMORY']);
      return false;
    }
    this.callback.begin();
    try {
      fn();
    } catch (error) {
      this.#uncaught(error);
    }
    if (!this.callback.end()) this.afterCallback();
    return true;
  }

  /** JS has come to this native. */
  override mayThrow(name: string): void {
    this.callback.native(name);
    if (neverReturns(this.faults, name, this.nowMs)) this.callback.standStill();
    super.mayThrow(name);
  }

  /** The watchdog bites under a callback: at once nothing is driven any more. The chip boots when what is left of the callback is gone. */
  #cutOff(): void {
    this.watchdog.reset();
    this.softReset();
    this.#restart = 'watchdog';
  }

  #uncaught(error: unknown): void {
    if (error instanceof PowerCut) {
      this.powerOff();
      return;
    }
    if (error instanceof CtrlC || this.callback.cutOff) return;
    const handlers = this.events.of('process.uncaughtException');
    this.complaints.push(`${this.nowMs} ms: uncaught ${String(error)}`);
    if (handlers.length === 0) this.print(`Uncaught ${String(error)}\r\n`);
    for (const handler of handlers) this.#guarded(() => handler(error));
  }

  #guarded(fn: () => void): void {
    try {
      fn();
    } catch (error) {
      if (error instanceof PowerCut) this.powerOff();
      else if (!(error instanceof CutOff))
        this.complaints.push(`${this.nowMs} ms: uncaught ${String(error)}`);
    }
  }

  #reportFlags(): void {
    const flags = this.events.takeFresh();
    if (flags.length === 0) return;
    for (const handler of this.events.of('E.errorFlag')) this.#guarded(() => handler(flags));
  }

  #deliver(device: BoardStream, bytes: string): void {
    if (device === this.bluetooth && !this.radio.uart) return;
    if (this.console === device) {
      this.#guarded(() => this.#repl.receive(bytes));
      this.afterCallback();
      return;
    }
    for (const handler of device.listeners) this.#call(() => handler(bytes), false);
  }

  #newRepl(): Repl {
    return new Repl(
      (line) => this.context?.run(line, 'console'),
      (text) => this.print(text),
    );
  }

  #dropNext = false;
  #faultsDone = 0;

  #beginFaults(): void {
    for (const f of beginning(this.faults, this.#faultsDone, this.nowMs)) {
      if (f.kind === 'hang') this.stall(Number.POSITIVE_INFINITY);
      else if (f.kind === 'stall') this.stall(f.ms);
      else if (f.kind === 'drop-interval') this.#dropNext = true;
    }
    this.#faultsDone = this.nowMs;
  }

  /** In automatic mode only a JS that stands still starves the watchdog. */
  #biteMs(): number {
    return this.watchdog.auto && !this.hung ? Number.POSITIVE_INFINITY : this.watchdog.biteMs;
  }

  #forget(): void {
    this.timers.reset();
    this.watches.reset();
    this.utilityTimer.reset();
    this.usb.reset();
    this.bluetooth.reset();
    this.radio.reset();
    this.bus.ready = false;
    this.events.clear();
    this.#inbox = [];
    this.busyUntilMs = this.nowMs;
    this.#dropNext = false;
    for (const bridge of this.bridges) bridge.reset();
    this.#repl = this.#newRepl();
  }

  #boot(cause: ResetCause): void {
    this.#restart = undefined;
    this.resets.push({ atMs: this.nowMs, cause });
    if (cause === 'power' || cause === 'watchdog') this.watchdog.reset();
    if (cause !== 'load') {
      this.bootAtMs = this.nowMs;
      this.setConsole(this.usb.connected ? this.usb : this.bluetooth, false);
    }
    this.softReset();
    this.context = new ScriptContext(surface(this), this.callback.cost);
    this.context.run(this.before, 'before');
    if (cause !== 'load') this.#runFile('.bootPowerOn');
    for (const file of ['.boot0', '.boot1', '.boot2', '.boot3']) this.#runFile(file);
    this.#runFile(this.storage.read('.bootrst') === undefined ? '.bootcde' : '.bootrst');
    this.afterCallback();
  }

  #runFile(file: string): void {
    if (!this.powered) return;
    try {
      const code = this.storage.read(file);
      if (code !== undefined) this.context?.run(code, file);
    } catch (error) {
      if (!(error instanceof CtrlC)) this.#uncaught(error);
    }
    this.interrupted = false;
  }
}
