/** A body without its returns, for the build's inliner: what follows an early end goes into the other branch. */
import type { AnyNode } from 'acorn';
import { childrenOf, isFunction } from '../dialect/walk.ts';
import { bodyNode, textOf } from './inline-body.ts';

/**
 * The body with `target` in place of each return that ends it; undefined where a return would leave something behind. `return` itself as
 * the target leaves the caller just as the callee was left.
 */
export function returned(body: string, target: string): string | undefined {
  if (target === 'return ') return endsInReturn(body) ? body : `${body};return;`;
  const list = (bodyNode(body) as AnyNode & { body: AnyNode[] }).body;
  const text = listText(list, body, target);
  // a value that is declared must be made in one place
  if (target.includes(' ') && text !== undefined && text.split(target).length !== 2) return undefined;
  return text;
}

function endsInReturn(body: string): boolean {
  const list = (bodyNode(body) as AnyNode & { body: AnyNode[] }).body;
  return list.at(-1)?.type === 'ReturnStatement';
}

/** Statements, of which only a last one may return, or an `if` whose rest is put into its other branch. */
function listText(list: readonly AnyNode[], body: string, target: string): string | undefined {
  let out = '';
  for (let i = 0; i < list.length; i++) {
    const s = list[i] as AnyNode;
    if (!returns(s)) {
      out += `${textOf(s, body)}\n`;
      continue;
    }
    if (s.type === 'ReturnStatement') {
      if (s.argument) return `${out}${target}${textOf(s.argument as AnyNode, body)};`;
      return target === '' ? out : `${out}${target}undefined;`;
    }
    if (s.type !== 'IfStatement') return undefined;
    const rest = listText(list.slice(i + 1), body, target);
    return rest === undefined ? undefined : branched(s, rest, out, body, target);
  }
  // it falls off its end: the value is undefined
  return target === '' ? out : `${out}${target}undefined;`;
}

function branched(
  s: AnyNode & { type: 'IfStatement' },
  rest: string,
  out: string,
  body: string,
  target: string,
): string | undefined {
  const branch = (node: AnyNode | null | undefined): string | undefined => {
    if (!node) return rest;
    const list = node.type === 'BlockStatement' ? (node.body as AnyNode[]) : [node];
    if (!list.some(returns)) return `${list.map((x) => textOf(x, body)).join('\n')}\n${rest}`;
    if (!alwaysReturns(list)) return undefined;
    return listText(list, body, target);
  };
  const yes = branch(s.consequent as AnyNode);
  const no = branch(s.alternate as AnyNode | null | undefined);
  if (yes === undefined || no === undefined) return undefined;
  const test = textOf(s.test as AnyNode, body);
  if (yes.trim() === '') return no.trim() === '' ? `${out}${test};` : `${out}if(!(${test})){${no}}`;
  return `${out}if(${test}){${yes}}${no.trim() === '' ? '' : `else{${no}}`}`;
}

/** A return somewhere in it, functions in it left out. */
function returns(node: AnyNode): boolean {
  if (node.type === 'ReturnStatement') return true;
  if (isFunction(node)) return false;
  return childrenOf(node).some(returns);
}

function alwaysReturns(list: readonly AnyNode[]): boolean {
  const last = list.at(-1);
  if (last === undefined) return false;
  if (last.type === 'ReturnStatement') return list.slice(0, -1).every((s) => !returns(s));
  return false;
}
