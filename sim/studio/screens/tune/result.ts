/** A result of "Tune" as it is kept, and whether what the browser gives back is one, whole. Pure. It must never call whole what the screen cannot show. */
import { settingRows } from '../../../../src/settings.ts';
import { AIMS } from '../../../tune/aims.ts';
import type { Proposal } from '../../../tune/propose.ts';
import { FIGURE_NAMES } from '../../../tune/trial.ts';
import type { Seen } from './messages.ts';
import { type Choices, type Cloud, COUNTS, MOVEMENTS } from './model.ts';

export interface Result extends Choices {
  readonly seen: Seen;
  readonly asItIs: Cloud | null;
  readonly withOther: Cloud | null;
  readonly proposal: Proposal | null;
}

type Test = (value: unknown) => boolean;

const text: Test = (value) => typeof value === 'string';
const number: Test = (value) => typeof value === 'number';
const flag: Test = (value) => typeof value === 'boolean';
const floats: Test = (value) => value instanceof Float32Array;
const absent: Test = (value) => value === undefined;
const nothing: Test = (value) => value === null;

function either(...tests: readonly Test[]): Test {
  return (value) => tests.some((test) => test(value));
}

function oneOf(allowed: readonly unknown[]): Test {
  return (value) => allowed.includes(value);
}

function list(of: Test): Test {
  return (value) => Array.isArray(value) && value.every(of);
}

function shape(fields: Readonly<Record<string, Test>>): Test {
  return (value) => {
    const found = Object(value) as Record<string, unknown>;
    return Object.entries(fields).every(([name, test]) => test(found[name]));
  };
}

function each(names: readonly string[], of: Test): Test {
  return shape(Object.fromEntries(names.map((name) => [name, of])));
}

const settings = each(
  settingRows().map(([name]) => name),
  number,
);
const figures = each(FIGURE_NAMES, number);
const whatIf = each(['bottle', 'pump', 'valve'], flag);
const motion = oneOf(MOVEMENTS);
/** All of it is a number or null, but where it was read from and what it fell by. */
const identified = shape({
  source: text,
  ...Object.fromEntries(['seconds', 'topMmHg', 'fillS', 'risePerS'].map((name) => [name, number])),
  ...Object.fromEntries(
    ['noiseMmHg', 'dropMmHg', 'fallPerS', 'lossPerMin', 'lossAfterS', 'ventS'].map((name) => [
      name,
      either(number, nothing),
    ]),
  ),
  falls: list(shape({})),
  ventBy: oneOf(['reading', 'bleeds', null]),
  bottle: either(nothing, shape({ flow: number, capacity: number, leakPerMin: either(number, nothing) })),
  railMv: either(nothing, shape({ idle: number, least: number })),
});
const finding = shape({
  what: text,
  measured: text,
  allowed: text,
  grade: oneOf(['good', 'warn', 'refuse', 'told']),
  next: text,
});
const seen = shape({
  source: text,
  limb: oneOf(['thigh', 'arm']),
  settings,
  identified: either(absent, identified),
  findings: list(finding),
  refused: flag,
  problems: list(text),
});
const cloud = shape({
  lines: list(shape({ low: floats, high: floats, figures })),
  wanted: number,
  whatIf,
  motion,
});
const proposal = shape({
  changes: list(shape({ name: text, from: number, to: number, why: text })),
  settings,
  kept: either(absent, text),
  before: list(figures),
  after: list(figures),
});
const result = shape({
  seen,
  motion,
  aim: oneOf(AIMS.map(({ name }) => name)),
  count: oneOf(COUNTS),
  whatIf,
  asItIs: either(nothing, cloud),
  withOther: either(nothing, cloud),
  proposal: either(nothing, proposal),
});

/** True for a result that a page of this version has kept. */
export function isResult(value: unknown): value is Result {
  return result(value);
}
