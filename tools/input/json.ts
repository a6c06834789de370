/**
 * The one reader of JSON from outside. What two readers could understand differently is refused: keys that are there twice, numbers
 * that a computer would round or turn over, texts that end in the middle of a character. Never changes what it reads, never takes a
 * part of it.
 */
import {
  type DocumentNode,
  type NumberNode,
  type ObjectNode,
  parse,
  tokenize,
  type ValueNode,
} from '@humanwhocodes/momoa';
import { BadInput, type Place, placeText, visible } from './bad-input.ts';

/** Objects and lists in one another, at most: our deepest file has 5. */
export const MOST_LEVELS = 32;
/** Problems that are listed at most. */
const MOST_PROBLEMS = 20;
/** A number keeps 17 digits at most. */
const MOST_DIGITS = 17;

/** Keys that mean something to JavaScript itself. */
const TAKEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

export type Path = readonly (string | number)[];

/** A text that has been understood. */
export interface Json {
  readonly value: unknown;
  /** Where the value at `path` stands; undefined when nothing is there. */
  readonly placeOf: (path: Path) => Place | undefined;
  /** A value as it is written; '' when nothing is there. */
  readonly written: (path: Path) => string;
}

export interface JsonOptions {
  /** True for lines that programs print: -0 is 0 there, and digits that mean nothing are no mistake. */
  readonly lines?: boolean;
  /** What the field of that name may hold, for messages; '' = not known. */
  readonly allowed?: (name: string) => string;
}

interface Reading {
  readonly text: string;
  readonly options: JsonOptions;
  readonly problems: string[];
}

function complain(reading: Reading, place: Place, what: string): void {
  if (reading.problems.length < MOST_PROBLEMS) reading.problems.push(`${placeText(place)}: ${what}`);
}

/** "; allowed are 50..250 mmHg" where it is known. */
function allowedText(options: JsonOptions, name: string): string {
  const allowed = options.allowed?.(name) ?? '';
  return allowed === '' ? '' : `; allowed: ${allowed}`;
}

/** What the parser stumbled over, for people. */
function syntaxText(text: string, offset: number): string {
  const rest = text.slice(offset);
  if (rest === '') return 'the text ends too early';
  if (/^\/[/*]/.test(rest)) return 'JSON has no comments; leave it out';
  if (rest.startsWith("'")) return 'texts stand in double quotes';
  if (/^(NaN|Infinity|[+-]|x[\da-f])/i.test(rest))
    return 'no number as JSON writes them: digits, with "-", "." and "e" where needed';
  return `unexpected ${visible(rest.slice(0, 1))}`;
}

interface SyntaxProblem {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  readonly offset?: number;
}

/** The field whose value is under way at `offset`, '' = none. */
function fieldAt(text: string, offset: number): string {
  return /"([^"\\]{1,60})"\s*:[^,:{}[\]"]*$/.exec(text.slice(0, offset))?.[1] ?? '';
}

function syntaxProblem(text: string, options: JsonOptions, error: unknown): BadInput {
  const { line, column, offset, message } = error as SyntaxProblem;
  if (line === undefined || column === undefined || offset === undefined)
    return new BadInput([`not JSON: ${message}`]);
  const field = fieldAt(text, offset);
  const where = `${placeText({ line, column })}${field === '' ? '' : `, ${field}`}`;
  return new BadInput([`${where}: not JSON: ${syntaxText(text, offset)}${allowedText(options, field)}`]);
}

/** Before the tree is built, which needs a call for each level. */
function checkLevels(text: string): void {
  let levels = 0;
  for (const { type, loc } of tokenize(text, { mode: 'json' })) {
    if (type === 'LBrace' || type === 'LBracket') levels++;
    else if (type === 'RBrace' || type === 'RBracket') levels--;
    if (levels > MOST_LEVELS)
      throw new BadInput([
        `${placeText(loc.start)}: nested deeper than the ${MOST_LEVELS} levels that are allowed`,
      ]);
  }
  if (levels > 0) throw new BadInput([`not JSON: the text ends before ${levels} of its brackets are closed`]);
}

