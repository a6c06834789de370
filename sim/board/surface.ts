/** What a program finds at root scope: the natives of the interpreter on the simulated board. It must never decide anything by itself. */
import { crc32 } from '../../tools/crc32.ts';
import { base64Of } from '../../tools/latin1.ts';
import type { Chip } from './chip.ts';
import { H_PINS } from './electronics.ts';
import type { Events } from './events.ts';
import { PowerCut } from './flash.ts';
import type { BoardPin, Mode } from './pins.ts';
import type { Found, Radio } from './radio.ts';
import { toBytes } from './storage.ts';
import { BoardStream } from './streams.ts';
import type { SetTask } from './utility-timer.ts';
import type { WatchEvent } from './watches.ts';

/** What the natives need besides the chip: whether it runs, its radio and events, and ways to start anew. */
export interface RunningChip extends Chip {
  readonly powered: boolean;
  readonly radio: Radio;
  readonly events: Events;
  restart(cause: 'load' | 'reboot'): void;
  softReset(): void;
}

type Native = (...args: never[]) => unknown;

/** Wrap natives so that faults can make them throw, and a board without power does nothing. */
function guard<T extends Record<string, Native>>(m: RunningChip, natives: T): T {
  const guarded: Record<string, Native> = {};
  for (const [name, fn] of Object.entries(natives)) {
    guarded[name] = (...args: never[]) => {
      if (!m.powered) throw new PowerCut('no power');
      m.mayThrow(name);
      // time has passed up to this call, and the power may have gone in it
      if (!m.powered) throw new PowerCut('no power');
      return fn(...args);
    };
  }
  return guarded as T;
}

function pinOf(pin: unknown): BoardPin {
  if (pin === undefined || pin === null || typeof pin !== 'object') throw new Error('Invalid pin');
  return pin as BoardPin;
}

function io(m: RunningChip): Record<string, Native> {
  return guard(m, {
    digitalWrite: (pin: BoardPin, value: unknown) => pinOf(pin).write(value),
    digitalRead: (pin: BoardPin | readonly BoardPin[]) =>
      Array.isArray(pin) ? pin.reduce((bits, p) => bits * 2 + pinOf(p).read(), 0) : pinOf(pin).read(),
    pinMode: (pin: BoardPin, mode: Mode) => pinOf(pin).setMode(mode),
    getPinMode: (pin: BoardPin) => pinOf(pin).mode,
    analogWrite: (pin: BoardPin, value: number) => pinOf(pin).pwm(value),
    analogRead: (pin: BoardPin) => m.analog(pinOf(pin)),
    setWatch: (fn: (e: WatchEvent) => void, pin: BoardPin, o: Record<string, unknown> | undefined) =>
      m.watches.add(fn, pinOf(pin), o),
    clearWatch: (...ids: unknown[]) => m.watches.clear(ids),
    btoa: (data: unknown) => base64Of(toBytes(data)),
  });
}

function clocks(m: RunningChip): Record<string, Native> {
  return guard(m, {
    setInterval: (fn: () => void, ms: number) => m.timers.add(fn, ms, true, m.nowMs),
    setTimeout: (fn: () => void, ms: number) => m.timers.add(fn, ms, false, m.nowMs),
    clearInterval: (...ids: unknown[]) => m.timers.clear('Interval', ids),
    clearTimeout: (...ids: unknown[]) => m.timers.clear('Timeout', ids),
    changeInterval: (id: unknown, ms: unknown) => m.timers.change(id, ms, m.nowMs),
    getTime: () => m.seconds(m.nowMs),
    print: (...values: unknown[]) => m.print(`${values.map(String).join(' ')}\r\n`),
    reset: () => m.softReset(),
    load: () => m.restart('load'),
  });
}

