/**
 * An image that counts what it costs: the same program, with a number added wherever control may go one way or another. What runs costs
 * by the tokens it has, what is passed over by its letters (`weights.ts`). It must not change what the program does.
 */
import { type AnyNode, type Function as FunctionNode, parse } from 'acorn';
import { childrenOf, isFunction, isSpelling } from '../../../tools/dialect/walk.ts';
import { WEIGHTS as W } from './weights.ts';

/** Where a price is paid: put before and after a piece of text. */
interface Edit {
  readonly at: number;
  readonly text: string;
  /** Edits at one place: those of the outer piece first where a piece begins, last where it ends. */
  readonly order: number;
}

/** Text that always runs as a whole, once control has come to it. */
interface Stretch {
  cost: number;
}

/** `code`, one expression, as a function of the counter: `counter[0]` grows by thousands of instructions. */
export function countingCode(code: string): string {
  const edits = new Pricing(code).edits();
  let out = '';
  let at = 0;
  for (const e of edits) {
    out += code.slice(at, e.at) + e.text;
    at = e.at;
  }
  return `(function($cost){return ${out}${code.slice(at)}\n})`;
}

/** Goes through the program once and finds the price of each stretch of it. */
class Pricing {
  readonly #code: string;
  readonly #edits: { at: number; text: () => string; order: number }[] = [];
  readonly #places = new Map<string, number>();
  /** Names of the functions around, the image itself left out. */
  readonly #locals: Set<string>[] = [];
  #end = 0;
  #depth = 1;

  constructor(code: string) {
    this.#code = code;
  }

  edits(): Edit[] {
    const program = parse(this.#code, { ecmaVersion: 2022 }) as AnyNode;
    const names = scopeNames(program);
    for (const [i, name] of names.entries()) this.#places.set(name, i);
    this.#visit(program, { cost: 0 }, undefined);
    return this.#edits
      .map((e) => ({ at: e.at, text: e.text(), order: e.order }))
      .sort((a, b) => a.at - b.at || a.order - b.order);
  }

  #skip(node: { start: number; end: number } | null | undefined): number {
    return node ? (node.end - node.start) * W.skippedLetter : 0;
  }

