/**
 * A Jolt.js whose JS is run by a real Espruino interpreter, in lockstep with the rig on virtual time: same outward shape as the
 * virtual board. The process lives in a folder of its own, which is gone after `close`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { View } from '../../src/ports.ts';
import type { EspruinoVersion } from '../board/chip.ts';
import type { BoardRig } from '../board/electronics.ts';
import { Flash } from '../board/flash.ts';
import { type BoardLayout, type ButtonName, JOLT_LAYOUT } from '../board/layout.ts';
import { Machine } from '../board/machine.ts';
import { attachSensor } from '../board/parts/attach.ts';
import type { SensorKind, SensorParams } from '../plant/sensor-params.ts';
import type { Interpreter } from './binary.ts';
import { installFiles } from './install.ts';
import { MachineHardware } from './machine-hardware.ts';
import { preludeText } from './prelude.ts';
import { Remote } from './remote.ts';

/** An answer may take this long, ms: a boot takes a second, on a busy machine many. */
const ANSWER_MS = 60_000;
const COPIED = 'prelude';
/** Above this battery voltage a chip without power starts again, mV. */
const START_MV = 2400;

interface Scheduled {
  readonly atMs: number;
  readonly action: () => void;
}

/** A fault that the interpreter can be given: JS stands still, for ever or for `ms`. */
export interface StandStill {
  readonly atMs: number;
  readonly ms?: number;
}

export interface InterpreterBoardOptions {
  readonly interpreter: Interpreter;
  readonly rig: BoardRig;
  /** What is soldered around the chip; the reference board unless said otherwise. */
  readonly layout?: BoardLayout;
  /** Files in flash: loader, slots, records, settings. */
  readonly files: Readonly<Record<string, string>>;
  /** Fast, with all code in RAM: for everything but counting variables. */
  readonly ram: boolean;
  /** The part that is wired up, MPRLS when left out. */
  readonly sensor?: SensorKind | SensorParams;
  /** Expression of the view; `cuff.view()` when left out. */
  readonly view?: string;
  readonly standStills?: readonly StandStill[];
  readonly answerMs?: number;
  /** The interpreter that it stands for, 2v29 unless said otherwise. */
  readonly version?: EspruinoVersion;
  /** Put before the binary, for example valgrind and its options. */
  readonly wrapper?: readonly string[];
}

const VIEW = 'typeof cuff=="undefined"||!cuff||!cuff.view?undefined:cuff.view()';

export class InterpreterBoard {
  readonly rig: BoardRig;
  readonly machine: Machine;
  readonly folder: string;
  /** Called after each tick of the program. */
  onTick: (view: View) => void = () => undefined;
  readonly #options: InterpreterBoardOptions;
  readonly #hardware: MachineHardware;
  #remote: Remote | undefined;
  #resets = 0;
  #view: View | undefined;
  #ticks = 0;
  readonly #actions: Scheduled[] = [];
  readonly #mishaps: { atMs: number; what: string }[] = [];

  constructor(options: InterpreterBoardOptions) {
    this.#options = options;
    this.rig = options.rig;
    this.machine = new Machine(options.rig, new Flash(1), options.layout ?? JOLT_LAYOUT);
    this.machine.faults = (options.standStills ?? []).map((s) =>
      s.ms === undefined ? { kind: 'hang', atMs: s.atMs } : { kind: 'stall', atMs: s.atMs, ms: s.ms },
    );
    attachSensor(this.machine, options.sensor ?? 'MPRLS');
    this.machine.usb.connected = false;
    this.#hardware = new MachineHardware(this.machine);
    this.#hardware.onEdge = (watch, high) => this.#remote?.edge(watch, high);
    this.#hardware.onBytes = (port, bytes) => this.#remote?.receive(port, bytes);
    this.folder = mkdtempSync(join(tmpdir(), 'cuffloop-board-'));
    this.#install();
  }