function systemE(m: RunningChip): Record<string, unknown> {
  return guard(m, {
    enableWatchdog: (s: number, auto: unknown) => m.watchdog.enable(s, auto !== false, m.nowMs),
    kickWatchdog: () => m.watchdog.kick(m.nowMs),
    setConsole: (to: { device: BoardStream } | null, o: { force?: boolean } | undefined) =>
      m.setConsole(to === null ? null : to.device, o?.force === true),
    getConsole: () => m.console?.name ?? null,
    on: (event: string, fn: (value: unknown) => void) => m.events.listen(`E.${event}`, fn),
    getErrorFlags: () => m.events.takeFlags(),
    reboot: () => m.restart('reboot'),
    CRC32: (data: unknown) => crc32(toBytes(data)),
    convolve: (a: ArrayLike<number>, b: ArrayLike<number>, offset: number) => {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[(i + offset) % b.length] ?? 0);
      return sum;
    },
    getAnalogVRef: () => (m.layout.knowsReference ? m.vrefMv / 1000 : Number.NaN),
    clip: (x: number, low: number, high: number) => (x < low ? low : x > high ? high : x),
    toUint8Array: (data: unknown) => Uint8Array.from(toBytes(data)),
    mapInPlace: mapBits,
    toString: (data: ArrayLike<number>) => String.fromCharCode(...Array.from(data)),
    getTemperature: () => 25,
  });
}

/** What the interpreter's own does with bytes: a rest of fewer bits than `bits` is left out. */
function mapBits(from: Uint8Array, to: Uint8Array, map: Uint8Array, bits: number): void {
  let held = 0;
  let n = 0;
  let at = 0;
  for (const byte of from) {
    held = (held << 8) | byte;
    for (n += 8; n >= bits && at < to.length; n -= bits)
      to[at++] = map[(held >> (n - bits)) & ((1 << bits) - 1)] ?? 0;
    held &= (1 << n) - 1;
  }
}

/** Fill of the buffers towards and from the other side, bytes. */
function buffers(m: RunningChip): Record<string, { used: number; total: number }> {
  return { rx: { used: 0, total: 1024 }, tx: { used: m.txUsed, total: BoardStream.capacity } };
}

function systemProcess(m: RunningChip): Record<string, unknown> {
  return {
    version: m.version,
    env: {
      BOARD: m.layout.espruino,
      VERSION: m.version,
      SERIAL: '0123456789abcdef',
      RAM: 262144,
      FLASH: 1048576,
    },
    ...guard(m, {
      memory: () => ({
        free: m.freeVariables,
        usage: m.layout.variables - m.freeVariables,
        total: m.layout.variables,
        ...(m.version === '2v29' ? {} : buffers(m)),
      }),
      on: (event: string, fn: (value: unknown) => void) => m.events.listen(`process.${event}`, fn),
    }),
  };
}

function storageModule(m: RunningChip): Record<string, unknown> {
  const s = m.storage;
  return guard(m, {
    read: (name: string, offset?: number, length?: number) => s.read(name, offset, length),
    readJSON: (name: string, quiet: unknown) => {
      const text = s.read(name);
      if (text === undefined) return undefined;
      try {
        return JSON.parse(text) as unknown;
      } catch (error) {
        if (quiet) return undefined;
        throw error;
      }
    },
    write: (name: string, data: unknown, offset?: number, size?: number) => s.write(name, data, offset, size),
    erase: (name: string) => s.erase(name),
    eraseAll: () => s.eraseAll(),
    list: (pattern?: RegExp) => s.list(pattern),
    compact: () => s.compact(),
    getFree: () => s.getFree(),
  });
}

function timerModule(m: RunningChip): Record<string, unknown> {
  return guard(m, {
    add: (task: SetTask) => m.addTask(task),
    remove: (id: number) => m.utilityTimer.remove(id),
    list: () => m.utilityTimer.list(),
  });
}

function stream(m: RunningChip, device: BoardStream): Record<string, unknown> {
  const natives = guard(m, {
    on: (event: string, fn: (bytes: string) => void) => device.on(event, fn),
    write: (...items: unknown[]) =>
      m.transmit(device, items.map((item) => String.fromCharCode(...toBytes(item))).join('')),
    print: (text: unknown) => m.transmit(device, String(text)),
    println: (text: unknown) => m.transmit(device, `${String(text)}\r\n`),
    setConsole: (force: unknown) => m.setConsole(device, force === true),
  });
  return { ...natives, device };
}

