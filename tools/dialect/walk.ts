/** Walks a syntax tree in source order. */
import type { AnyNode, Node } from 'acorn';

/** Children of a node in source order. A build asks for those of some hundred thousand nodes. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const item of value) add(children, item);
    else add(children, value);
  }
  return inOrder(children) ? children : children.sort((a, b) => a.start - b.start);
}

/** Key and value of a shorthand property are one node: it comes twice in a row. */
function add(children: AnyNode[], value: unknown): void {
  if (isNode(value) && children.at(-1) !== value) children.push(value);
}

function inOrder(nodes: readonly AnyNode[]): boolean {
  return nodes.every((node, i) => i === 0 || (nodes[i - 1] as AnyNode).start <= node.start);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** Visits every node before its children. `parents` runs from the program to the node's parent and is reused. */
export function walk(root: AnyNode, visit: (node: AnyNode, parents: readonly AnyNode[]) => void): void {
  const parents: AnyNode[] = [];
  function go(node: AnyNode): void {
    visit(node, parents);
    parents.push(node);
    for (const child of childrenOf(node)) go(child);
    parents.pop();
  }
  go(root);
}

/** True for an identifier that is only a spelling: a plain property key or member name, or a label. */
export function isSpelling(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (parent === undefined) return false;
  switch (parent.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed;
    case 'Property':
      return parent.key === node && parent.value !== node && !parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.key === node && !parent.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
    case 'ImportSpecifier':
    case 'ExportSpecifier':
      return true;
    default:
      return false;
  }
}

export function isFunction(node: AnyNode): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}
