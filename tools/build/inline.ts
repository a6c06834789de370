/**
 * Puts the bodies of small functions where they are called. The interpreter has no bytecode: a call looks up the name, makes a scope,
 * copies each argument into a new variable and jumps in the text, 3 to 11 thousand instructions on the board. Only the calls of a list
 * that was counted (`inline-calls.json`), and only shapes that mean the same inside: `refusalOf` says which do not. It must never change
 * what the program does: test/tools/inline.test.ts runs both side by side.
 */
import { type AnyNode, type FunctionDeclaration, parse } from 'acorn';
import { childrenOf, isFunction, isSpelling, walk } from '../dialect/walk.ts';
import { bodyNode, HEAD, type Replacement, rename, type Scope, scopeOf, textOf } from './inline-body.ts';
import { returned } from './inline-returns.ts';

/** Calls that may be written out: `caller > callee`, names of the bundle. */
export type CallName = string;

/** A function of the program's own scope. */
interface Fn {
  readonly name: string;
  /** Of its body in the program's text, braces included. */
  readonly start: number;
  readonly end: number;
  readonly params: readonly string[];
  /** What stands between the braces, calls in it written out already. */
  body: string;
  done: boolean;
}

/** `code`: the bundle, one function called at once. What to put in place of which bodies, in the order of the text. */
export function inlineCalls(code: string, calls: readonly CallName[]): Replacement[] {
  return new Inliner(code, calls).replacements();
}

class Inliner {
  readonly #fns = new Map<string, Fn>();
  /** What each function is to have written out, by name. */
  readonly #wanted = new Map<string, Set<string>>();
  readonly #code: string;
  /** The program has names like the ones that are made here. */
  readonly #hasSuch: boolean;
  #unique = 0;

  constructor(code: string, calls: readonly CallName[]) {
    this.#code = code;
    this.#hasSuch = /\$i\d/.test(code);
    for (const call of calls) this.#want(call);
    for (const fn of functionsOf(code)) {
      const name = fn.id.name;
      const { start, end } = fn.body;
      this.#fns.set(name, {
        name,
        start,
        end,
        params: fn.params.map((p) => (p.type === 'Identifier' ? p.name : '')),
        body: code.slice(start + 1, end - 1),
        done: false,
      });
    }
  }

  #want(call: CallName): void {
    const [caller = '', callee = ''] = call.split(' > ');
    const callees = this.#wanted.get(caller) ?? new Set();
    this.#wanted.set(caller, callees.add(callee));
  }

  #wants(fn: Fn, callee: string): boolean {
    return this.#wanted.get(fn.name)?.has(callee) === true;
  }

  replacements(): Replacement[] {
    const out: Replacement[] = [];
    for (const fn of this.#fns.values()) {
      this.#write(fn, []);
      // one that was written out in another before has changed by then
      if (fn.body !== this.#code.slice(fn.start + 1, fn.end - 1))
        out.push({ start: fn.start + 1, end: fn.end - 1, text: fn.body });
    }
    return out.sort((a, b) => a.start - b.start);
  }

  /** Writes out the calls in `fn`, those in what it calls first. `above`: who asks for it, against circles. */
  #write(fn: Fn, above: readonly Fn[]): void {
    if (fn.done || above.includes(fn)) return;
    const callees = [...this.#fns.values()].filter((callee) => callee !== fn && this.#wants(fn, callee.name));
    for (const callee of callees) this.#write(callee, [...above, fn]);
    fn.done = true;
    if (callees.length === 0) return;
    // one call after the other: each changes the text that the next is found in; what a call has become is not looked at again
    for (let from = 0; ; ) {
      const found = this.#nextCall(fn, from);
      if (found === undefined) return;
      const text = this.#writtenOut(fn, found);
      if (text !== undefined)
        fn.body = fn.body.slice(0, found.statement.start) + text + fn.body.slice(found.statement.end);
      from = found.statement.start + (text?.length ?? 1);
    }
  }

  /** The next statement that is a call to be written out, in the text of the body from `from` on. */
  #nextCall(fn: Fn, from: number): Found | undefined {
    const shift = HEAD.length;
    let found: Found | undefined;
    const root = bodyNode(fn.body);
    walk(root, (node, parents) => {
      if (found !== undefined || node.start - shift < from || parents.some((p) => isFunction(p))) return;
      const call = callOf(node);
      if (call === undefined || call.callee.type !== 'Identifier') return;
      const callee = this.#fns.get(call.callee.name);
      if (callee === undefined || !this.#wants(fn, callee.name)) return;
      found = {
        statement: { start: node.start - shift, end: node.end - shift },
        kind: node.type,
        target: targetOf(node),
        args: call.arguments.map((a) => ({
          text: fn.body.slice(a.start - shift, a.end - shift),
          node: a as AnyNode,
        })),
        callee,
        place: placeOf(node, parents.at(-1)),
      };
    });
    return found;
  }

  #writtenOut(fn: Fn, found: Found): string | undefined {
    const { callee } = found;
    if (!callee.done || found.place === 'elsewhere') return undefined;
    const caller = scopeOf(fn.body, fn.params);
    const inside = scopeOf(callee.body, callee.params);
    if (refusalOf(callee, inside, caller, found) !== undefined) return undefined;
    if (found.kind === 'CallExpression') return inExpression(callee, inside, caller, found);
    const names = new Map<string, string>();
    let head = '';
    callee.params.forEach((param, i) => {
      const arg = found.args[i];
      if (arg !== undefined && isStable(arg.node, caller) && !inside.written.has(param)) {
        names.set(param, arg.text);
        return;
      }
      const own = this.#fresh(param);
      names.set(param, own);
      head += `${inside.written.has(param) ? 'let' : 'const'} ${own}=${arg?.text ?? 'undefined'};`;
    });
    for (const local of inside.declared) names.set(local, this.#fresh(local));
    const renamed = rename(callee.body, names);
    const text = returned(renamed, found.target);
    if (text === undefined) return undefined;
    return found.place === 'branch' ? `{${head}${text}}` : head + text;
  }

  #fresh(name: string): string {
    for (;;) {
      const own = `${name.replace(/\$.*$/, '')}$i${this.#unique++}`;
      if (!this.#hasSuch || !this.#code.includes(own)) return own;
    }
  }
}

