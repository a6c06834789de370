/**
 * Built-ins that the interpreter lacks or has otherwise. The lists are facts about the interpreter, with tests that ask
 * it.
 */
import type { AnyNode, MemberExpression } from 'acorn';
import type { RuleId } from './finding.ts';

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Global names that do not exist in the interpreter. */
const MISSING_GLOBALS = words(`
  Map Set WeakMap WeakSet WeakRef Symbol BigInt Proxy Reflect Intl Atomics RangeError URIError EvalError
  AggregateError BigInt64Array BigUint64Array structuredClone queueMicrotask setImmediate clearImmediate
  TextEncoder TextDecoder encodeURI decodeURI escape unescape
`);

/** Global names that exist but do not behave as in Node: their errors are not `instanceof Error`. */
const DIFFERING_GLOBALS = words('TypeError SyntaxError ReferenceError');

const TYPED_STATICS = words('from of BYTES_PER_ELEMENT');

/** Static members that do not exist, by the object's name. */
const MISSING_STATICS: { [object: string]: ReadonlySet<string> } = {
  Object: words(
    'freeze seal is isFrozen isSealed hasOwn preventExtensions isExtensible groupBy getOwnPropertySymbols',
  ),
  Math: words(
    'hypot trunc log2 log10 log1p cbrt fround imul clz32 sinh cosh tanh asinh acosh atanh expm1 f16round',
  ),
  Number: words(
    'isFinite isInteger isNaN isSafeInteger parseFloat parseInt EPSILON MAX_SAFE_INTEGER MIN_SAFE_INTEGER',
  ),
  Array: words('from of fromAsync'),
  String: words('raw fromCodePoint'),
  Date: words('UTC'),
  Promise: words('race allSettled any withResolvers'),
  ArrayBuffer: words('isView'),
};

/** Methods that do not exist on any built-in value. */
const MISSING_METHODS = words(`
  at copyWithin findLast findLastIndex flat flatMap reduceRight toSorted toSpliced toReversed with
  codePointAt localeCompare matchAll normalize search trimStart trimEnd toLocaleLowerCase toLocaleUpperCase
  toPrecision toExponential toLocaleString isPrototypeOf propertyIsEnumerable finally keys entries values
`);

/** Methods that give other results than in Node. */
const DIFFERING_METHODS = words('toFixed');

const BUILT_INS =
  /^(Object|Array|String|Number|Boolean|Function|Date|RegExp|Promise|Error|\w+Array|ArrayBuffer)$/;

export function checkGlobal(name: string): RuleId[] {
  if (MISSING_GLOBALS.has(name)) return ['missing-builtin'];
  return DIFFERING_GLOBALS.has(name) ? ['differing-builtin'] : [];
}

export function checkMember(node: MemberExpression, parent: AnyNode | undefined): RuleId[] {
  if (node.computed || node.property.type !== 'Identifier') return [];
  const member = node.property.name;
  const isCall = parent?.type === 'CallExpression' && parent.callee === node;
  if (
    node.object.type === 'Identifier' &&
    (BUILT_INS.test(node.object.name) || node.object.name === 'Math')
  ) {
    const owner = node.object.name;
    if (member === 'prototype') return ['prototype-method'];
    const typed = owner !== 'Array' && owner.endsWith('Array');
    const missing = typed ? TYPED_STATICS : MISSING_STATICS[owner];
    return missing?.has(member) ? ['missing-builtin'] : [];
  }
  if (!isCall) return [];
  if (MISSING_METHODS.has(member)) return ['missing-builtin'];
  if (DIFFERING_METHODS.has(member)) return ['differing-builtin'];
  const isStringify =
    node.object.type === 'Identifier' && node.object.name === 'JSON' && member === 'stringify';
  return isStringify && parent.arguments.length > 1 ? ['stringify-options'] : [];
}