  #install(): void {
    const { interpreter, files, ram } = this.#options;
    const prelude = preludeText({
      ram,
      view: this.#options.view ?? VIEW,
      version: this.#options.version ?? '2v29',
    });
    const boot: Record<string, string> = ram
      ? { [COPIED]: prelude, '.boot0': `eval(require("Storage").read("${COPIED}")+"");` }
      : { '.boot0': prelude };
    installFiles(interpreter.path, this.folder, { ...files, ...boot });
  }

  get nowMs(): number {
    return this.rig.nowMs;
  }

  get view(): View | undefined {
    return this.#view;
  }

  /** Exceptions that nobody caught, and callbacks that died uncatchably, over all boots. */
  get mishaps(): readonly { readonly atMs: number; readonly what: string }[] {
    return [...this.#mishaps, ...(this.#remote?.mishaps ?? [])];
  }

  /** What the interpreter has printed. */
  get printed(): string {
    return this.#remote?.channel.printed ?? '';
  }

  /** Frames exchanged since the latest boot. */
  get frames(): number {
    return this.#remote?.frames ?? 0;
  }

  /** Power on and boot: loader and image run, virtual time stands still. */
  powerOn(): void {
    this.machine.powerOn();
    this.#start();
  }

  powerOff(): void {
    this.machine.powerOff();
    this.#stop();
  }

  /** Do `action` at `atMs`, before anything that the program does at that time. */
  schedule(atMs: number, action: () => void): void {
    this.#actions.push({ atMs: Math.max(atMs, this.nowMs), action });
    this.#actions.sort((a, b) => a.atMs - b.atMs);
  }

  /** Run until virtual `ms`, everything due at `ms` included. */
  advanceTo(ms: number): void {
    while (this.nowMs < ms || this.#isBehind() || (this.#actions[0]?.atMs ?? Infinity) <= ms)
      this.#runTo(ms, false);
  }

  /** Run on to just after the next tick, but not past `ms`; true when there was one. */
  advanceToTick(ms: number): boolean {
    const before = this.#ticks;
    while (this.nowMs < ms && this.#ticks === before) this.#runTo(ms, true);
    return this.#ticks !== before;
  }

  /** Push a button; it stays down. */
  press(button: ButtonName): void {
    const [pin, level] = this.#pinOf(button);
    this.machine.outside(pin, level);
    this.#lookForReset();
  }

  release(button: ButtonName): void {
    this.machine.outside(this.#pinOf(button)[0], undefined);
    this.#lookForReset();
  }

  #pinOf(button: ButtonName): readonly [pin: number, level: 0 | 1] {
    const fitted = this.machine.layout.buttons[button];
    if (fitted === undefined) throw new RangeError(`${this.machine.layout.name} has no button ${button}`);
    return fitted;
  }

  /** A motor driver pulls its fault pin low, or lets it go. */
  driverFault(driver: 0 | 1, faulty: boolean): void {
    this.machine.outside(driver === 0 ? 19 : 20, faulty ? 0 : 1);
  }

  /** The value of an expression at root scope, through JSON; virtual time does not move. */
  evaluate(expression: string): unknown {
    if (this.#remote === undefined) throw new Error('evaluate: the board is off');
    return this.#remote.evaluate(expression);
  }

  /** Interpreter variables used now, after a collection, without those of the stand-in for the hardware. */
  variables(): number {
    return this.evaluate('$native.memory().usage-$base') as number;
  }

  /** From now on the most variables in use at any call to the hardware is noted (slow). */
  watchPeak(): void {
    this.evaluate('$probe=$usage,$peak=0');
  }

  /** The most variables since `watchPeak`, counted deep inside ticks. */
  peakVariables(): number {
    return this.evaluate('$peak-$base') as number;
  }

  /** End the process and remove its folder. */
  close(): void {
    this.#stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #start(): void {
    this.#resets = this.machine.resets.length;
    this.#hardware.restart();
    this.#remote = new Remote(
      {
        binary: this.#options.interpreter.path,
        folder: this.folder,
        limitMs: this.#options.answerMs ?? ANSWER_MS,
        ...(this.#options.wrapper === undefined ? {} : { wrapper: this.#options.wrapper }),
      },
      this.#hardware,
    );
    this.#remote.onView = (view) => {
      this.#view = view;
      this.#ticks += 1;
      this.onTick(view);
    };
    this.#remote.boot(this.nowMs, () => this.#isOver());
  }

  #stop(): void {
    if (this.#remote === undefined) return;
    this.#mishaps.push(...this.#remote.mishaps);
    this.#remote.close();
    this.#remote = undefined;
  }

  /** Go on, until `ms`, a tick or something else that has to be done first. A reset on the way ends this boot and starts the next. */
  #runTo(ms: number, oneTick: boolean): void {
    const first = this.#actions[0];
    const limit = first === undefined ? ms : Math.min(ms, first.atMs - 1);
    if (first !== undefined && limit <= this.nowMs && !this.#isBehind()) this.#act(first);
    else if (this.#remote === undefined) this.#runWithout(limit);
    else if (this.machine.hung) this.#standStill(limit);
    else this.#remote.run(Math.min(limit, this.#nextStandStill()), oneTick);
    this.#lookForReset();
  }

  #act(first: Scheduled): void {
    this.#hardware.to(first.atMs);
    this.#lookForReset();
    if (!this.machine.hung) this.#remote?.stall(this.nowMs);
    this.#actions.shift();
    first.action();
  }

  /** Without power only time and air move, until the battery is back. */
  #runWithout(ms: number): void {
    this.#hardware.to(ms);
    if (!this.machine.powered && this.#hardware.starved && this.rig.batteryMv > START_MV) this.powerOn();
  }

  #lookForReset(): void {
    const remote = this.#remote;
    if (remote === undefined) return;
    if (remote.rebooting) {
      this.machine.restart('reboot');
      this.machine.idle();
    }
    if (!this.#isOver()) return;
    this.#stop();
    if (this.machine.powered) this.#start();
  }

  /** A reset or the loss of power has ended the present boot. */
  #isOver(): boolean {
    return !this.machine.powered || this.machine.resets.length !== this.#resets;
  }

  #isBehind(): boolean {
    return this.#remote !== undefined && !this.machine.hung && this.#remote.nowMs < this.nowMs;
  }

  #nextStandStill(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const s of this.#options.standStills ?? []) if (s.atMs > this.nowMs && s.atMs < next) next = s.atMs;
    return next;
  }

  /** Only the hardware goes on: utility timer, watchdog. Then the program makes up for what it has missed. */
  #standStill(ms: number): void {
    while (this.machine.hung && this.nowMs < ms) {
      this.#hardware.to(this.nowMs + 1);
      if (this.#isOver()) return;
    }
    if (this.machine.hung) return;
    this.#remote?.stall(this.nowMs);
    this.#remote?.run(this.nowMs, false);
  }
}