/** Why a number cannot be taken as it is written; '' = it can. */
function numberProblem(written: string, lines: boolean): string {
  const value = Number(written);
  const digits = written.replace(/e.*$/i, '').replace(/[-.]/g, '').replace(/^0+/, '');
  if (!Number.isFinite(value)) return 'is larger than any number that can be kept';
  if (value === 0 && digits !== '') return 'is smaller than any number that can be kept; write 0';
  if (lines) return '';
  if (Object.is(value, -0)) return 'is no number of its own; write 0';
  const isCut = digits.length > MOST_DIGITS || (/^-?\d+$/.test(written) && !Number.isSafeInteger(value));
  return isCut ? 'has more digits than a number keeps' : '';
}

function checkNumber(reading: Reading, node: NumberNode, name: string): void {
  const written = sourceOf(reading.text, node);
  const problem = numberProblem(written, reading.options.lines === true);
  if (problem === '') return;
  const field = name === '' ? '' : `${name}: `;
  complain(
    reading,
    node.loc.start,
    `${field}${visible(written)} ${problem}${allowedText(reading.options, name)}`,
  );
}

function checkText(reading: Reading, text: string, place: Place): void {
  if (/\p{Surrogate}/u.test(text)) complain(reading, place, `${visible(text)} holds half a character`);
}

function checkKeys(reading: Reading, node: ObjectNode): void {
  const first = new Map<string, Place>();
  for (const { name } of node.members) {
    const key = keyOf(name);
    const before = first.get(key);
    const shown = visible(key);
    checkText(reading, key, name.loc.start);
    if (TAKEN_KEYS.includes(key)) complain(reading, name.loc.start, `the key ${shown} is not allowed`);
    else if (before !== undefined)
      complain(
        reading,
        name.loc.start,
        `the key ${shown} is there twice, first at ${placeText(before)}; write it once`,
      );
    else first.set(key, name.loc.start);
  }
}

/** `checkLevels` has seen that this ends soon. `name` of the field that it is the value of, '' = none. */
function checkValue(reading: Reading, node: ValueNode, name: string): void {
  if (node.type === 'Number') checkNumber(reading, node, name);
  else if (node.type === 'String') checkText(reading, node.value, node.loc.start);
  else if (node.type === 'Array') for (const { value } of node.elements) checkValue(reading, value, name);
  else if (node.type === 'Object') {
    checkKeys(reading, node);
    for (const member of node.members) checkValue(reading, member.value, keyOf(member.name));
  }
}

function keyOf(name: ObjectNode['members'][number]['name']): string {
  return name.type === 'String' ? name.value : name.name;
}

function sourceOf(text: string, node: ValueNode): string {
  return text.slice(node.loc.start.offset, node.loc.end.offset);
}

function nodeAt(document: DocumentNode, path: Path): ValueNode | undefined {
  let node: ValueNode | undefined = document.body;
  for (const key of path) {
    if (node?.type === 'Object') node = node.members.find(({ name }) => keyOf(name) === key)?.value;
    else if (node?.type === 'Array' && typeof key === 'number') node = node.elements[key]?.value;
    else return undefined;
  }
  return node;
}

function treeOf(text: string, options: JsonOptions): DocumentNode {
  try {
    checkLevels(text);
    return parse(text, { mode: 'json' });
  } catch (error) {
    throw error instanceof BadInput ? error : syntaxProblem(text, options, error);
  }
}

/** What the platform's own reader makes of it: two readers must agree that it is JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadInput([`not JSON: ${(error as Error).message}`]);
  }
}

/** Reads a whole text. Throws BadInput with every problem, by line and column; the caller names the file. */
export function readJson(text: string, options: JsonOptions = {}): Json {
  const tree = treeOf(text, options);
  const reading: Reading = { text, options, problems: [] };
  checkValue(reading, tree.body, '');
  if (reading.problems.length > 0) throw new BadInput(reading.problems);
  return {
    value: parsed(text),
    placeOf: (path) => nodeAt(tree, path)?.loc.start,
    written: (path) => {
      const node = nodeAt(tree, path);
      return node === undefined ? '' : sourceOf(text, node);
    },
  };
}
