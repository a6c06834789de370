/**
 * Protocol files broken in one place each, against what no file may do to anybody: a judge of its own, which
 * shares nothing with the checker but the hard limits.
 */
import {
  MAX_ARM_MS,
  MAX_LEG_MS,
  MAX_LOP_PERMILLE,
  MAX_SETPOINT_MMHG,
  MIN_SETPOINT_MMHG,
  RELEASE_MS,
} from '../../src/limits.ts';
import { MAX_STEPS, type Protocol, protocolFits } from '../../src/session/protocol.ts';
import { decodeProtocol, encodeProtocol } from '../../src/session/stored.ts';
import { checkFile } from '../../tools/protocol/check.ts';
import { RANGES, type RangeName } from '../../tools/protocol/schema.ts';
import { Random } from '../plant/random.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A whole number from `low` to `high`, both included. */
function between(r: Random, low: number, high: number): number {
  return low + r.int(high - low + 1);
}

/** Hard limits that an accepted protocol breaks, in words; empty = none. */
export function forbidden(protocol: Protocol, arm: boolean): string[] {
  const found: string[] = [];
  let onMs = 0;
  let offMs = 0;
  if (protocol.steps.length < 1 || protocol.steps.length > MAX_STEPS) found.push('number of steps');
  for (const step of protocol.steps) {
    const values = [step.ms, step.permille, step.mmHg, step.rampMmHgPerS, step.kind];
    if (!values.every((v) => Number.isInteger(v) && v >= 0)) found.push('not whole numbers');
    if (step.permille > MAX_LOP_PERMILLE) found.push('share of LOP');
    if (step.mmHg > MAX_SETPOINT_MMHG) found.push('pressure');
    if (step.ms < 1000 || step.ms > 3_600_000) found.push('length of a step');
    const on = step.mmHg > 0 || step.permille > 0;
    offMs = on ? 0 : offMs + step.ms;
    if (offMs >= RELEASE_MS) onMs = 0;
    if (on) onMs += step.ms;
    if (onMs > (arm ? MAX_ARM_MS : MAX_LEG_MS)) found.push('time under pressure');
  }
  return found;
}

/** What the device would run for a wearer must lie within his ceiling, or be refused there. */
function forbiddenOnDevice(protocol: Protocol, lopMmHg: number, arm: boolean): string[] {
  const stored = decodeProtocol(encodeProtocol(protocol));
  if (stored === undefined || JSON.stringify(stored) !== JSON.stringify(protocol))
    return ['not kept as it is'];
  const ceiling = Math.min(200, (lopMmHg * MAX_LOP_PERMILLE) / 1000);
  if (!protocolFits(stored, lopMmHg, ceiling, arm ? MAX_ARM_MS : MAX_LEG_MS)) return [];
  const planned = stored.steps.map((s) => (s.mmHg > 0 ? s.mmHg : (s.permille * lopMmHg) / 1000));
  const bad = planned.some((p) => p > ceiling || (p > 0 && p < MIN_SETPOINT_MMHG));
  return bad ? ['device runs above the ceiling'] : [];
}

/** A random file that is good by construction: at most 15 min of pressure, at most 100 steps. */
export function goodFile(r: Random): { [key: string]: Json } {
  const rounds = between(r, 1, 6);
  const inner = between(r, 1, 3);
  const each = Math.floor(420 / (rounds * inner));
  const rise = r.chance(0.3) ? between(r, -4, 4) : 0;
  const phases: Json[] = [];
  for (let i = 0; i < inner; i++) {
    const cuff: Json = r.chance(0.8) ? { percentLop: between(r, 30, 60) } : { mmHg: between(r, 40, 120) };
    phases.push(
      r.chance(0.3)
        ? {
            kind: 'work',
            reps: between(r, 1, Math.max(1, Math.floor(each / 4))),
            tempoS: between(r, 1, 3),
            cuff,
          }
        : {
            kind: 'work',
            seconds: between(r, 1, Math.max(1, each - 1)),
            cuff,
            ...(r.chance(0.3) ? { rampMmHgPerS: between(r, 1, 60) } : {}),
          },
    );
  }
  phases.push({
    kind: 'rest',
    seconds: between(r, 5, 60),
    cuff: r.chance(0.7) ? 'off' : { percentLop: between(r, 30, 50) },
  });
  if (r.chance(0.3)) phases.push({ kind: 'easy', seconds: between(r, 5, 600) });
  const body: Json = {
    kind: 'repeat',
    times: rounds,
    phases,
    ...(r.chance(0.5) ? { openEnd: r.chance(0.5) } : {}),
  };
  if (rise !== 0) body['risePercentLop'] = rise;
  return {
    cuffloop: 'protocol',
    version: 1,
    name: `p${between(r, 0, 9999)}`,
    title: 'A random protocol',
    activity: ['run', 'walk', 'cycle', 'lift', 'passive'][between(r, 0, 4)] ?? 'run',
    ...(r.chance(0.3) ? { limb: 'leg' } : {}),
    ...(r.chance(0.3) ? { stage: between(r, 0, 5) } : {}),
    ...(r.chance(0.3) ? { warmUpS: between(r, 60, 600) } : {}),
    phases: [body],
  };
}

