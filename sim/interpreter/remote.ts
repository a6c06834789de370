/**
 * The interpreter as a machine that runs on virtual time: commands go down, what happens comes up and is played on a `Hardware`
 * in the order in which it happened. The hardware is never ahead of the interpreter.
 */
import type { View } from '../../src/ports.ts';
import { VIEW_FIELDS } from '../../tools/view-fields.ts';
import { Channel, type ChannelOptions } from './channel.ts';
import * as f from './frames.ts';

/** What the firmware's calls reach. `to(ms)` always comes first when time has moved. */
export interface Hardware {
  to(ms: number): void;
  write(pin: number, value: number): void;
  pwm(pin: number, duty: number, hz: number): void;
  mode(pin: number, mode: string): void;
  read(pin: number): number;
  analog(pin: number): number;
  vref(): number;
  i2cSetup(sda: number, scl: number, bitrate: number): void;
  /** False = not acknowledged. */
  i2cWrite(address: number, bytes: Uint8Array): boolean;
  /** Undefined = not acknowledged. */
  i2cRead(address: number, count: number): Uint8Array | undefined;
  timerAdd(id: number, atMs: number, value: number, pins: readonly number[]): void;
  timerRemove(id: number): void;
  watchdog(seconds: number, automatic: boolean): void;
  kick(): void;
  watch(id: number, pin: number, edge: number, debounceMs: number): void;
  unwatch(id: number): void;
  driver(index: number, mode: number): void;
  power(port: number, on: boolean): void;
  link(port: number, bytes: string): void;
  console(open: boolean): void;
  flash(operation: number): void;
}

/** A callback whose exception nobody caught, or that could not be caught. */
export interface Mishap {
  readonly atMs: number;
  readonly what: string;
}

export class Remote {
  readonly channel: Channel;
  readonly #hardware: Hardware;
  /** The view after the latest tick, undefined until the first. */
  view: View | undefined;
  /** Called with each new view, at its time. */
  onView: (view: View) => void = () => undefined;
  readonly mishaps: Mishap[] = [];
  /** True once the firmware has asked for a reboot: nothing runs any more. */
  rebooting = false;
  frames = 0;
  #text = '';
  #nowMs = 0;
  #ticked = false;
  #isOver: () => boolean = () => false;

  constructor(options: ChannelOptions, hardware: Hardware) {
    this.channel = new Channel(options);
    this.#hardware = hardware;
  }

  /** Loader and image run, at `nowMs`. `isOver` says that this boot has ended by a reset: what comes after is void. */
  boot(nowMs: number, isOver: () => boolean): void {
    this.#nowMs = nowMs;
    this.#isOver = isOver;
    this.#listen();
  }