  /** Pays `stretch` where a statement begins, in braces of its own. */
  #statement(node: AnyNode, stretch: Stretch): void {
    const depth = this.#depth++;
    this.#edits.push({ at: node.start, text: () => `{${pay(stretch)};`, order: depth });
    this.#edits.push({ at: node.end, text: () => '}', order: -depth });
  }

  #expression(node: AnyNode, stretch: Stretch): void {
    const depth = this.#depth++;
    this.#edits.push({ at: node.start, text: () => `(${pay(stretch)},`, order: depth });
    this.#edits.push({ at: node.end, text: () => ')', order: -depth });
  }

  #visit(node: AnyNode, into: Stretch, parent: AnyNode | undefined): void {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#function(node, into);
        return;
      case 'IfStatement': {
        const depth = this.#depth++;
        this.#visit(node.test, into, node);
        this.#branch(node.consequent, this.#skip(node.alternate));
        if (node.alternate) this.#branch(node.alternate, this.#skip(node.consequent));
        else {
          const skipped = this.#skip(node.consequent);
          this.#edits.push({ at: node.end, text: () => `else{${pay({ cost: skipped })}}`, order: -depth });
        }
        into.cost += 2 * W.token;
        return;
      }
      case 'ConditionalExpression':
        this.#visit(node.test, into, node);
        this.#choice(node.consequent, this.#skip(node.alternate), node);
        this.#choice(node.alternate, this.#skip(node.consequent), node);
        into.cost += 2 * W.token;
        return;
      case 'LogicalExpression': {
        this.#visit(node.left, into, node);
        const skipped = this.#skip(node.right);
        into.cost += skipped + W.token;
        this.#choice(node.right, -skipped, node);
        return;
      }
      case 'ForStatement':
        if (node.init) this.#visit(node.init, into, node);
        this.#loop(node.body, [node.test, node.update], into);
        return;
      case 'WhileStatement':
      case 'DoWhileStatement':
        this.#loop(node.body, [node.test], into);
        return;
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#visit(node.right, into, node);
        this.#loop(node.body, [], into);
        return;
      case 'SwitchStatement':
        this.#visit(node.discriminant, into, node);
        into.cost += this.#skip(node);
        for (const c of node.cases) {
          const stretch: Stretch = { cost: 0 };
          const first = c.consequent[0];
          if (first)
            this.#edits.push({ at: first.start, text: () => `${pay(stretch)};`, order: this.#depth++ });
          for (const s of c.consequent) this.#visit(s, stretch, c);
        }
        return;
      case 'ReturnStatement':
        into.cost += Math.max(0, this.#end - node.end) * W.skippedLetter;
        break;
      default:
    }
    into.cost += this.#own(node, parent);
    for (const child of childrenOf(node)) this.#visit(child, into, node);
  }

  #function(node: FunctionNode, into: Stretch): void {
    into.cost += this.#skip(node) + W.token + W.made;
    const stretch: Stretch = { cost: 0 };
    const end = this.#end;
    this.#end = node.end;
    this.#locals.push(localNames(node));
    const body = node.body as AnyNode;
    if (body.type === 'BlockStatement') {
      this.#edits.push({ at: body.start + 1, text: () => `${pay(stretch)};`, order: this.#depth++ });
      for (const s of body.body) this.#visit(s, stretch, body);
    } else {
      this.#expression(body, stretch);
      this.#visit(body, stretch, node as AnyNode);
    }
    this.#locals.pop();
    this.#end = end;
  }

  #branch(node: AnyNode, extra: number): void {
    const stretch: Stretch = { cost: extra };
    this.#statement(node, stretch);
    this.#visit(node, stretch, undefined);
  }

  #choice(node: AnyNode, extra: number, parent: AnyNode): void {
    const stretch: Stretch = { cost: extra };
    this.#expression(node, stretch);
    this.#visit(node, stretch, parent);
  }

  /** Each round pays its test and its step too; the first test is paid before it. */
  #loop(body: AnyNode, each: readonly (AnyNode | null | undefined)[], into: Stretch): void {
    const stretch: Stretch = { cost: 4 * W.token };
    this.#statement(body, stretch);
    this.#visit(body, stretch, undefined);
    for (const part of each) {
      if (!part) continue;
      const before = stretch.cost;
      this.#visit(part, stretch, undefined);
      into.cost += stretch.cost - before;
    }
    into.cost += 4 * W.token;
  }

  /** What a node itself costs, its children left out. */
  #own(node: AnyNode, parent: AnyNode | undefined): number {
    switch (node.type) {
      case 'Identifier':
        if (parent !== undefined && isSpelling(node, parent)) return this.#word(node);
        return this.#word(node) + this.#placeOf(node.name) * W.nameBefore;
      case 'Literal':
        return this.#word(node);
      case 'CallExpression':
      case 'NewExpression':
        return 2 * W.token + W.call + node.arguments.length * (W.argument + W.token);
      case 'AssignmentExpression':
      case 'UpdateExpression':
        return W.token + W.write;
      case 'VariableDeclarator':
        return W.token + W.write;
      case 'BinaryExpression':
        return W.token + W.operation;
      case 'MemberExpression':
        return W.token + (node.computed ? W.token + W.index : 0);
      case 'Property':
        return W.token + W.made;
      case 'ArrayExpression':
        return 2 * W.token + node.elements.length * W.made;
      case 'ExpressionStatement':
        return W.token;
      default:
        return W.token;
    }
  }

  /** How many names of the image are looked at before this one is found. */
  #placeOf(name: string): number {
    for (let i = 1; i < this.#locals.length; i++) if (this.#locals[i]?.has(name)) return 0;
    return this.#places.get(name) ?? 0;
  }

  #word(node: { start: number; end: number }): number {
    return W.token + (node.end - node.start - 1) * W.letter;
  }
}

function pay(stretch: Stretch): string {
  return `$cost[0]+=${stretch.cost.toFixed(2)}`;
}

/** Parameters and variables of a function, those of functions in it left out. */
function localNames(fn: FunctionNode): Set<string> {
  const names = new Set<string>();
  const add = (node: AnyNode): void => {
    if (node !== fn && isFunction(node)) {
      if (node.type === 'FunctionDeclaration' && node.id) names.add(node.id.name);
      return;
    }
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') names.add(node.id.name);
    if (node.type === 'CatchClause' && node.param?.type === 'Identifier') names.add(node.param.name);
    for (const child of childrenOf(node)) add(child);
  };
  for (const p of fn.params) if (p.type === 'Identifier') names.add(p.name);
  add(fn.body as AnyNode);
  return names;
}

/** Names of the outermost function, in the order of their making. */
function scopeNames(program: AnyNode): string[] {
  const names: string[] = [];
  const body = outermost(program);
  for (const s of body) {
    if (s.type === 'FunctionDeclaration' && s.id) names.push(s.id.name);
    if (s.type === 'VariableDeclaration')
      for (const d of s.declarations) if (d.id.type === 'Identifier') names.push(d.id.name);
  }
  return [...new Set(names)];
}

function outermost(node: AnyNode): AnyNode[] {
  if (node.type === 'FunctionExpression' && node.body.type === 'BlockStatement')
    return node.body.body as AnyNode[];
  for (const child of childrenOf(node)) {
    const found = outermost(child);
    if (found.length > 0) return found;
  }
  return [];
}
