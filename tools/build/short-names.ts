/**
 * The interpreter reads a name letter by letter each time it comes by, about 115 instructions a letter, and flash is full of them: properties get
 * short names in the image, those that a tick uses most the shortest. Only names that never leave it: nothing that is stored, sent, looked up by
 * text or belongs to the board.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyNode, parse } from 'acorn';
import { WORDS } from '../dialect/syntax.ts';
import { walk } from '../dialect/walk.ts';
import { VIEW_FIELDS } from '../view-fields.ts';
import { ROOT } from './project.ts';
import SHORT from './short-names.json' with { type: 'json' };

/** What harnesses and tests look at from outside: `cuff.core.tick.count`, a trip's numbers, the sensor; written in quotes: the view. */
const LOOKED_AT = [
  'core',
  'view',
  'tick',
  'count',
  'supervisor',
  'measured',
  'allowed',
  'ports',
  'sensor',
  'convert',
];
/** Fields of records in flash that are written or read by way of a variable: src/occlusion/record.ts, src/wearer/lock.ts. */
const STORED = [
  ...['mmHg', 'spreadMmHg', 'offMmHg', 'by', 'limb', 'side', 'widthMm', 'posture', 'dateS', 'dateTrusted'],
  ...['heartRate', 'notices', 'n', 'exit', 'protocol', 'version', 'settings', 'serial', 'length', 'crc'],
];

/** Names that the language itself gives a meaning. */
const LANGUAGE = ['constructor', 'prototype'];

const VIEW_NAMES: ReadonlySet<string> = new Set(VIEW_FIELDS);

let board: Set<string> | undefined;

/** Every name in the declarations of what board and language offer. */
function boardNames(): Set<string> {
  board ??= new Set(
    ['espruino.d.ts', 'host.d.ts', 'lib.d.ts'].flatMap(
      (file) => readFileSync(join(ROOT, 'tools/device-lib', file), 'utf8').match(/[A-Za-z_$][\w$]*/g) ?? [],
    ),
  );
  return board;
}

/** Names that an image's code spells as text, asks for in quotes, or gives to an object that is made into JSON on the spot. */
function spelledNames(code: string): Set<string> {
  const names = new Set<string>();
  const viewed = new Set<string>();
  walk(parse(code, { ecmaVersion: 2024 }) as AnyNode, (node, parents) => {
    if (node.type === 'Literal' && typeof node.value === 'string') {
      // src/view.ts alone writes these in quotes, once each: there the minifier leaves them alone
      const ofView = parents.at(-1)?.type === 'MemberExpression' && VIEW_NAMES.has(node.value);
      if (!ofView || viewed.has(node.value)) names.add(node.value);
      viewed.add(node.value);
    }
    if (node.type !== 'CallExpression' || !code.startsWith('JSON.stringify', node.start)) return;
    for (const a of node.arguments) {
      if (a.type === 'CallExpression')
        throw new Error(
          `${code.slice(node.start, a.start + 60)}…: the names of what a function gives are shortened; hand JSON.stringify an object literal`,
        );
      walk(a, (inner) => {
        if (inner.type === 'Property' && inner.key.type === 'Identifier') names.add(inner.key.name);
      });
    }
  });
  return names;
}

/** True where `name` may be another one in the image of `code` (names kept). */
export function mayBeShort(name: string, code: string): boolean {
  return refusals([name], code).length === 0;
}

/** Those of `names` that must keep their name in the image of `code` (names kept). */
export function refusals(names: readonly string[], code: string): string[] {
  const spelled = spelledNames(code);
  return names.filter(
    (n) =>
      spelled.has(n) ||
      LANGUAGE.includes(n) ||
      LOOKED_AT.includes(n) ||
      STORED.includes(n) ||
      boardNames().has(n),
  );
}

/** Names of all properties that `code` reads, writes or makes by name. */
export function propertyNames(code: string): Set<string> {
  const names = new Set<string>();
  const add = (node: AnyNode, computed: boolean): void => {
    if (!computed && node.type === 'Identifier') names.add(node.name);
  };
  walk(parse(code, { ecmaVersion: 2024 }) as AnyNode, (node) => {
    if (node.type === 'MemberExpression') add(node.property as AnyNode, node.computed);
    if (node.type === 'Property' || node.type === 'MethodDefinition') add(node.key as AnyNode, node.computed);
  });
  return names;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_';

/**
 * The minifier's memory of names that it has given: one letter each for the names that a tick uses most, as the list has those first. A letter
 * that is a property already is nobody's.
 */
export function shortestNames(plain: string): { vars: object; props: { props: Record<string, string> } } {
  const used = propertyNames(plain);
  const letters = [...LETTERS].filter((letter) => !used.has(letter));
  const props = Object.fromEntries(
    SHORT.filter((name) => used.has(name))
      .slice(0, letters.length)
      .map((name, i) => [`$${name}`, letters[i] ?? name]),
  );
  return { vars: {}, props: { props } };
}

/** The minifier's option for an image: which properties it may rename, names of a browser's among them. Throws on a name that must stay. */
export function shortNames(plain: string): {
  regex: RegExp;
  keep_quoted: 'strict';
  builtins: true;
  reserved: string[];
} {
  const bad = refusals(SHORT, plain);
  if (bad.length > 0)
    throw new Error(
      `tools/build/short-names.json: ${bad.join(', ')} must keep its name (stored, sent or the board's own); run npm run build:names -- --write`,
    );
  return {
    regex: new RegExp(`^(?:${SHORT.join('|')})$`),
    keep_quoted: 'strict',
    builtins: true,
    reserved: WORDS,
  };
}