/** In a list of statements, alone in a branch, part of an expression, or where nothing can be written out. */
type Place = 'list' | 'branch' | 'expression' | 'elsewhere';

interface Found {
  /** In the text of the caller's body. */
  readonly statement: { readonly start: number; readonly end: number };
  readonly kind: string;
  /** Text before the value: `const x=`, `return `; '' for a call whose value nobody takes. */
  readonly target: string;
  readonly args: readonly { readonly text: string; readonly node: AnyNode }[];
  readonly callee: Fn;
  readonly place: Place;
}

function functionsOf(code: string): (FunctionDeclaration & { id: { name: string; start: number } })[] {
  const found: (FunctionDeclaration & { id: { name: string; start: number } })[] = [];
  walk(parse(code, { ecmaVersion: 2022 }) as AnyNode, (node, parents) => {
    const depth = parents.filter((p) => isFunction(p)).length;
    if (node.type === 'FunctionDeclaration' && depth === 1 && node.id && !node.async && !node.generator)
      found.push(node as FunctionDeclaration & { id: { name: string; start: number } });
  });
  return found;
}

/** The call that can be written out: `f(x);`, `const y=f(x);`, `y=f(x);`, `return f(x);`, and one inside of an expression. */
function callOf(node: AnyNode): (AnyNode & { callee: AnyNode; arguments: AnyNode[] }) | undefined {
  let value: unknown;
  if (node.type === 'CallExpression') value = node;
  else if (node.type === 'ExpressionStatement') {
    const e = node.expression as AnyNode;
    value =
      e.type === 'AssignmentExpression' && e.operator === '=' && e.left.type === 'Identifier' ? e.right : e;
  } else if (node.type === 'ReturnStatement') value = node.argument;
  else if (node.type === 'VariableDeclaration' && node.declarations.length === 1)
    value = node.declarations[0]?.id.type === 'Identifier' ? node.declarations[0].init : undefined;
  const call = value as AnyNode | null | undefined;
  if (call?.type !== 'CallExpression' || call.optional) return undefined;
  return call as unknown as AnyNode & { callee: AnyNode; arguments: AnyNode[] };
}