/** Every place of a JSON value: its parent and key. */
function places(
  value: Json,
  found: { parent: { [key: string]: Json } | Json[]; key: string | number }[] = [],
) {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    found.push({ parent: value as Json[], key });
    places((value as Json[])[key as number] as Json, found);
  }
  return found;
}

const OPTIONAL = [
  'source',
  'limb',
  'stage',
  'cues',
  'warmUpS',
  'coolDownS',
  'rampMmHgPerS',
  'openEnd',
  'risePercentLop',
];
const WRONG: readonly Json[] = [
  null,
  'off off',
  '',
  -1,
  1e9,
  Number.MAX_VALUE,
  true,
  [],
  {},
  '60',
  [[]],
  { percentLop: 81 },
  { mmHg: 251 },
];

/** Break one place of `file`. `surelyBad`: whatever the rest says, this must be refused. */
export function breakOne(file: { [key: string]: Json }, r: Random): { what: string; surelyBad: boolean } {
  const all = places(file);
  const place = all[between(r, 0, all.length - 1)];
  if (place === undefined) return { what: 'nothing', surelyBad: false };
  const parent = place.parent as { [key: string]: Json };
  const key = String(place.key);
  const inList = Array.isArray(place.parent);
  const range = inList ? undefined : RANGES[key as RangeName];
  const how = between(r, 0, 5);
  if (how === 0 && range !== undefined) {
    parent[key] = r.chance(0.5) ? range[1] + between(r, 1, 1000) : range[0] - between(r, 1, 1000);
    return { what: `${key} out of range`, surelyBad: true };
  }
  if (how === 1 && range !== undefined) {
    parent[key] = r.chance(0.5) ? range[1] : range[0];
    return { what: `${key} at an end of its range`, surelyBad: false };
  }
  if (how === 2 && !inList) {
    delete parent[key];
    return { what: `${key} left out`, surelyBad: !OPTIONAL.includes(key) };
  }
  if (how === 3 && !inList) {
    parent[`${key}x`] = parent[key] ?? null;
    delete parent[key];
    return { what: `${key} misspelt`, surelyBad: true };
  }
  if (how === 4 && inList) {
    const list = place.parent as Json[];
    for (let i = 0; i < 70; i++) list.push(structuredClone(list[Number(key)] ?? null));
    return { what: 'a phase 70 times more', surelyBad: true };
  }
  const wrong = WRONG[between(r, 0, WRONG.length - 1)] ?? null;
  parent[key] = structuredClone(wrong);
  return { what: `${key} = ${JSON.stringify(wrong)}`, surelyBad: false };
}

export interface FuzzResult {
  readonly files: number;
  readonly goodAccepted: number;
  readonly brokenRefused: number;
  /** Broken in a way that is still allowed. */
  readonly brokenStillGood: number;
  /** What must not be: text of each. */
  readonly wrong: readonly string[];
}

/** `files` good files, each checked as it is and broken in one place. */
export function fuzzProtocols(files: number, seed: number): FuzzResult {
  const r = new Random(seed);
  const wrong: string[] = [];
  let goodAccepted = 0;
  let brokenRefused = 0;
  let brokenStillGood = 0;
  for (let i = 0; i < files; i++) {
    const file = goodFile(r);
    const good = checkFile(file);
    if (good.protocol === undefined)
      wrong.push(`good file refused: ${JSON.stringify(good.problems)} ${JSON.stringify(file)}`);
    else goodAccepted++;
    const { what, surelyBad } = breakOne(file, r);
    const { protocol, problems } = checkFile(file);
    if (protocol === undefined) {
      brokenRefused++;
      if (problems.length === 0 || problems.some((p) => p.path === '' || p.allowed === ''))
        wrong.push(`${what}: refused without a reason ${JSON.stringify(file)}`);
      continue;
    }
    brokenStillGood++;
    const arm = file['limb'] === 'arm';
    const bad = [...forbidden(protocol, arm), ...forbiddenOnDevice(protocol, between(r, 80, 300), arm)];
    if (surelyBad || bad.length > 0)
      wrong.push(`${what}: accepted (${bad.join(', ')}) ${JSON.stringify(file)}`);
  }
  return { files, goodAccepted, brokenRefused, brokenStillGood, wrong };
}
