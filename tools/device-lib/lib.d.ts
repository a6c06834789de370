/**
 * The built-ins that device code may use: what the Espruino interpreter (2v29) has and does as Node does.
 * It stands in for TypeScript's own libraries (`noLib`), so that anything else is an error while typing.
 * Left out although present there, because it behaves differently: Symbol-based iteration, `toFixed`, Promise,
 * assignment to `length`. Left out because the core may not use it: Date, Math.random, timers, console.
 */

declare const NaN: number;
declare const Infinity: number;
declare function isNaN(value: number): boolean;
declare function isFinite(value: number): boolean;
declare function parseInt(text: string, radix: number): number;

type PropertyKey = string | number;
type Partial<T> = { [K in keyof T]?: T[K] };
type Required<T> = { [K in keyof T]-?: T[K] };
type Readonly<T> = { readonly [K in keyof T]: T[K] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends PropertyKey, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends PropertyKey> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {};
type ReturnType<F> = F extends (...args: never) => infer R ? R : never;

interface Object {
  toString(): string;
  hasOwnProperty(key: PropertyKey): boolean;
}
interface ObjectConstructor {
  keys(o: object): string[];
  values<T>(o: { [key: string]: T }): T[];
  entries<T>(o: { [key: string]: T }): [string, T][];
  assign<T extends object, U>(target: T, source: U): T & U;
  create(proto: object | null): unknown;
}
declare const Object: ObjectConstructor;

interface Function {
  readonly length: number;
  call(thisArg: unknown, ...args: unknown[]): unknown;
  apply(thisArg: unknown, args: unknown[]): unknown;
  bind(thisArg: unknown, ...args: unknown[]): unknown;
}
interface CallableFunction extends Function {}
interface NewableFunction extends Function {}
interface IArguments {
  [index: number]: unknown;
  readonly length: number;
}

interface Boolean {
  valueOf(): boolean;
}

interface Number {
  toString(radix?: number): string;
}
interface NumberConstructor {
  (value: unknown): number;
  readonly MAX_VALUE: number;
  readonly MIN_VALUE: number;
  readonly NaN: number;
  readonly POSITIVE_INFINITY: number;
  readonly NEGATIVE_INFINITY: number;
}
declare const Number: NumberConstructor;

interface Math {
  readonly PI: number;
  abs(x: number): number;
  acos(x: number): number;
  asin(x: number): number;
  atan(x: number): number;
  atan2(y: number, x: number): number;
  ceil(x: number): number;
  /** The last bits may differ from Node's: no decision may hang on them. */
  cos(x: number): number;
  /** The last bits may differ from Node's: no decision may hang on them. */
  exp(x: number): number;
  floor(x: number): number;
  /** The last bits may differ from Node's: no decision may hang on them. */
  log(x: number): number;
  max(a: number, b: number): number;
  min(a: number, b: number): number;
  /** The last bits differ from Node's where the exponent is not whole. */
  pow(base: number, exponent: number): number;
  /** Halves below zero round away from zero there (-2.5 gives -3), up in Node: `Math.floor(x + 1 / 2)` agrees. */
  round(x: number): number;
  sign(x: number): number;
  sin(x: number): number;
  /** The last bit may differ from Node's: no decision may hang on it. */
  sqrt(x: number): number;
  tan(x: number): number;
}
declare const Math: Math;

interface String {
  readonly length: number;
  readonly [index: number]: string;
  charAt(index: number): string;
  charCodeAt(index: number): number;
  concat(text: string): string;
  endsWith(text: string): boolean;
  includes(text: string): boolean;
  indexOf(text: string, from?: number): number;
  lastIndexOf(text: string): number;
  padEnd(length: number, fill?: string): string;
  padStart(length: number, fill?: string): string;
  repeat(count: number): string;
  replace(what: string | RegExp, by: string): string;
  slice(from: number, to?: number): string;
  split(by: string): string[];
  startsWith(text: string): boolean;
  substr(from: number, length?: number): string;
  substring(from: number, to?: number): string;
  toLowerCase(): string;
  toUpperCase(): string;
  trim(): string;
}
interface StringConstructor {
  /** Prints a number with about 11 digits there, with 17 in Node: whole numbers only, where it matters. */
  (value: unknown): string;
  /** Codes 0..255: strings are bytes there. */
  fromCharCode(...codes: number[]): string;
}
declare const String: StringConstructor;
/** Base64 of a string of bytes. */
declare function btoa(bytes: string): string;
interface TemplateStringsArray extends ReadonlyArray<string> {}

/** Flags g and i; no lookaround, named groups or sticky matching. */
interface RegExp {
  test(text: string): boolean;
  exec(text: string): string[] | null;
}

interface ArrayLike<T> {
  readonly length: number;
  readonly [index: number]: T;
}

interface ReadonlyArray<T> {
  readonly length: number;
  readonly [index: number]: T;
  concat(items: readonly T[]): T[];
  every(test: (value: T, index: number) => boolean): boolean;
  filter(test: (value: T, index: number) => boolean): T[];
  find(test: (value: T, index: number) => boolean): T | undefined;
  findIndex(test: (value: T, index: number) => boolean): number;
  forEach(visit: (value: T, index: number) => void): void;
  includes(value: T): boolean;
  indexOf(value: T): number;
  join(by?: string): string;
  map<U>(make: (value: T, index: number) => U): U[];
  reduce<U>(fold: (sum: U, value: T, index: number) => U, start: U): U;
  slice(from?: number, to?: number): T[];
  some(test: (value: T, index: number) => boolean): boolean;
}
interface Array<T> extends ReadonlyArray<T> {
  readonly length: number;
  [index: number]: T;
  fill(value: T, from?: number, to?: number): this;
  pop(): T | undefined;
  push(value: T): number;
  reverse(): T[];
  shift(): T | undefined;
  /** Not stable there. */
  sort(compare: (a: T, b: T) => number): this;
  splice(from: number, count: number, item?: T): T[];
  unshift(value: T): number;
}
interface ArrayConstructor {
  new <T>(length: number): T[];
  isArray(value: unknown): value is unknown[];
}
declare const Array: ArrayConstructor;

interface ArrayBuffer {
  readonly byteLength: number;
}
interface ArrayBufferConstructor {
  new (length: number): ArrayBuffer;
}
declare const ArrayBuffer: ArrayBufferConstructor;

interface TypedArray {
  readonly length: number;
  readonly byteLength: number;
  readonly byteOffset: number;
  readonly buffer: ArrayBuffer;
  [index: number]: number;
  fill(value: number, from?: number, to?: number): this;
  indexOf(value: number): number;
  set(values: ArrayLike<number>, offset?: number): void;
  sort(compare: (a: number, b: number) => number): this;
  subarray(from: number, to?: number): this;
}
interface TypedArrayConstructor<T extends TypedArray> {
  new (lengthOrValues: number | ArrayLike<number>): T;
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): T;
}
interface Int8Array extends TypedArray {}
interface Uint8Array extends TypedArray {}
interface Int16Array extends TypedArray {}
interface Uint16Array extends TypedArray {}
interface Int32Array extends TypedArray {}
interface Uint32Array extends TypedArray {}
interface Float32Array extends TypedArray {}
interface Float64Array extends TypedArray {}
declare const Int8Array: TypedArrayConstructor<Int8Array>;
declare const Uint8Array: TypedArrayConstructor<Uint8Array>;
declare const Int16Array: TypedArrayConstructor<Int16Array>;
declare const Uint16Array: TypedArrayConstructor<Uint16Array>;
declare const Int32Array: TypedArrayConstructor<Int32Array>;
declare const Uint32Array: TypedArrayConstructor<Uint32Array>;
declare const Float32Array: TypedArrayConstructor<Float32Array>;
declare const Float64Array: TypedArrayConstructor<Float64Array>;

