/**
 * Writes functions and constants of an image in the shortest form that the interpreter takes: `f=x=>x+1` in place of
 * `function f(x){return x+1}`, `let` in place of `const`. A call means the same either way: the interpreter keeps the text of the body and
 * where it was made, and `this` only where it is written. It must never touch what means something else as an arrow: `this`, `arguments`,
 * a function in a function, which may be called before its place in the text.
 */
import { type AnyNode, type FunctionDeclaration, type FunctionExpression, parse } from 'acorn';
import MagicString from 'magic-string';
import { walk } from '../dialect/walk.ts';
import { imageScope } from './hot-first.ts';

/** `code`, one function called at once, in short forms. Names stay, and the order in which they are made. */
export function shortForms(code: string): string {
  const text = new MagicString(code);
  ownFunctions(imageScope(code).body.body, text);
  walk(parse(code, { ecmaVersion: 2024, sourceType: 'script' }) as AnyNode, (node, parents) => {
    if (node.type === 'VariableDeclaration' && node.kind === 'const')
      text.update(node.start, node.start + 'const'.length, 'let');
    // a row of a table; a method is no such expression
    if (node.type === 'FunctionExpression' && parents.at(-1)?.type === 'ArrayExpression' && mayBeArrow(node))
      asArrow(node, text);
  });
  return text.toString();
}

/** Functions of the image's own scope: those in a row become one `var`. */
function ownFunctions(statements: readonly AnyNode[], text: MagicString): void {
  let inRow = false;
  for (const s of statements) {
    const short = s.type === 'FunctionDeclaration' && s.id !== null && mayBeArrow(s);
    if (short) asArrow(s, text, `${inRow ? ',' : 'var '}${s.id.name}=`);
    else if (inRow) text.prependLeft(s.start, ';');
    inRow = short;
  }
}

function mayBeArrow(fn: FunctionDeclaration | FunctionExpression): boolean {
  if (fn.async || fn.generator || fn.params.some((p) => p.type !== 'Identifier')) return false;
  let may = true;
  walk(fn.body as AnyNode, (node) => {
    if (node.type === 'ThisExpression' || (node.type === 'Identifier' && node.name === 'arguments'))
      may = false;
  });
  return may;
}

function asArrow(fn: FunctionDeclaration | FunctionExpression, text: MagicString, before = ''): void {
  const params = fn.params.map((p) => text.original.slice(p.start, p.end));
  const head = `${before}${params.length === 1 ? params[0] : `(${params.join(',')})`}=>`;
  const only = fn.body.body.length === 1 ? fn.body.body[0] : undefined;
  if (only?.type !== 'ReturnStatement' || !only.argument) {
    text.update(fn.start, fn.body.start, head);
    return;
  }
  const { type, start, end } = only.argument;
  // a brace would begin a block, and a comma the next function
  const [open, close] = type === 'SequenceExpression' || text.original[start] === '{' ? ['(', ')'] : ['', ''];
  text.update(fn.start, start, head + open);
  if (close === '') text.remove(end, fn.end);
  else text.update(end, fn.end, close);
}
