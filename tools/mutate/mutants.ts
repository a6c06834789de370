/** All ways to break a file, in one text with a switch. */
import { type Node, parse } from 'acorn';
import { transform } from 'esbuild';

/** One way to break a file: where, and what was done. */
export interface Mutant {
  readonly id: number;
  readonly file: string;
  /** File, function, what was done and to which text; a second one alike is ` #2`. */
  readonly key: string;
}

/** Acorn's node, walked by its fields. */
interface AnyNode extends Node {
  [field: string]: unknown;
}

/** Name of the switch in the instrumented code: the id of the mutant that lives. */
export const SWITCH = '__mutant';

const SWAP: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '&&': ['||'],
  '||': ['&&'],
};

/** The same comparison with or without its edge. */
const EDGE: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

const TSCONFIG = { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } };

/** Constants that are names or bits, not quantities: another number would be another name. */
const CODES =
  /^(TRIP|INHIBIT|REFUSED|ZERO_|MEMORY_BIT|BUTTON|OWNER|NO_|BIT_|EXIT_|OWED|FELT_|ADVICE_|ACTIVITY_|POSTURE_|GESTURE_|PATTERN_|LAMP_|LETTER_|HELD_|STEP_(WORK|REST|EASY)$|MODE_|PHASE_|DOUBT_(NONE|RESTING|CUT_OFF|HAZARD)$|FAULT_|LIMB_|LOP_(UNKNOWN|MEASURED|ESTIMATED|ENTERED)$|PROTOCOL_(RUN|INTRO|FAST|ARM)|BOOK_(OPEN|WORN|FULL)$)/;

/** All mutants of a file in one text: which one lives is told by SWITCH at run time. */
export async function instrument(file: string, source: string, mutants: Mutant[]): Promise<string> {
  const js = (await transform(source, { loader: 'ts', format: 'esm', tsconfigRaw: TSCONFIG })).code;
  const program = parse(js, {
    ecmaVersion: 2022,
    sourceType: 'module',
  }) as unknown as AnyNode;
  return new Writer(file, js, mutants).render(program);
}

class Writer {
  readonly #file: string;
  readonly #js: string;
  readonly #mutants: Mutant[];
  /** Functions around the node that is rendered, and how often each key has come. */
  readonly #inside: string[] = [];
  readonly #keys = new Map<string, number>();
  /** Comparisons whose two sides are the same to what they decide where they are equal: a limit, the lower or the higher of two. */
  readonly #edgeless = new Set<AnyNode>();

  constructor(file: string, js: string, mutants: Mutant[]) {
    this.#file = file;
    this.#js = js;
    this.#mutants = mutants;
  }

  render(node: AnyNode): string {
    const name = nameOf(node);
    if (name === undefined) return this.#render(node);
    this.#inside.push(name);
    const text = this.#render(node);
    this.#inside.pop();
    return text;
  }