/** Reads and writes past the end do not throw there. */
interface DataView {
  readonly byteLength: number;
  getUint8(offset: number): number;
  getInt16(offset: number, little: boolean): number;
  getUint16(offset: number, little: boolean): number;
  getInt32(offset: number, little: boolean): number;
  getUint32(offset: number, little: boolean): number;
  getFloat32(offset: number, little: boolean): number;
  getFloat64(offset: number, little: boolean): number;
  setUint8(offset: number, value: number): void;
  setInt16(offset: number, value: number, little: boolean): void;
  setUint16(offset: number, value: number, little: boolean): void;
  setInt32(offset: number, value: number, little: boolean): void;
  setUint32(offset: number, value: number, little: boolean): void;
  setFloat32(offset: number, value: number, little: boolean): void;
  setFloat64(offset: number, value: number, little: boolean): void;
}
interface DataViewConstructor {
  new (buffer: ArrayBuffer, byteOffset?: number, byteLength?: number): DataView;
}
declare const DataView: DataViewConstructor;

interface Error {
  message: string;
  stack?: string;
}
interface ErrorConstructor {
  new (message: string): Error;
}
declare const Error: ErrorConstructor;

interface JSON {
  parse(text: string): unknown;
  /** Fractions lose digits on the way: whole numbers only. */
  stringify(value: unknown): string;
}
declare const JSON: JSON;
