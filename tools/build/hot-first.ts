/**
 * The interpreter looks a name up by walking its scope in the order in which the names were made, about 14 instructions a name, and a
 * built-in is found only after all of them. So the image begins with a `var` of the names that a tick reads, most read first, and reads
 * built-ins through names of its own.
 */
import { type AnyNode, type Function as FunctionNode, parse } from 'acorn';
import { isSpelling, walk } from '../dialect/walk.ts';

/** A name as the list spells it: `file name` for the firmware's own, the expression for a built-in. */
export type HotName = string;

/** Built-ins that keep their meaning when they are called by another name: none of them uses `this`. */
const BUILT_INS =
  /^(?:Math\.\w+|Number\.\w+|digitalRead|digitalWrite|analogRead|analogWrite|getTime|setTimeout|E|btoa|Uint8Array|parseInt|String)$/;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Names of the image's own scope and the functions in it. */
export interface ImageScope {
  readonly body: FunctionNode['body'] & { readonly body: AnyNode[] };
  /** Where each top-level name is declared. */
  readonly names: ReadonlyMap<string, number>;
}

/** The one function that the image is. */
export function imageScope(code: string): ImageScope {
  let body: AnyNode | undefined;
  const program = parse(code, { ecmaVersion: 2024, sourceType: 'script' }) as AnyNode;
  walk(program, (node) => {
    if (body === undefined && node.type === 'FunctionExpression') body = node.body as AnyNode;
  });
  if (body?.type !== 'BlockStatement') throw new Error('the image is not one function called at once');
  const names = new Map<string, number>();
  for (const statement of body.body as AnyNode[])
    if (statement.type === 'FunctionDeclaration' && statement.id)
      names.set(statement.id.name, statement.id.start);
    else if (statement.type === 'VariableDeclaration')
      for (const d of statement.declarations)
        if (d.id.type === 'Identifier') names.set(d.id.name, d.id.start);
  return { body: body as ImageScope['body'], names };
}

/** `code` with the `hot` names first; `spelling` gives the list's spelling of the image's own names. What is not in the image is passed over. */
export function hotFirst(
  code: string,
  hot: readonly HotName[],
  spelling: ReadonlyMap<string, HotName>,
): string {
  const { body } = imageScope(code);
  const own = new Map([...spelling].map(([mangled, name]) => [name, mangled]));
  const taken = namesIn(body);
  const used = builtInsIn(body);
  const aliases = new Map<HotName, string>();
  const first = hot.flatMap((name) => {
    const mangled = own.get(name);
    if (mangled !== undefined || !used.has(name)) return mangled ?? [];
    const alias = freshName(taken);
    aliases.set(name, alias);
    return `${alias}=${name}`;
  });
  if (first.length === 0) return code;
  const at = body.start + 1;
  return apply(code, [
    { start: at, end: at, text: `var ${first.join(',')};` },
    ...aliased(body, aliases),
    ...asVar(body),
  ]);
}

function namesIn(body: AnyNode): Set<string> {
  const names = new Set<string>();
  walk(body, (node) => {
    if (node.type === 'Identifier') names.add(node.name);
  });
  return names;
}

function builtInsIn(body: AnyNode): Set<HotName> {
  const used = new Set<HotName>();
  walk(body, (node) => {
    const name = builtInOf(node);
    if (name !== undefined) used.add(name);
  });
  return used;
}

function freshName(taken: Set<string>): string {
  for (let n = 0; ; n++) {
    const name = `$${n.toString(36)}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** Each use of a built-in by its new name. */
function aliased(body: AnyNode, aliases: ReadonlyMap<string, string>): Edit[] {
  const edits: Edit[] = [];
  walk(body, (node, parents) => {
    const alias = aliases.get(builtInOf(node) ?? '');
    if (alias === undefined || isSpelling(node, parents.at(-1))) return;
    edits.push({ start: node.start, end: node.end, text: alias });
  });
  return edits;
}

/** What the minifier writes for `undefined`: two words where a name of the image's own is one. */
const UNDEFINED = 'void 0';

/** The built-in that a node names, as the list spells it. */
export function builtInOf(node: AnyNode): HotName | undefined {
  if (node.type === 'UnaryExpression')
    return node.operator === 'void' && node.argument.type === 'Literal' ? UNDEFINED : undefined;
  if (node.type === 'Identifier') return BUILT_INS.test(node.name) ? node.name : undefined;
  if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier')
    return undefined;
  const text = `${node.object.name}.${node.property.type === 'Identifier' ? node.property.name : ''}`;
  return BUILT_INS.test(text) ? text : undefined;
}

/** A `const` cannot be named before it is made. */
function asVar(body: ImageScope['body']): Edit[] {
  return body.body
    .filter((s) => s.type === 'VariableDeclaration' && s.kind !== 'var')
    .map((s) => ({
      start: s.start,
      end: s.start + (s.type === 'VariableDeclaration' ? s.kind.length : 0),
      text: 'var',
    }));
}

function apply(code: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    out += code.slice(at, start) + text;
    at = end;
  }
  return out + code.slice(at);
}