  /** Virtual time of the interpreter, ms. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Run what is due until `ms`; with `oneTick`, stop just after the next tick. */
  run(ms: number, oneTick: boolean): void {
    this.#ticked = false;
    this.#command(f.DO_RUN, ms, oneTick ? 1 : 0);
    if (this.rebooting || this.#isOver()) return;
    if (oneTick && this.#ticked) return;
    this.#nowMs = Math.max(this.#nowMs, ms);
    this.#hardware.to(this.#nowMs);
  }

  /** JS stands still until `ms`. */
  stall(ms: number): void {
    this.#command(f.DO_STALL, ms);
  }

  /** The idle loop hands over an edge. */
  edge(watch: number, high: boolean): void {
    this.#command(f.DO_EDGE, watch, high ? 1 : 0);
  }

  /** Bytes arrive on a stream. */
  receive(port: number, bytes: string): void {
    for (let at = 0; at < bytes.length; at += 40) {
      const part = bytes.slice(at, at + 40);
      this.channel.send(f.DO_LINK, port, part.length, part);
      this.#listen();
    }
  }

  /** The value of an expression in the interpreter, through JSON. Throws with its words when it throws there. */
  evaluate(expression: string): unknown {
    this.channel.send(f.DO_EVAL, expression.length);
    this.channel.sendText(expression);
    this.#listen();
    if (this.#text.startsWith('!')) throw new Error(`in the interpreter: ${this.#text.slice(1)}`);
    return this.#text === 'undefined' ? undefined : JSON.parse(this.#text);
  }

  close(): void {
    this.channel.close();
  }

  #command(kind: number, a: number, b = 0): void {
    if (this.rebooting) return;
    this.channel.send(kind, a, b);
    this.#listen();
  }

  /** Play frames until the interpreter wants a command. */
  #listen(): void {
    for (;;) {
      const frame = this.channel.receive();
      this.frames += 1;
      const kind = this.#play(frame);
      if (kind === f.ASK_NEXT || this.rebooting || this.#isOver()) return;
    }
  }

  /** Play one frame; the kind of its last record. */
  #play(frame: Buffer): number {
    let at = 0;
    let kind = 0;
    while (at < frame.length) {
      kind = frame.readDoubleLE(at);
      const ms = frame.readDoubleLE(at + 8);
      if (ms > this.#nowMs) {
        this.#nowMs = ms;
        this.#hardware.to(ms);
        if (this.#isOver()) return kind;
      }
      at += this.#record(kind, frame, at);
    }
    return kind;
  }

  /** One record; the bytes it takes. */
  #record(kind: number, frame: Buffer, at: number): number {
    const size = f.RECORD * 8;
    if (kind === f.EV_VIEW) {
      this.#takeView(frame, at + 16);
      return size * f.VIEW_RECORDS;
    }
    const a = frame.readDoubleLE(at + 16);
    const b = frame.readDoubleLE(at + 24);
    if (kind === f.EV_LINK || kind === f.EV_UNCAUGHT || kind === f.EV_TEXT || kind === f.EV_RADIO) {
      this.#say(kind, a, frame.toString('latin1', at + size, at + size + b));
      return size * (1 + Math.ceil(b / size));
    }
    if (kind === f.ASK_I2C_WRITE) {
      const bytes = Uint8Array.from(frame.subarray(at + size, at + size + b));
      this.channel.send(this.#hardware.i2cWrite(a, bytes) ? 0 : -1);
      return size * 2;
    }
    const c = frame.readDoubleLE(at + 32);
    if (kind >= f.ASK_MORE) this.#answer(kind, a, b);
    else this.#happen(kind, a, b, c, frame.readDoubleLE(at + 40));
    return size;
  }

  #takeView(frame: Buffer, at: number): void {
    const view: Record<string, number> = {};
    VIEW_FIELDS.forEach((name, i) => {
      view[name] = frame.readDoubleLE(at + 8 * i);
    });
    this.view = view as unknown as View;
    this.#ticked = true;
    this.onView(this.view);
  }

  #say(kind: number, a: number, text: string): void {
    if (kind === f.EV_LINK) this.#hardware.link(a, text);
    else if (kind === f.EV_TEXT) this.#text = text;
    else if (kind === f.EV_UNCAUGHT) this.mishaps.push({ atMs: this.#nowMs, what: text });
  }

  #answer(kind: number, a: number, b: number): void {
    const h = this.#hardware;
    if (kind === f.ASK_NEXT) return;
    if (kind === f.ASK_START) this.channel.send(this.#nowMs);
    else if (kind === f.ASK_I2C_READ) {
      const bytes = h.i2cRead(a, b);
      this.channel.send(bytes === undefined ? -1 : b, 0, 0, bytes ?? '');
    } else if (kind === f.ASK_READ) this.channel.send(h.read(a));
    else if (kind === f.ASK_ANALOG) this.channel.send(h.analog(a));
    else if (kind === f.ASK_VREF) this.channel.send(h.vref());
    else this.channel.send(0);
  }

  #happen(kind: number, a: number, b: number, c: number, d: number): void {
    const reach = REACH[kind];
    if (reach !== undefined) reach(this.#hardware, a, b, c, d);
    else if (kind === f.EV_REBOOT) this.rebooting = true;
    else if (kind === f.EV_LOST) {
      const gone = b > 0 ? ' and is gone for ever' : '';
      this.mishaps.push({ atMs: this.#nowMs, what: `timer ${a} died uncatchably${gone}` });
    } else throw new Error(`the interpreter sent a record of unknown kind ${kind}`);
  }
}

type Reach = (h: Hardware, a: number, b: number, c: number, d: number) => void;

/** What each kind of record does to the hardware. */
const REACH: Readonly<Record<number, Reach>> = {
  [f.EV_WRITE]: (h, pin, value) => h.write(pin, value),
  [f.EV_PWM]: (h, pin, duty, hz) => h.pwm(pin, duty, hz),
  [f.EV_MODE]: (h, pin, mode) => h.mode(pin, f.PIN_MODES[mode] ?? 'undefined'),
  [f.EV_TIMER_ADD]: (h, id, atMs, value, pins) => h.timerAdd(id, atMs, value, unpackPins(pins)),
  [f.EV_TIMER_REMOVE]: (h, id) => h.timerRemove(id),
  [f.EV_KICK]: (h) => h.kick(),
  [f.EV_WATCHDOG]: (h, seconds, automatic) => h.watchdog(seconds, automatic !== 0),
  [f.EV_WATCH]: (h, id, pin, edge, debounceMs) => h.watch(id, pin, edge, debounceMs),
  [f.EV_UNWATCH]: (h, id) => h.unwatch(id),
  [f.EV_DRIVER]: (h, index, mode) => h.driver(index, mode),
  [f.EV_POWER]: (h, port, on) => h.power(port, on !== 0),
  [f.EV_CONSOLE]: (h, open) => h.console(open !== 0),
  [f.EV_FLASH]: (h, operation) => h.flash(operation),
  [f.EV_I2C_SETUP]: (h, sda, scl, bitrate) => h.i2cSetup(sda, scl, bitrate),
};

/** Pins packed as (pin + 1) in base 64. */
export function unpackPins(packed: number): number[] {
  const pins: number[] = [];
  for (let left = packed; left > 0; left = Math.floor(left / 64)) pins.push((left % 64) - 1);
  return pins;
}
