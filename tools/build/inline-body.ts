/** The body of a function as text and as a tree, for the build's inliner. Places in the tree are counted from the text's own beginning. */
import { type AnyNode, type FunctionDeclaration, parse } from 'acorn';
import { isFunction, isSpelling, walk } from '../dialect/walk.ts';

/** Text to be put in place of other text. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Names in the body of a function. */
export interface Scope {
  readonly declared: ReadonlySet<string>;
  readonly params: ReadonlySet<string>;
  /** Names that are assigned after their making. */
  readonly written: ReadonlySet<string>;
  /** Names that are used and neither declared nor parameters. */
  readonly free: ReadonlySet<string>;
  readonly hasFunction: boolean;
  readonly hasThis: boolean;
  readonly hasTry: boolean;
  /** A variable is made without a value. */
  readonly hasBare: boolean;
  /** A name is made twice: in two blocks it is two variables. */
  readonly hasTwice: boolean;
  /** Values with commas between them: they are no value by themselves. */
  readonly hasSequence: boolean;
}

export const HEAD = 'function f(){';

export function bodyNode(body: string): AnyNode {
  const program = parse(`${HEAD}${body}}`, { ecmaVersion: 2022, allowReturnOutsideFunction: true });
  const fn = program.body[0] as AnyNode;
  return (fn as FunctionDeclaration).body as AnyNode;
}

export function scopeOf(body: string, params: readonly string[]): Scope {
  const declared = new Set<string>();
  const written = new Set<string>();
  const used = new Set<string>();
  let [hasFunction, hasThis, hasTry, hasBare] = [false, false, false, false];
  let [hasTwice, hasSequence] = [false, false];
  walk(bodyNode(body), (node, parents) => {
    const parent = parents.at(-1);
    if (isFunction(node)) hasFunction = true;
    if (node.type === 'ThisExpression') hasThis = true;
    if (node.type === 'TryStatement') hasTry = true;
    if (node.type === 'SequenceExpression') hasSequence = true;
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') {
      if (declared.has(node.id.name) || params.includes(node.id.name)) hasTwice = true;
      declared.add(node.id.name);
      if (!node.init) hasBare = true;
    }
    if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') written.add(node.left.name);
    if (node.type === 'UpdateExpression' && node.argument.type === 'Identifier')
      written.add(node.argument.name);
    if (node.type === 'Identifier' && !isSpelling(node, parent)) {
      used.add(node.name);
      if (node.name === 'arguments') hasThis = true;
    }
  });
  const own = new Set(params);
  const free = new Set([...used].filter((n) => !declared.has(n) && !own.has(n)));
  return {
    declared,
    params: own,
    written,
    free,
    hasFunction,
    hasThis,
    hasTry,
    hasBare,
    hasTwice,
    hasSequence,
  };
}

/** The text of a node of the body. */
export function textOf(node: { start: number; end: number }, body: string): string {
  return body.slice(node.start - HEAD.length, node.end - HEAD.length);
}

/** The body with other names. */
export function rename(body: string, names: ReadonlyMap<string, string>): string {
  const edits: Replacement[] = [];
  walk(bodyNode(body), (node, parents) => {
    if (node.type !== 'Identifier') return;
    const parent = parents.at(-1);
    const own = names.get(node.name);
    if (own === undefined || (isSpelling(node, parent) && !isShorthand(parent))) return;
    const text = isShorthand(parent) ? `${node.name}:${own}` : own;
    const edit = { start: node.start - HEAD.length, end: node.end - HEAD.length, text };
    if (!edits.some((e) => e.start === edit.start)) edits.push(edit);
  });
  return apply(body, edits);
}

function isShorthand(parent: AnyNode | undefined): boolean {
  return parent?.type === 'Property' && parent.shorthand;
}

function apply(text: string, edits: readonly Replacement[]): string {
  let out = '';
  let at = 0;
  for (const e of [...edits].sort((a, b) => a.start - b.start)) {
    out += text.slice(at, e.start) + e.text;
    at = e.end;
  }
  return out + text.slice(at);
}