function targetOf(node: AnyNode): string {
  if (node.type === 'ReturnStatement') return 'return ';
  if (node.type === 'VariableDeclaration') {
    const id = node.declarations[0]?.id;
    return `${node.kind} ${id?.type === 'Identifier' ? id.name : ''}=`;
  }
  const e = node.type === 'ExpressionStatement' ? (node.expression as AnyNode) : undefined;
  return e?.type === 'AssignmentExpression' && e.left.type === 'Identifier' ? `${e.left.name}=` : '';
}

function placeOf(node: AnyNode, parent: AnyNode | undefined): Place {
  if (node.type === 'CallExpression') return 'expression';
  if (parent?.type === 'BlockStatement') return 'list';
  return parent?.type === 'IfStatement' && node.type !== 'VariableDeclaration' ? 'branch' : 'elsewhere';
}

/** A body that is one value, in brackets in place of the call; undefined where an argument would be read twice or at another time. */
function inExpression(callee: Fn, inside: Scope, caller: Scope, found: Found): string | undefined {
  const list = (bodyNode(callee.body) as AnyNode & { body: AnyNode[] }).body;
  const only = list[0];
  if (list.length !== 1 || only?.type !== 'ReturnStatement' || !only.argument) return undefined;
  const value = only.argument as AnyNode;
  const names = new Map<string, string>();
  for (const [i, param] of callee.params.entries()) {
    const arg = found.args[i];
    if (arg === undefined || inside.written.has(param)) return undefined;
    const movable = isReading(arg.node) && isReading(value) && uses(value, param) <= 1;
    if (!isStable(arg.node, caller) && !movable) return undefined;
    names.set(
      param,
      arg.node.type === 'Identifier' || arg.node.type === 'Literal' ? arg.text : `(${arg.text})`,
    );
  }
  const text = rename(callee.body, names);
  const renamed = (bodyNode(text) as AnyNode & { body: AnyNode[] }).body[0] as AnyNode;
  return renamed.type === 'ReturnStatement' && renamed.argument
    ? `(${textOf(renamed.argument as AnyNode, text)})`
    : undefined;
}

/** It changes nothing and calls nothing, so it may be read a little later. */
function isReading(node: AnyNode): boolean {
  const types =
    /^(Identifier|Literal|MemberExpression|BinaryExpression|LogicalExpression|ConditionalExpression|UnaryExpression)$/;
  return types.test(node.type) && childrenOf(node).every(isReading);
}

function uses(node: AnyNode, name: string): number {
  let n = 0;
  walk(node, (x, parents) => {
    if (x.type === 'Identifier' && x.name === name && !isSpelling(x, parents.at(-1))) n++;
  });
  return n;
}

/** A value that is the same wherever it is read inside the call. */
function isStable(node: AnyNode, caller: Scope): boolean {
  if (node.type === 'Literal') return typeof node.value === 'number' || typeof node.value === 'boolean';
  if (node.type !== 'Identifier') return false;
  const own = caller.declared.has(node.name) || caller.params.has(node.name);
  return own && !caller.written.has(node.name);
}

/** Why this call stays a call; undefined = it can be written out. */
function refusalOf(callee: Fn, inside: Scope, caller: Scope, found: Found): string | undefined {
  if (callee.params.includes('')) return 'a parameter is a pattern';
  if (found.args.some((a) => a.node.type === 'SpreadElement')) return 'spread';
  if (found.args.length > callee.params.length) return 'more arguments than parameters';
  if (inside.hasFunction) return 'a function in it would see other variables';
  if (inside.hasThis) return 'this or arguments';
  if (inside.hasTry) return 'a try would take a return with it';
  if (inside.hasBare) return 'a variable without a value would keep the one of the round before';
  if (inside.hasTwice) return 'a variable of one block would become that of another';
  if (inside.hasSequence || found.args.some((a) => a.node.type === 'SequenceExpression'))
    return 'of values with commas only the first would be taken';
  for (const name of inside.free)
    if (caller.declared.has(name) || caller.params.has(name)) return `${name} means something else there`;
  return undefined;
}
