/**
 * The part of Espruino's API that the HAL uses and that Node has no name for; the rest is in `host.d.ts`.
 * Own declarations instead of `@types/espruino`: that package describes version 1.95 (no watchdog, console,
 * timer or Jolt calls) and its file does not type-check with TypeScript 7.
 */

type PinMode =
  | 'analog'
  | 'input'
  | 'input_pullup'
  | 'input_pulldown'
  | 'output'
  | 'opendrain'
  | 'af_output'
  | 'af_opendrain'
  | 'auto';

interface Pin {
  /** 0..1 of the analogue reference; volts at the terminal for Jolt's H pins. */
  analog(): number;
  getMode(): PinMode;
  mode(mode: PinMode): void;
  read(): boolean;
  reset(): void;
  set(): void;
  toggle(): boolean;
  write(value: boolean | 0 | 1): void;
}

declare const D0: Pin;
declare const D1: Pin;
declare const D2: Pin;
declare const D3: Pin;
declare const D4: Pin;
declare const D5: Pin;
declare const D6: Pin;
declare const D7: Pin;
declare const D8: Pin;
declare const D9: Pin;
declare const D10: Pin;
declare const D11: Pin;
declare const D12: Pin;
declare const D13: Pin;
declare const D14: Pin;
declare const D15: Pin;
declare const D16: Pin;
declare const D17: Pin;
declare const D18: Pin;
declare const D19: Pin;
declare const D20: Pin;
declare const D21: Pin;
declare const D22: Pin;
declare const D23: Pin;
declare const D24: Pin;
declare const D25: Pin;
declare const D26: Pin;
declare const D27: Pin;
declare const D28: Pin;
declare const D29: Pin;
declare const D30: Pin;
declare const D31: Pin;
declare const D32: Pin;
declare const D33: Pin;
declare const D34: Pin;
declare const D35: Pin;
declare const D36: Pin;
declare const D37: Pin;
declare const D38: Pin;
declare const D39: Pin;
declare const D40: Pin;
declare const D41: Pin;
declare const D42: Pin;
declare const D43: Pin;
declare const D44: Pin;
declare const D45: Pin;
declare const D46: Pin;
declare const D47: Pin;
declare const BTN1: Pin;
declare const LED1: Pin;
declare const LED2: Pin;
declare const LED3: Pin;
declare const H0: Pin;
declare const H1: Pin;
declare const H2: Pin;
declare const H3: Pin;
declare const H4: Pin;
declare const H5: Pin;
declare const H6: Pin;
declare const H7: Pin;

/** Several pins give one number, the last pin its lowest bit. */
declare function digitalRead(pin: Pin | Pin[]): number;
declare function digitalWrite(pin: Pin | Pin[], value: boolean | number): void;
declare function analogRead(pin: Pin): number;
/** `value` 0..1. `digitalWrite` on the pin ends the PWM. Throws when no PWM unit is free. */
declare function analogWrite(
  pin: Pin,
  value: number,
  options?: { freq?: number; soft?: boolean; forceSoft?: boolean },
): void;
declare function pinMode(pin: Pin, mode?: PinMode, automatic?: boolean): void;
declare function getPinMode(pin: Pin): PinMode;
/** Base64; there also of bytes as they are. */
declare function btoa(bytes: Uint8Array): string;

interface WatchEvent {
  readonly state: boolean;
  /** Seconds, as `getTime()`, taken in the interrupt. */
  readonly time: number;
  readonly lastTime: number;
  readonly pin: Pin;
}
interface WatchOptions {
  repeat?: boolean;
  edge?: 'rising' | 'falling' | 'both';
  /** ms; 25 by default on a built-in button, 0 elsewhere. */
  debounce?: number;
  /** Run inside the interrupt: native functions only. */
  irq?: boolean;
}
declare function setWatch(handler: (event: WatchEvent) => void, pin: Pin, options: WatchOptions): number;
/** Without an argument: all watches. */
declare function clearWatch(): void;
declare function clearWatch(id: number): void;
/** Seconds, with a fraction. Jumps when the clock is set. */
declare function getTime(): number;
declare function setTime(seconds: number): void;
declare function print(...values: unknown[]): void;
declare function load(file?: string): void;
declare function reset(): void;

interface I2cSetup {
  sda: Pin;
  scl: Pin;
  /** The nRF52 rounds it to 100, 250 or 400 kHz. */
  bitrate?: number;
}
interface I2C {
  setup(options: I2cSetup): void;
  /** Throws on a missing acknowledge. */
  writeTo(address: number | { address: number; stop: boolean }, data: number | ArrayLike<number>): void;
  /** Blocks until done; at most 255 bytes. Throws on a missing acknowledge. */
  readFrom(address: number, count: number): Uint8Array;
}
interface I2CConstructor {
  new (): I2C;
}
declare const I2C: I2CConstructor;
declare const I2C1: I2C;

/** In software: `send` puts the bits on `mosi`, highest first, and reads one of `miso` after each. */
interface SPI {
  setup(options: { miso: Pin; mosi: Pin; baud?: number }): void;
  send(data: ArrayLike<number>): Uint8Array;
}
interface SPIConstructor {
  new (): SPI;
}
declare const SPI: SPIConstructor;

interface Qwiic {
  readonly sda: Pin;
  readonly scl: Pin;
  setPower(on: boolean): Qwiic;
  /** An I2C port on this connector, already set up. */
  i2c(): I2C;
}
interface JoltBoard {
  readonly Q0: Qwiic;
  readonly Q1: Qwiic;
  readonly Q2: Qwiic;
  readonly Q3: Qwiic;
  /** `false`: asleep. `true` or `'output'`: awake, outputs independent. `'auto'` acts in the idle loop only. */
  setDriverMode(driver: 0 | 1, mode: boolean | 'output' | 'motor' | 'auto'): void;
}
declare const Jolt: JoltBoard;

