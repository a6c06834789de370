/** Which declaration a name means. */
import type { AnyNode, Identifier, Pattern } from 'acorn';
import { childrenOf, isFunction, isSpelling } from './walk.ts';

/** A declared name. */
export interface Binding {
  kind: 'var' | 'let' | 'const' | 'function' | 'class' | 'param' | 'import';
  /** Where the name begins to exist. */
  from: number;
  /** The innermost block around the declaration; a `var` is known beyond it in JavaScript, not always there. */
  block: Scope;
  /** True for `let` and `const` in the head of a loop. */
  loopHead: boolean;
}

export interface Scope {
  node: AnyNode;
  parent: Scope | undefined;
  names: Map<string, Binding>;
}

/** A use of a name, with the scope it stands in and the declaration it means (undefined: a global). */
export interface Use {
  node: Identifier;
  scope: Scope;
  binding: Binding | undefined;
}

/** The scope of the function (or program) whose execution runs code in `scope`; a function called where it stands is part of its surroundings. */
export function runner(scope: Scope): Scope {
  let s = scope;
  while (s.parent !== undefined && !(isFunction(s.node) && !calledInPlace.has(s.node))) s = s.parent;
  return s;
}

const calledInPlace = new WeakSet<AnyNode>();

/** True when `inner` is `outer` or lies within it. */
export function within(inner: Scope, outer: Scope): boolean {
  for (let s: Scope | undefined = inner; s !== undefined; s = s.parent) if (s === outer) return true;
  return false;
}

/** Finds every declaration first, then every use: so that a use before its declaration is recognised as such. */
export function usesOf(program: AnyNode): Use[] {
  const scopes = new Map<AnyNode, Scope>();
  declareAll(program, scopes);
  const uses: Use[] = [];
  collect(program, undefined, undefined, scopes, uses);
  return uses;
}

const OPENS_SCOPE =
  /^(Program|BlockStatement|For\w*Statement|SwitchStatement|CatchClause|ClassExpression|StaticBlock)$/;

function declareAll(program: AnyNode, scopes: Map<AnyNode, Scope>): void {
  function go(node: AnyNode, outer: Scope | undefined): void {
    let scope = outer;
    if (scope !== undefined) declare(node, scope);
    if (isFunction(node) || OPENS_SCOPE.test(node.type)) {
      scope = { node, parent: outer, names: new Map() };
      scopes.set(node, scope);
      declareOwn(node, scope);
    }
    if (node.type === 'CallExpression' && isFunction(node.callee)) calledInPlace.add(node.callee);
    for (const child of childrenOf(node)) go(child, scope);
  }
  go(program, undefined);
}

/** Names that a statement declares in the scope around it. */
function declare(node: AnyNode, scope: Scope): void {
  if (node.type === 'VariableDeclaration') {
    const loopHead = node.kind !== 'var' && /^For\w*Statement$/.test(scope.node.type);
    const target = node.kind === 'var' ? functionScope(scope) : scope;
    for (const declarator of node.declarations) {
      const kind = node.kind as Binding['kind'];
      for (const id of namesIn(declarator.id))
        add(target, id, { kind, from: id.start, block: scope, loopHead });
    }
  } else if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id) {
    const kind = node.type === 'ClassDeclaration' ? 'class' : 'function';
    add(scope, node.id, { kind, from: node.start, block: scope, loopHead: false });
  } else if (/^Import\w*Specifier$/.test(node.type) && 'local' in node) {
    add(scope, node.local as Identifier, { kind: 'import', from: 0, block: scope, loopHead: false });
  }
}

/** Names that a function or catch clause declares inside itself. */
function declareOwn(node: AnyNode, scope: Scope): void {
  const param = { kind: 'param', from: node.start, block: scope, loopHead: false } as const;
  if ('params' in node) for (const p of node.params) for (const id of namesIn(p)) add(scope, id, param);
  if (node.type === 'CatchClause' && node.param) for (const id of namesIn(node.param)) add(scope, id, param);
  if ((node.type === 'FunctionExpression' || node.type === 'ClassExpression') && node.id)
    add(scope, node.id, param);
}

function add(scope: Scope, id: Identifier, binding: Binding): void {
  if (!scope.names.has(id.name)) scope.names.set(id.name, binding);
}

function functionScope(scope: Scope): Scope {
  let s = scope;
  while (s.parent !== undefined && !isFunction(s.node)) s = s.parent;
  return s;
}

function namesIn(pattern: Pattern): Identifier[] {
  if (pattern.type === 'Identifier') return [pattern];
  if (pattern.type === 'MemberExpression') return [];
  if (pattern.type === 'AssignmentPattern') return namesIn(pattern.left);
  if (pattern.type === 'RestElement') return namesIn(pattern.argument);
  if (pattern.type === 'ArrayPattern') return pattern.elements.flatMap((e) => (e ? namesIn(e) : []));
  return pattern.properties.flatMap((p) => namesIn(p.type === 'RestElement' ? p : p.value));
}

function collect(
  node: AnyNode,
  parent: AnyNode | undefined,
  outer: Scope | undefined,
  scopes: ReadonlyMap<AnyNode, Scope>,
  uses: Use[],
): void {
  const scope = scopes.get(node) ?? outer;
  if (node.type === 'Identifier' && scope !== undefined && !isSpelling(node, parent)) {
    const binding = lookUp(scope, node.name);
    const isDeclaration =
      binding?.from === node.start || (parent !== undefined && 'id' in parent && parent.id === node);
    if (!isDeclaration) uses.push({ node, scope, binding });
  }
  for (const child of childrenOf(node)) collect(child, node, scope, scopes, uses);
}

function lookUp(scope: Scope, name: string): Binding | undefined {
  for (let s: Scope | undefined = scope; s !== undefined; s = s.parent) {
    const binding = s.names.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}
