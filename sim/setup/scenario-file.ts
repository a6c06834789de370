/** A scenario of one's own: a JSON file that changes a built-in one. Every problem is listed. */
import { SCENARIOS, scenarioNames } from '../scenarios/library.ts';
import type { Expect, Press, Scenario } from '../scenarios/scenario.ts';
import { BadOption } from './bad-option.ts';
import { objectFile } from './json-option.ts';

type Check = (value: unknown) => string | null;

const text: Check = (v) => (typeof v === 'string' && v !== '' ? null : 'must be a text');
const texts: Check = (v) =>
  Array.isArray(v) && v.every((e) => typeof e === 'string') ? null : 'must be a list of texts';
function number(min: number, max: number): Check {
  return (v) => (typeof v === 'number' && v >= min && v <= max ? null : `must be a number ${min}..${max}`);
}

function oneOf(...allowed: string[]): Check {
  return (v) =>
    typeof v === 'string' && allowed.includes(v) ? null : `must be one of ${allowed.join(', ')}`;
}

function isObject(v: unknown): v is Record<string, unknown> {
  return typeof v === 'object' && v !== null && !Array.isArray(v);
}

const numbers: Check = (v) =>
  isObject(v) && Object.values(v).every((e) => typeof e === 'number') ? null : 'must be an object of numbers';

function isPress(v: unknown): v is Press {
  if (!isObject(v)) return false;
  const { button, atS, forS, ...more } = v;
  const known = Object.keys(more).length === 0 && [0, 1, 2].some((n) => n === button);
  return known && isTime(atS, LAST_S) && (forS === undefined || isTime(forS, LAST_S));
}

/** A day, s. */
const LAST_S = 86_400;

function isTime(v: unknown, most: number): boolean {
  return typeof v === 'number' && v >= 0 && v <= most;
}

const presses: Check = (v) =>
  Array.isArray(v) && v.every(isPress)
    ? null
    : `must be a list of {"button": 0..2, "atS": 0..${LAST_S}, "forS": 0..${LAST_S}}`;

const EVENTS = ['cough', 'bump', 'posture', 'stand-up', 'sit-down', 'strap-tighten', 'strap-slip'];

function isEvent(v: unknown): boolean {
  if (!isObject(v)) return false;
  const { kind, atMs, size, ms, ...more } = v;
  const sized = [size, ms].every((n) => n === undefined || typeof n === 'number');
  return (
    EVENTS.some((one) => one === kind) &&
    isTime(atMs, LAST_S * 1000) &&
    sized &&
    Object.keys(more).length === 0
  );
}

const events: Check = (v) =>
  Array.isArray(v) && v.every(isEvent)
    ? null
    : `must be a list of {"kind": ${EVENTS.join(' | ')}, "atMs": ms, "size": number, "ms": ms}`;

const EXPECT_CHECKS: Readonly<Record<keyof Expect, Check>> = {
  trip: (v) => (v === 'none' ? null : texts(v)),
  tripWithinS: number(0, 3600),
  phases: texts,
  moving10: number(0, 1),
  moving10OnBoard: number(0, 1),
  still5: number(0, 1),
  peakShareOfLop: number(0, 2),
  peakMmHg: number(0, 400),
  emptyWithinS: number(0, 600),
  staysUp: (v) => (typeof v === 'boolean' ? null : 'must be true or false'),
};

const expectation: Check = (v) => {
  if (!isObject(v)) return 'must be an object';
  for (const [key, value] of Object.entries(v)) {
    const check = Object.hasOwn(EXPECT_CHECKS, key) ? EXPECT_CHECKS[key as keyof Expect] : undefined;
    if (check === undefined) return `has no "${key}"; allowed are ${Object.keys(EXPECT_CHECKS).join(', ')}`;
    const wrong = check(value);
    if (wrong !== null) return `.${key} ${wrong}`;
  }
  return v['trip'] === undefined ? '.trip is missing: "none" or a list of trip names' : null;
};

const CHECKS: Readonly<Record<keyof Scenario | 'base', Check>> = {
  base: oneOf(...scenarioNames()),
  name: text,
  title: text,
  about: text,
  plant: text,
  sensor: text,
  protocol: text,
  settings: numbers,
  work: oneOf('run', 'walk', 'cycle', 'legpress', 'curl', 'rest'),
  rest: oneOf('run', 'walk', 'cycle', 'legpress', 'curl', 'rest', 'stand'),
  faults: texts,
  events,
  presses,
  sessions: (v) => (Number.isInteger(v) ? number(0, 1e6)(v) : 'must be a number 0..1000000, and whole'),
  batteryMv: number(0, 12_000),
  expect: expectation,
};

/** Reads and checks a scenario file. Throws BadOption with every problem. */
export function scenarioFile(path: string): Scenario {
  const file = objectFile('--scenario', path, '{"base": "run", ...changes}');
  const problems: string[] = [];
  for (const [key, value] of file.entries) {
    const check = Object.hasOwn(CHECKS, key) ? CHECKS[key as keyof typeof CHECKS] : undefined;
    const wrong =
      check === undefined ? `is not known; allowed are ${Object.keys(CHECKS).join(', ')}` : check(value);
    if (wrong !== null)
      problems.push(file.at(key, wrong.startsWith('.') ? `${key}${wrong}` : `${key} ${wrong}`));
  }
  if (problems.length > 0) throw new BadOption('--scenario', path, problems.join('; '));
  const { base: baseName = 'run', ...changes } = Object.fromEntries(file.entries);
  const base = SCENARIOS.find((scenario) => scenario.name === baseName) as Scenario;
  return { ...base, name: path, ...changes } as Scenario;
}
