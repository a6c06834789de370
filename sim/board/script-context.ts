/** A scope for the program with what the interpreter has, and without what it lacks. It keeps out accidents, not attacks. */
import { createContext, runInContext } from 'node:vm';
import type { BoardCost } from './cost/board-cost.ts';

/** Built-ins that the interpreter does not have; taken away so that code which needs one fails here too. */
const ABSENT = `
for (const k of ['Map','Set','WeakMap','WeakSet','WeakRef','FinalizationRegistry','Symbol','Proxy','Reflect','BigInt','BigInt64Array',
  'BigUint64Array','Intl','Atomics','SharedArrayBuffer','WebAssembly','Iterator','escape','unescape']) delete globalThis[k];
const drop = (o, names) => names.forEach((n) => delete o[n]);
drop(Object, ['freeze','seal','isFrozen','isSealed','preventExtensions','isExtensible','hasOwn','is','groupBy','getOwnPropertySymbols']);
drop(Array, ['from','of','fromAsync']);
drop(Array.prototype, ['at','copyWithin','findLast','findLastIndex','lastIndexOf','keys','entries','values','flat','flatMap','reduceRight',
  'toReversed','toSorted','toSpliced','with']);
drop(String.prototype, ['at','codePointAt','localeCompare','matchAll','normalize','search','trimStart','trimEnd']);
drop(Math, ['hypot','trunc','log2','log10','log1p','expm1','cbrt','fround','imul','clz32','sinh','cosh','tanh','asinh','acosh','atanh']);
drop(Number, ['isFinite','isInteger','isNaN','isSafeInteger','parseFloat','parseInt','EPSILON','MAX_SAFE_INTEGER','MIN_SAFE_INTEGER']);
drop(Number.prototype, ['toPrecision','toExponential','toLocaleString']);
`;

/** A global scope of its own, as after a boot: the interpreter's names, and none of Node's. */
export class ScriptContext {
  readonly scope: Record<string, unknown>;

  /** `cost`: what the program evaluates counts what it costs. */
  constructor(globals: Record<string, unknown>, cost?: BoardCost) {
    this.scope = { ...globals };
    createContext(this.scope);
    runInContext(`{${ABSENT}}`, this.scope);
    runInContext('var global = globalThis;', this.scope);
    if (cost !== undefined)
      this.scope['eval'] = (code: string) => cost.evaluate(code, (text) => this.run(text, 'image'));
  }

  /** Evaluate at root scope. */
  run(code: string, name: string): unknown {
    return runInContext(code, this.scope, { filename: name });
  }

  /** A global by name. */
  get(name: string): unknown {
    return this.scope[name];
  }
}
