/** A scenario of one's own: a JSON file that changes a built-in one. Every problem is listed. */
import { SCENARIOS, scenarioNames } from '../scenarios/library.ts';
import type { Expect, Press, Scenario } from '../scenarios/scenario.ts';
import { BadOption } from './bad-option.ts';

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
  const { button, atS, forS } = v;
  return [0, 1, 2].includes(Number(button)) && Number(atS) >= 0 && (forS === undefined || Number(forS) > 0);
}

const presses: Check = (v) =>
  Array.isArray(v) && v.every(isPress) ? null : 'must be a list of {"button": 0..2, "atS": s, "forS": s}';

const EVENTS = ['cough', 'bump', 'posture', 'stand-up', 'sit-down', 'strap-tighten', 'strap-slip'];
const events: Check = (v) =>
  Array.isArray(v) &&
  v.every((e) => isObject(e) && EVENTS.includes(String(e['kind'])) && Number(e['atMs']) >= 0)
    ? null
    : `must be a list of {"kind": ${EVENTS.join(' | ')}, "atMs": ms, "size": number}`;

const EXPECT_CHECKS: Readonly<Record<keyof Expect, Check>> = {
  trip: (v) => (v === 'none' ? null : texts(v)),
  tripWithinS: number(0, 3600),
  phases: texts,
  moving10: number(0, 1),
  still5: number(0, 1),
  peakShareOfLop: number(0, 2),
  peakMmHg: number(0, 400),
  emptyWithinS: number(0, 600),
  staysUp: (v) => (typeof v === 'boolean' ? null : 'must be true or false'),
};

const expectation: Check = (v) => {
  if (!isObject(v)) return 'must be an object';
  for (const [key, value] of Object.entries(v)) {
    const check = EXPECT_CHECKS[key as keyof Expect] as Check | undefined;
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
  sessions: number(0, 1e6),
  batteryMv: number(0, 12_000),
  expect: expectation,
};

/** Checks the text of a scenario file; `path` is named in errors. */
export function readScenario(path: string, json: string): Scenario {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw new BadOption('--scenario', path, `not JSON: ${(error as Error).message}`);
  }
  if (!isObject(parsed)) throw new BadOption('--scenario', path, 'the file must hold one object');
  const problems: string[] = [];
  for (const [key, value] of Object.entries(parsed)) {
    const check = CHECKS[key as keyof typeof CHECKS] as Check | undefined;
    const wrong =
      check === undefined ? `is not known; allowed are ${Object.keys(CHECKS).join(', ')}` : check(value);
    if (wrong !== null) problems.push(wrong.startsWith('.') ? `${key}${wrong}` : `${key} ${wrong}`);
  }
  if (problems.length > 0) throw new BadOption('--scenario', path, problems.join('; '));
  const { base: baseName = 'run', ...changes } = parsed;
  const base = SCENARIOS.find((scenario) => scenario.name === baseName) as Scenario;
  return { ...base, name: path, ...changes } as Scenario;
}
