/** One place in device code that the interpreter cannot run, or runs differently from Node. */
export interface Finding {
  rule: RuleId;
  /** 1-based line and 0-based column in the text that was checked. */
  line: number;
  column: number;
  /** The offending words. */
  what: string;
}

export interface Rule {
  /** What the interpreter does with it. */
  there: string;
  /** What to write instead. */
  instead: string;
}

const syntaxError = 'a SyntaxError there';

/** Every rule of the device dialect. Shown to fail or differ by `test/device/dialect/`. */
export const RULES = {
  'default-parameter': { there: syntaxError, instead: 'pass the value, or test for undefined in the body' },
  rest: { there: syntaxError, instead: 'take an array as the argument' },
  spread: { there: syntaxError, instead: 'concat, Object.assign or apply' },
  destructuring: { there: syntaxError, instead: 'name the fields one by one' },
  'optional-chaining': { there: syntaxError, instead: 'test for undefined or null first' },
  exponent: { there: syntaxError, instead: 'multiply, or Math.pow' },
  'logical-assignment': { there: syntaxError, instead: 'an if, or a = a ?? b' },
  label: { there: syntaxError, instead: 'a function of its own, left with return' },
  generator: { there: syntaxError, instead: 'a state record and a step function' },
  async: { there: syntaxError, instead: 'a callback or a state machine stepped by the tick' },
  'tagged-template': { there: 'not a call of the tag', instead: 'call the function with plain arguments' },
  'computed-key': { there: syntaxError, instead: 'make the object, then o[key] = value' },
  'private-name': { there: syntaxError, instead: "TypeScript's private, or an unexported function" },
  'named-class-expression': { there: 'its name is not bound inside', instead: 'a class declaration' },
  'static-member': { there: 'evaluated wrongly or a SyntaxError', instead: 'a constant beside the class' },
  'class-field': {
    there: 'evaluated once, at the definition, with a wrong this',
    instead: 'set it in the constructor',
  },
  'derived-constructor': {
    there: 'in a longer chain a constructor runs twice',
    instead: 'write the constructor out',
  },
  'extends-expression': {
    there: 'not found or no super outside of class',
    instead: 'extend a class of ours by its name',
  },
  'super-chain': {
    there: 'endless recursion, not catchable',
    instead: 'one level, or a plain function both call',
  },
  'super-in-arrow': { there: 'super is unknown there', instead: 'call super in the method itself' },
  'new-target': { there: syntaxError, instead: 'pass what you need to know' },
  'case-after-default': { there: syntaxError, instead: 'put default last' },
  'loop-capture': {
    there: 'every closure sees the last value',
    instead: 'copy it with const inside the body first',
  },
  'for-in': { there: 'visits the methods of the class too', instead: 'for (const key of Object.keys(o))' },
  'arguments-in-arrow': { there: "the arrow's own arguments", instead: 'named parameters' },
  'name-of': { there: syntaxError, instead: 'another name' },
  'return-newline': {
    there: 'returns what the next line says',
    instead: 'put it on one line, or end with ;',
  },
  'use-before-define': {
    there: 'no hoisting: a ReferenceError or undefined',
    instead: 'move the definition up',
  },
  'var-outside-block': { there: 'unknown unless the block ran', instead: 'declare it before the block' },
  'missing-builtin': { there: 'does not exist there', instead: 'what tools/device-lib/lib.d.ts lists' },
  'differing-builtin': {
    there: 'gives another result there',
    instead: 'whole numbers; text is made off the board',
  },
  'prototype-method': { there: 'reads as undefined', instead: 'call the method on the value' },
  'length-assignment': { there: 'throws', instead: 'keep a count, or make a new array' },
  'stringify-options': {
    there: 'the replacer is ignored',
    instead: 'stringify an object that holds only what is meant',
  },
  regexp: {
    there: 'lookaround never matches; named groups and flags but g and i fail',
    instead: 'plain string methods',
  },
  'code-point-escape': { there: syntaxError, instead: '\\x.. with one byte' },
  bigint: { there: syntaxError, instead: 'numbers, exact up to 2^53' },
  'decimal-literal': {
    there: 'parsed up to a few last places off',
    instead: 'a quotient of whole numbers, 95 / 100',
  },
  'word-property': {
    there: 'a slash after it begins a regular expression: o.in/2/x',
    instead: 'another name for the property',
  },
  'large-literal': { there: 'parsed inexactly above 2^53', instead: 'a product of smaller whole numbers' },
  'non-ascii': { there: 'strings are bytes', instead: 'plain ASCII, in comments too' },
  'import-cycle': {
    there: 'a constant read too early is undefined',
    instead: 'move what both need to a third file',
  },
  'not-javascript': { there: 'cannot be parsed', instead: 'valid JavaScript' },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;

/** `file:line:column: [rule] what: what happens there; write instead`. */
export function explain(file: string, finding: Finding): string {
  const rule: Rule = RULES[finding.rule];
  const place = `${file}:${finding.line}:${finding.column + 1}`;
  return `${place}: [${finding.rule}] \`${finding.what}\`: ${rule.there}; write instead: ${rule.instead}`;
}