  #render(node: AnyNode): string {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportSpecifier' || isWords(node))
      return this.#text(node);
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') return this.#binary(node);
    if (node.type === 'UnaryExpression' && node['operator'] === '!') return this.#not(node);
    if (node.type === 'IfStatement') return this.#branch(node);
    if (node.type === 'ConditionalExpression') return this.#ternary(node);
    if (node.type === 'AssignmentExpression' && node['operator'] !== '=') return this.#assignment(node);
    if (node.type === 'VariableDeclarator' && node['init'] !== null) return this.#constant(node);
    const plain = this.#children(node);
    if (node.type === 'ExpressionStatement')
      return `if (${SWITCH} !== ${this.#add(node, 'deleted')}) { ${plain} }`;
    if (node.type !== 'Literal' || typeof node['value'] !== 'boolean') return plain;
    return this.#choose(node, plain, [['flipped', String(!node['value'])]]);
  }

  #not(node: AnyNode): string {
    const inner = this.render(node['argument'] as AnyNode);
    return this.#choose(node, `!(${inner})`, [['without the !', inner]]);
  }

  #add(node: AnyNode, what: string): number {
    const id = this.#mutants.length + 1;
    const was = this.#text(node).replace(/\s+/g, ' ').slice(0, 90);
    const key = [this.#file, this.#inside.join('.'), what, was].join(' | ');
    const times = (this.#keys.get(key) ?? 0) + 1;
    this.#keys.set(key, times);
    this.#mutants.push({ id, file: this.#file, key: times === 1 ? key : `${key} #${times}` });
    return id;
  }

  #choose(node: AnyNode, plain: string, others: readonly (readonly [string, string])[]): string {
    let out = `(${plain})`;
    for (const [what, text] of others) out = `(${SWITCH} === ${this.#add(node, what)} ? (${text}) : ${out})`;
    return out;
  }

  #binary(node: AnyNode): string {
    const operator = node['operator'] as string;
    const left = this.render(node['left'] as AnyNode);
    const right = this.render(node['right'] as AnyNode);
    const swaps = (SWAP[operator] ?? []).filter(
      (other) => other !== EDGE[operator] || !this.#edgeless.has(node),
    );
    return this.#choose(
      node,
      `(${left}) ${operator} (${right})`,
      swaps.map((other) => [`${operator} becomes ${other}`, `(${left}) ${other} (${right})`]),
    );
  }

  /** `if (a < b) a = b`: where both are equal nothing changes, whoever asks for it. */
  #noteLimit(node: AnyNode): void {
    if (node['alternate'] !== null) return;
    const then = node['consequent'] as AnyNode;
    const only = then.type === 'BlockStatement' ? (then['body'] as AnyNode[]) : [then];
    const set = only.length === 1 ? (only[0]?.['expression'] as AnyNode | undefined) : undefined;
    if (set?.type !== 'AssignmentExpression' || set['operator'] !== '=') return;
    this.#noteSame(node['test'] as AnyNode, set['left'] as AnyNode, set['right'] as AnyNode);
  }

  /** Notes a comparison of just those two that it chooses from. */
  #noteSame(test: AnyNode, one: AnyNode, other: AnyNode): void {
    if (test.type !== 'BinaryExpression' || !((test['operator'] as string) in EDGE)) return;
    const compared = [test['left'] as AnyNode, test['right'] as AnyNode].map((side) => this.#text(side));
    if (
      !/[()]/.test(compared.join('')) &&
      compared.sort().join() ===
        [one, other]
          .map((side) => this.#text(side))
          .sort()
          .join()
    )
      this.#edgeless.add(test);
  }

  /** `if`: always, never. The branches are rendered once. */
  #branch(node: AnyNode): string {
    this.#noteLimit(node);
    const test = this.render(node['test'] as AnyNode);
    const yes = this.#add(node, 'always');
    const no = this.#add(node, 'never');
    const alternate = node['alternate'] as AnyNode | null;
    const then = this.render(node['consequent'] as AnyNode);
    const tail = alternate === null ? '' : ` else { ${this.render(alternate)} }`;
    return `if (${SWITCH} === ${yes} || (${SWITCH} !== ${no} && (${test}))) { ${then} }${tail}`;
  }

  #ternary(node: AnyNode): string {
    this.#noteSame(node['test'] as AnyNode, node['consequent'] as AnyNode, node['alternate'] as AnyNode);
    const test = this.render(node['test'] as AnyNode);
    const a = this.render(node['consequent'] as AnyNode);
    const b = this.render(node['alternate'] as AnyNode);
    return this.#choose(node, `(${test}) ? (${a}) : (${b})`, [
      ['always the first', a],
      ['always the second', b],
    ]);
  }

  #assignment(node: AnyNode): string {
    const operator = node['operator'] as string;
    const left = this.#text(node['left'] as AnyNode);
    const right = this.render(node['right'] as AnyNode);
    return this.#choose(node, `${left} ${operator} ${right}`, [
      [`${operator} becomes =`, `${left} = ${right}`],
      [`${operator} turned round`, `${left} ${operator === '+=' ? '-=' : '+='} ${right}`],
    ]);
  }

  /** Numbers with a name: half and double. */
  #constant(node: AnyNode): string {
    const name = this.#text(node['id'] as AnyNode);
    const init = node['init'] as AnyNode;
    const value = this.render(init);
    if (!/^[A-Z][A-Z0-9_]+$/.test(name) || CODES.test(name) || !isQuantity(init)) return `${name} = ${value}`;
    return `${name} = ${this.#choose(node, value, [
      ['doubled', `(${value}) * 2`],
      ['halved', `(${value}) / 2`],
    ])}`;
  }

  #text(node: AnyNode): string {
    return this.#js.slice(node.start, node.end);
  }

  /** The node's own text with its children rendered in it. */
  #children(node: AnyNode): string {
    const parts = childrenOf(node);
    let out = '';
    let at = node.start;
    for (const child of parts) {
      out += this.#js.slice(at, child.start) + this.render(child);
      at = child.end;
    }
    return out + this.#js.slice(at, node.end);
  }
}

/** Of a function or method. */
function nameOf(node: AnyNode): string | undefined {
  const named =
    node.type === 'FunctionDeclaration' ? node['id'] : node.type === 'MethodDefinition' ? node['key'] : null;
  const name = (named as AnyNode | null)?.['name'];
  return typeof name === 'string' ? name : undefined;
}

function isQuantity(node: AnyNode): boolean {
  if (node.type === 'Literal') return typeof node['value'] === 'number';
  return node.type === 'BinaryExpression';
}

/** Texts for people are not behaviour. */
function isWords(node: AnyNode): boolean {
  return node.type === 'Literal' && typeof node['value'] === 'string';
}

function childrenOf(node: AnyNode): AnyNode[] {
  const list: AnyNode[] = [];
  for (const field of Object.keys(node)) {
    if (field === 'loc') continue;
    const value = node[field];
    for (const item of Array.isArray(value) ? value : [value]) if (isNode(item)) list.push(item);
  }
  const shorthand = node.type === 'Property' && node['shorthand'] === true;
  list.sort((a, b) => a.start - b.start);
  return shorthand ? list.slice(0, 1) : list;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string';
}
