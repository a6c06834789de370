/** Dialect rules that one node decides alone. */
import type { AnyNode, Class, ForOfStatement, Function as FunctionNode, Literal } from 'acorn';
import type { RuleId } from './finding.ts';
import { isFunction } from './walk.ts';

/** Rules that one node decides alone. `parents` runs from the program down to the node's parent. */
export function checkSyntax(node: AnyNode, parents: readonly AnyNode[]): RuleId[] {
  const check = CHECKS[node.type];
  return check === undefined ? [] : check(node as never, parents);
}

type Check = (node: never, parents: readonly AnyNode[]) => RuleId[];

function when(bad: boolean, rule: RuleId): RuleId[] {
  return bad ? [rule] : [];
}

function insideArrow(parents: readonly AnyNode[]): boolean {
  return parents.findLast(isFunction)?.type === 'ArrowFunctionExpression';
}

function checkFunction(node: FunctionNode): RuleId[] {
  return [...when(node.generator, 'generator'), ...when(node.async, 'async')];
}

function checkClass(node: Class): RuleId[] {
  const found: RuleId[] = [];
  if (node.type === 'ClassExpression' && node.id) found.push('named-class-expression');
  if (!node.superClass) return found;
  const base = node.superClass;
  const builtIn =
    base.type === 'Identifier' &&
    /^(Array|Object|Function|Promise|String|Number|\w*Error|\w+Array)$/.test(base.name);
  if (base.type !== 'Identifier' || builtIn) found.push('extends-expression');
  const hasConstructor = node.body.body.some(
    (m) => m.type === 'MethodDefinition' && m.kind === 'constructor',
  );
  return [...found, ...when(!hasConstructor, 'derived-constructor')];
}

function isConstant(value: AnyNode): boolean {
  if (value.type === 'UnaryExpression') return isConstant(value.argument);
  if (value.type === 'BinaryExpression') return isConstant(value.left) && isConstant(value.right);
  return value.type === 'Literal';
}

function checkLiteral(node: Literal): RuleId[] {
  if (node.bigint) return ['bigint'];
  if (node.regex) {
    const odd = /\(\?/.test(node.regex.pattern) || /[^gi]/.test(node.regex.flags);
    return when(odd, 'regexp');
  }
  if (typeof node.value === 'string')
    return when(/(^|[^\\])(\\\\)*\\u\{/.test(node.raw ?? ''), 'code-point-escape');
  if (typeof node.value !== 'number') return [];
  const raw = (node.raw ?? '').toLowerCase();
  const isHex = raw.startsWith('0x');
  if (!isHex && /\.|e-/.test(raw)) return ['decimal-literal'];
  return when(node.value > Number.MAX_SAFE_INTEGER, 'large-literal');
}

/** Words of the language: the interpreter's reader takes what follows one for the beginning of a value. */
export const WORDS = [
  ...['break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else'],
  ...['extends', 'false', 'finally', 'for', 'function', 'if', 'in', 'instanceof', 'let', 'new', 'null', 'of'],
  ...[
    'return',
    'static',
    'super',
    'switch',
    'this',
    'throw',
    'true',
    'try',
    'typeof',
    'undefined',
    'var',
    'void',
  ],
  'while',
];

const CHECKS: { [type: string]: Check } = {
  AssignmentPattern: (_: never, parents) => {
    const parent = parents.at(-1);
    return when(parent !== undefined && isFunction(parent), 'default-parameter');
  },
  RestElement: () => ['rest'],
  SpreadElement: () => ['spread'],
  ObjectPattern: () => ['destructuring'],
  ArrayPattern: () => ['destructuring'],
  ChainExpression: () => ['optional-chaining'],
  BinaryExpression: (node: { operator: string }) => when(node.operator === '**', 'exponent'),
  AssignmentExpression: (node: { operator: string; left: AnyNode }) => [
    ...when(node.operator === '**=', 'exponent'),
    ...when(/^(\?\?|\|\||&&)=$/.test(node.operator), 'logical-assignment'),
    ...when(isLength(node.left), 'length-assignment'),
  ],
  MemberExpression: (node: { computed: boolean; property: AnyNode }) =>
    when(
      !node.computed && node.property.type === 'Identifier' && WORDS.includes(node.property.name),
      'word-property',
    ),
  UpdateExpression: (node: { argument: AnyNode }) => when(isLength(node.argument), 'length-assignment'),
  LabeledStatement: () => ['label'],
  FunctionDeclaration: checkFunction,
  FunctionExpression: checkFunction,
  ArrowFunctionExpression: checkFunction,
  AwaitExpression: () => ['async'],
  ImportExpression: () => ['async'],
  ForInStatement: () => ['for-in'],
  ForOfStatement: (node: ForOfStatement) => when(node.await, 'async'),
  TaggedTemplateExpression: () => ['tagged-template'],
  TemplateElement: (node: { value: { raw: string } }) =>
    when(/\\u\{/.test(node.value.raw), 'code-point-escape'),
  Property: (node: { computed: boolean; kind: string }, parents) =>
    when(node.computed && parents.at(-1)?.type === 'ObjectExpression', 'computed-key'),
  MethodDefinition: (node: { computed: boolean }) => when(node.computed, 'computed-key'),
  PropertyDefinition: (node: { computed: boolean; static: boolean; value?: AnyNode | null }) => [
    ...when(node.computed, 'computed-key'),
    ...when(node.static, 'static-member'),
    ...when(!node.static && !(node.value && isConstant(node.value)), 'class-field'),
  ],
  StaticBlock: () => ['static-member'],
  PrivateIdentifier: () => ['private-name'],
  ClassDeclaration: checkClass,
  ClassExpression: checkClass,
  Super: (_: never, parents) => when(insideArrow(parents), 'super-in-arrow'),
  MetaProperty: () => ['new-target'],
  SwitchStatement: (node: { cases: { test?: AnyNode | null }[] }) => {
    const index = node.cases.findIndex((c) => !c.test);
    return when(index >= 0 && index < node.cases.length - 1, 'case-after-default');
  },
  Identifier: (node: { name: string }, parents) => [
    ...when(node.name === 'of', 'name-of'),
    ...when(node.name === 'arguments' && insideArrow(parents), 'arguments-in-arrow'),
  ],
  Literal: checkLiteral,
};

function isLength(node: AnyNode): boolean {
  return (
    node.type === 'MemberExpression' &&
    !node.computed &&
    node.property.type === 'Identifier' &&
    node.property.name === 'length'
  );
}