function jolt(m: RunningChip): Record<string, unknown> {
  const qwiic = (fet: number) => ({
    setPower(on: unknown) {
      m.pin(fet).write(on);
      return this;
    },
  });
  return {
    Q0: qwiic(7),
    Q1: qwiic(27),
    ...guard(m, {
      setDriverMode: (driver: number, mode: unknown) => {
        const bridge = m.joltBridges[driver];
        if (bridge === undefined) throw new Error(`Invalid driver ${driver}`);
        bridge.setMode(mode);
      },
    }),
  };
}

/** SPI in software, without a clock of its own: bits go out on `mosi`, highest first, and one of `miso` is read after each. */
function spiClass(m: RunningChip): new () => object {
  return class {
    #miso: BoardPin | undefined;
    #mosi: BoardPin | undefined;

    setup(o: { miso: BoardPin; mosi: BoardPin }): void {
      this.#miso = pinOf(o.miso);
      this.#mosi = pinOf(o.mosi);
      this.#miso.setMode('input');
      this.#mosi.write(0);
    }

    send(data: ArrayLike<number>): Uint8Array {
      m.mayThrow('send');
      const [miso, mosi] = [pinOf(this.#miso), pinOf(this.#mosi)];
      return Uint8Array.from(data, (byte) => {
        let read = 0;
        for (let bit = 7; bit >= 0; bit--) {
          mosi.write((byte >> bit) & 1);
          read = read * 2 + miso.read();
        }
        return read;
      });
    }
  };
}

/** What only boards with a radio have. */
function radio(m: RunningChip): Record<string, unknown> {
  return {
    Bluetooth: stream(m, m.bluetooth),
    NRF: guard(m, {
      on: () => {},
      setAdvertising: (data: Record<string, number[]>, o: { interval?: number }) =>
        m.radio.advertise(data, o),
      setScan: (found: (device: Found) => void, o: object) => m.radio.scan(found, o),
      setServices: (_services: object, o: { uart?: boolean } | undefined) => {
        m.radio.uart = o?.uart !== false;
      },
      getSecurityStatus: () => ({ connected: m.bluetooth.connected }),
    }),
  };
}

/** Pins by their names; some have several. */
function namedPins(m: RunningChip): Record<string, BoardPin> {
  const pins = Object.fromEntries(m.pins.map((p) => [p.name, p]));
  for (const [led, index] of Object.entries(m.layout.leds)) pins[led] = m.pin(index);
  if (m.layout.drivers !== undefined) return pins;
  for (const [i, index] of H_PINS.entries()) pins[`H${i}`] = m.pin(index);
  return { ...pins, BTN: m.pin(0), BTN1: m.pin(0) };
}

/** Everything that a program finds at root scope. */
export function surface(m: RunningChip): Record<string, unknown> {
  const modules: Record<string, unknown> = { Storage: storageModule(m), timer: timerModule(m) };
  return {
    ...io(m),
    ...clocks(m),
    ...namedPins(m),
    E: systemE(m),
    process: systemProcess(m),
    console: { log: (...values: unknown[]) => m.print(`${values.map(String).join(' ')}\r\n`) },
    [m.layout.cable]: stream(m, m.usb),
    ...(m.layout.radio ? radio(m) : {}),
    I2C1: guard(m, {
      setup: (o: unknown) => m.bus.setup(o),
      writeTo: (a: number, ...d: (number | ArrayLike<number>)[]) => m.bus.writeTo(a, ...d),
      readFrom: (a: number, n: number) => m.bus.readFrom(a, n),
    }),
    SPI: spiClass(m),
    ...(m.layout.drivers === undefined ? { Jolt: jolt(m) } : {}),
    require: (name: string) => {
      const found = modules[name];
      if (found === undefined) throw new Error(`Module ${name} not found`);
      return found;
    },
  };
}
