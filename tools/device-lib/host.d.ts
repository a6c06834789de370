/**
 * The part of Espruino's API whose names Node also has, and what the build puts in. Apart from
 * `espruino.d.ts`, because the layers that run in Node know these names by Node's own types.
 */

type TimerHandle = number;
declare function setInterval(handler: () => void, ms: number): TimerHandle;
declare function setTimeout(handler: () => void, ms: number): TimerHandle;
/** Without an argument: all intervals and timeouts. Throws there when the argument is undefined. */
declare function clearInterval(): void;
declare function clearInterval(id: TimerHandle): void;
/** Throws there when the argument is undefined. */
declare function clearTimeout(id: TimerHandle): void;
declare function changeInterval(id: TimerHandle, ms: number): void;

declare function require(name: 'Storage'): EspruinoStorage;
declare function require(name: 'timer'): EspruinoTimer;

/** Blocks while the console is connected and slow: never under pressure. */
declare const console: { log(...values: unknown[]): void };

interface EspruinoProcess {
  readonly version: string;
  readonly env: { readonly BOARD: string; readonly SERIAL: string; readonly VERSION: string };
  /** With `false` no garbage collection (about 40 ms on Jolt.js) is run first. */
  memory(collect: false): EspruinoMemory;
  on(event: 'uncaughtException', handler: (error: unknown) => void): void;
}
declare const process: EspruinoProcess;

interface DateConstructor {
  now(): number;
}
declare const Date: DateConstructor;

/** What the board's file says, ms; what it has not, in words, '' = nothing. */
declare const BUILD_PERIOD_MS: number;
declare const BUILD_LACKS: string;
/** Version number of `package.json`. */
declare const BUILD_VERSION: string;
/** Names of the chosen files in `hal/boards/` and `hal/sensors/`. */
declare const BUILD_BOARD: string;
declare const BUILD_SENSOR: string;
/** True in a `--dev` image, which keeps the console. */
declare const BUILD_DEV: boolean;
