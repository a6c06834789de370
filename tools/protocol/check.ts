/** A protocol file, checked whole: fields, how phases hang together, hard limits, and a wearer's limits where they are known. */
import {
  MAX_ARM_MS,
  MAX_LEG_MS,
  MAX_LOP_PERMILLE,
  MAX_SESSION_MS,
  MAX_SESSION_PRESSURE_MS,
  MAX_SETPOINT_MMHG,
  MIN_SETPOINT_MMHG,
} from '../../src/limits.ts';
import {
  ASSUMED_FILL_MS,
  isStepOn,
  lengthMs,
  MAX_STEP_MS,
  MAX_STEPS,
  MIN_STEP_MS,
  type Protocol,
  pressureTimeMs,
  protocolFits,
  type Step,
  sessionPressureMs,
} from '../../src/session/protocol.ts';
import { type BadInput, placeText } from '../input/bad-input.ts';
import { type Json, type Path, readJson } from '../input/json.ts';
import { flatten } from './flatten.ts';
import { type Problem, problemsOf, rangeText } from './problems.ts';
import { type ProtocolFile, protocolSchema } from './schema.ts';

/** What is known of who will wear it. */
export interface WearerLimits {
  /** Limb occlusion pressure, mmHg. */
  readonly lopMmHg: number;
  /** Highest setpoint that the wearer allows, mmHg. */
  readonly maxMmHg: number;
}

export interface Checked {
  /** Undefined when there is any problem. */
  readonly protocol: Protocol | undefined;
  readonly file: ProtocolFile | undefined;
  readonly problems: readonly Problem[];
}

function stepProblems(step: Step, at: string): Problem[] {
  const found: Problem[] = [];
  if (!(step.ms >= MIN_STEP_MS && step.ms <= MAX_STEP_MS))
    found.push({
      path: at,
      value: `${step.ms / 1000} s`,
      allowed: `${MIN_STEP_MS / 1000}..${MAX_STEP_MS / 1000} s a phase`,
    });
  if (step.permille > MAX_LOP_PERMILLE || step.permille < 0)
    found.push({
      path: at,
      value: `${step.permille / 10} % of LOP after rising`,
      allowed: `at most ${MAX_LOP_PERMILLE / 10} %`,
    });
  if (step.mmHg > MAX_SETPOINT_MMHG)
    found.push({ path: at, value: `${step.mmHg} mmHg`, allowed: `at most ${MAX_SETPOINT_MMHG} mmHg` });
  return found;
}

/** What no chain of releases gets around. */
function sessionProblems(protocol: Protocol): Problem[] {
  const found: Problem[] = [];
  const onMs = sessionPressureMs(protocol, ASSUMED_FILL_MS);
  if (onMs > MAX_SESSION_PRESSURE_MS)
    found.push({
      path: 'phases',
      value: `${Math.ceil(onMs / 60000)} min under pressure in all (fills counted as ${ASSUMED_FILL_MS / 1000} s)`,
      allowed: `at most ${MAX_SESSION_PRESSURE_MS / 60000} min a session, whatever releases are in it`,
    });
  const ms = lengthMs(protocol);
  if (ms > MAX_SESSION_MS)
    found.push({
      path: 'phases',
      value: `a session of ${Math.ceil(ms / 60000)} min`,
      allowed: `at most ${MAX_SESSION_MS / 60000} min from the first phase to the last`,
    });
  return found;
}

/** Limits that hold for everybody. */
function limitProblems(protocol: Protocol, arm: boolean): Problem[] {
  const { steps } = protocol;
  if (!(steps.length >= 1 && steps.length <= MAX_STEPS))
    return [{ path: 'phases', value: `${steps.length} steps when unrolled`, allowed: `1..${MAX_STEPS}` }];
  const found = steps.flatMap((step, i) => stepProblems(step, `step ${i + 1}`));
  found.push(...sessionProblems(protocol));
  const limitMs = arm ? MAX_ARM_MS : MAX_LEG_MS;
  const timeMs = pressureTimeMs(protocol, ASSUMED_FILL_MS);
  if (timeMs > limitMs)
    found.push({
      path: 'phases',
      value: `${Math.ceil(timeMs / 1000)} s under pressure (fills counted as ${ASSUMED_FILL_MS / 1000} s) without a full release`,
      allowed: `at most ${limitMs / 1000} s on ${arm ? 'an arm' : 'a leg'}; a release of 220 s or more gives the time back`,
    });
  if (!steps.some(isStepOn))
    found.push({
      path: 'phases',
      value: 'the cuff is never on',
      allowed: 'at least one phase with pressure',
    });
  return found;
}

function wearerProblems(protocol: Protocol, w: WearerLimits, arm: boolean): Problem[] {
  const ceiling = Math.min(w.maxMmHg, (w.lopMmHg * MAX_LOP_PERMILLE) / 1000);
  const found = protocol.steps.flatMap((step, i): Problem[] => {
    const planned = step.mmHg > 0 ? step.mmHg : (step.permille * w.lopMmHg) / 1000;
    if (planned === 0 || (planned >= MIN_SETPOINT_MMHG && planned <= ceiling)) return [];
    const allowed = `${MIN_SETPOINT_MMHG}..${Math.floor(ceiling)} mmHg for this wearer`;
    return [{ path: `step ${i + 1}`, value: `${planned.toFixed(0)} mmHg`, allowed }];
  });
  const limitMs = arm ? MAX_ARM_MS : MAX_LEG_MS;
  if (found.length === 0 && !protocolFits(protocol, w.lopMmHg, ceiling, limitMs))
    found.push({
      path: 'file',
      value: 'refused by the device',
      allowed: 'what src/session/protocol.ts checks',
    });
  return found;
}

/** Line and column of a path, or of the nearest thing around it that is there. */
function placeIn(json: Json, path: readonly PropertyKey[]): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const place = json.placeOf(path.slice(0, length) as Path);
    if (place !== undefined) return placeText(place);
  }
  return undefined;
}

/** Check an already parsed file; `json` knows where things stand in its text. */
export function checkFile(given: unknown, wearer?: WearerLimits, json?: Json): Checked {
  const result = protocolSchema.safeParse(given, { reportInput: true });
  if (!result.success) {
    const at = (path: readonly PropertyKey[]) => (json === undefined ? undefined : placeIn(json, path));
    return { protocol: undefined, file: undefined, problems: problemsOf(given, result.error.issues, at) };
  }
  const file = result.data;
  const { protocol, problems } = flatten(file);
  const arm = file.limb === 'arm';
  const all = [...problems, ...limitProblems(protocol, arm)];
  if (wearer !== undefined && all.length === 0) all.push(...wearerProblems(protocol, wearer, arm));
  return { protocol: all.length === 0 ? protocol : undefined, file, problems: all };
}

/** Check a text. */
export function checkText(text: string, wearer?: WearerLimits): Checked {
  let json: Json;
  try {
    json = readJson(text, { allowed: (name) => rangeText(name) ?? '' });
  } catch (error) {
    const problems = (error as BadInput).problems.map((value) => ({
      path: 'file',
      value,
      allowed: 'one JSON object (docs/sessions.md)',
    }));
    return { protocol: undefined, file: undefined, problems };
  }
  return checkFile(json.value, wearer, json);
}