/** A stream of bytes: USB, Bluetooth or a serial port. Strings hold one byte a character. */
interface ByteStream {
  on(event: 'data', handler: (bytes: string) => void): void;
  write(...items: (string | ArrayLike<number>)[]): void;
  print(text: string): void;
  setConsole(force: boolean): void;
}
declare const USB: ByteStream;
/** The first serial port; USB of boards that have it behind one. */
declare const Serial1: ByteStream;
declare const Bluetooth: ByteStream;

interface NrfAdvertising {
  name?: string;
  interval?: number;
  connectable?: boolean;
  manufacturer?: number;
  manufacturerData?: ArrayLike<number>;
  showName?: boolean;
  whenConnected?: boolean;
}
/** An advertisement that was heard. */
interface FoundDevice {
  readonly id: string;
  readonly serviceData?: { readonly [uuid: string]: ArrayBuffer };
}
interface NrfScan {
  filters?: { serviceData?: object }[];
  /** ms; the radio listens for `window` of every `interval`. */
  window?: number;
  interval?: number;
}
interface NrfCharacteristic {
  value?: string | ArrayLike<number>;
  maxLen?: number;
  readable?: boolean;
  writable?: boolean;
  notify?: boolean;
  onWrite?: (event: { readonly data: ArrayBuffer }) => void;
}
interface NrfServices {
  [service: string]: { [characteristic: string]: NrfCharacteristic };
}
interface NrfRadio {
  setAdvertising(data: object, options?: NrfAdvertising): void;
  setScan(found?: (device: FoundDevice) => void, options?: NrfScan): void;
  setServices(services: NrfServices, options?: { uart?: boolean; advertise?: string[] }): void;
  updateServices(services: NrfServices): void;
  setSecurity(options: { passkey?: string; display?: boolean; mitm?: boolean }): void;
  on(event: 'connect', handler: (address: string) => void): void;
  on(event: 'disconnect', handler: (reason: number) => void): void;
  getSecurityStatus(): { readonly connected: boolean };
  wake(): void;
  sleep(): void;
}
declare const NRF: NrfRadio;

interface EspruinoFlags {
  deepSleep?: boolean;
  pretokenise?: boolean;
  unsafeFlash?: boolean;
  onErrorSave?: boolean;
  onErrorFlash?: boolean;
}
interface EspruinoE {
  clip(x: number, low: number, high: number): number;
  /** Sum of `a[i] * b[(i + offset) % b.length]`, added up in that order. */
  convolve(a: ArrayLike<number>, b: ArrayLike<number>, offset: number): number;
  CRC32(data: string | ArrayLike<number>): number;
  /** Cannot be stopped or changed once on. `automatic` false: only `kickWatchdog` and flash erases feed it. */
  enableWatchdog(seconds: number, automatic: boolean): void;
  kickWatchdog(): void;
  getAnalogVRef(): number;
  getTemperature(): number;
  getErrorFlags(): string[];
  getFlags(): EspruinoFlags;
  setFlags(flags: EspruinoFlags): void;
  getConsole(): string | null;
  setConsole(device: ByteStream | null, options?: { force?: boolean }): void;
  lockConsole(): void;
  setPassword(password: string): void;
  on(event: 'init' | 'kill', handler: () => void): void;
  on(event: 'errorFlag', handler: (flags: string[]) => void): void;
  reboot(): void;
  toString(data: ArrayLike<number> | ArrayBuffer): string | undefined;
  toUint8Array(data: string | ArrayLike<number>): Uint8Array;
  /** Each whole `bits` bits of `from`, high ones first, as an index of `map` into the next element of `to`; ends with the shorter of the two. */
  mapInPlace(from: Uint8Array, to: Uint8Array, map: Uint8Array, bits: number): void;
  toArrayBuffer(text: string): ArrayBuffer;
}
declare const E: EspruinoE;

interface EspruinoStorage {
  /** undefined when there is no such file. */
  read(name: string, offset?: number, length?: number): string | undefined;
  readJSON(name: string, noExceptions: boolean): unknown;
  /** Blocks and kicks the watchdog. With offset and size: writes part of a file of that size. Throws when full. */
  write(name: string, data: string | ArrayLike<number>, offset?: number, size?: number): boolean;
  erase(name: string): void;
  list(pattern?: RegExp): string[];
  compact(): void;
  getFree(): number;
}

interface EspruinoSetTask {
  type: 'SET';
  pin: Pin;
  pin2?: Pin;
  /** Bit 0 for `pin`, bit 1 for `pin2`. */
  value: number;
  /** ms from now. */
  time: number;
}
/**
 * The hardware timer's queue: 16 slots, 15 of them pending at most (`add` waits for one then). A removed task keeps its slot
 * until it is removed once more; `add` answers -1 when no slot is left.
 */
interface EspruinoTimer {
  add(task: EspruinoSetTask): number;
  /** False when there is no task of that id (any more). */
  remove(id: number): boolean;
  list(): { readonly id: number; readonly type: string; readonly time: number }[];
}
interface EspruinoMemory {
  readonly free: number;
  readonly usage: number;
  readonly total: number;
  /** Fill of the one output buffer, bytes; not there in 2v29 and before. */
  readonly tx?: { readonly used: number; readonly total: number };
}
