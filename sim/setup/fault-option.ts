/** `--fault kind@start[:size][~end]`, times in seconds since power-up. */

import { decimal } from '../../tools/input/number-words.ts';
import type { Fault, FaultKind } from '../plant/faults.ts';
import { BadOption } from './bad-option.ts';

interface Size {
  readonly field: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly usual: number;
}

/** Every kind, with its size where it has one. */
export const FAULT_SIZES: Readonly<Record<FaultKind, Size | null>> = {
  leak: { field: 'mmHgPerMin', unit: 'mmHg/min at 150 mmHg', min: 1, max: 20_000, usual: 1500 },
  burst: { field: 'c', unit: 'NmL/s per mmHg', min: 0.01, max: 20, usual: 1 },
  'hose-off': null,
  kink: { field: 'factor', unit: 'times the resistance', min: 1, max: 1e6, usual: 400 },
  'bottle-kink': {
    field: 'factor',
    unit: "times the resistance of the bottle's line",
    min: 1,
    max: 1e9,
    usual: 400,
  },
  'bottle-off': null,
  'cuff-off': { field: 'share', unit: 'share of the volume', min: 0.05, max: 5, usual: 0.8 },
  'valve-stuck-open': null,
  'valve-stuck-shut': null,
  'pump-stuck-on': null,
  'pump-dead': null,
  'pump-weak': { field: 'factor', unit: 'times the flow', min: 0, max: 1, usual: 0.3 },
  'pump-hot': { field: 'afterS', unit: 's of running until it cuts out', min: 0.1, max: 600, usual: 3 },
  'valve-hot': { field: 'share', unit: 'share of its resistance more', min: 0, max: 3, usual: 0.8 },
  'valve-hold': { field: 'factor', unit: 'times the voltage that holds it', min: 0, max: 1, usual: 0.25 },
  'valve-drop': null,
  'sensor-frozen': null,
  'sensor-nak': null,
  'sensor-saturated': null,
  'sensor-zero': null,
  'sensor-stale': null,
  'sensor-drift': { field: 'mmHgPerS', unit: 'mmHg/s', min: -20, max: 20, usual: -0.5 },
  'sensor-jump': { field: 'mmHg', unit: 'mmHg', min: -300, max: 300, usual: 20 },
  'sense-line': {
    field: 'lagS',
    unit: 's of lag in the line to the sensor',
    min: 0.01,
    max: 100_000,
    usual: 100_000,
  },
  'battery-sag': { field: 'factor', unit: 'times the voltage', min: 0, max: 1, usual: 0.62 },
  'supply-lost': null,
};

const LAST_S = 24 * 3600;

function time(text: string, whole: string, what: string): number {
  const seconds = decimal(text);
  if (seconds === undefined || !(seconds >= 0 && seconds <= LAST_S)) {
    throw new BadOption('--fault', whole, `${what} "${text}" is no time; allowed are 0..${LAST_S} s`);
  }
  return Math.round(seconds * 1000);
}

function size(text: string, whole: string, kind: string, rule: Size | null): Record<string, number> {
  if (rule === null) throw new BadOption('--fault', whole, `${kind} has no size; write ${kind}@start`);
  const value = decimal(text);
  if (value === undefined || !(value >= rule.min && value <= rule.max)) {
    throw new BadOption('--fault', whole, `size "${text}" is outside ${rule.min}..${rule.max} ${rule.unit}`);
  }
  return { [rule.field]: value };
}

/** Parses one fault; throws BadOption that says what is allowed. */
export function parseFault(whole: string): Fault {
  const match = /^([a-z-]+)@([^:~]+)(?::([^~]*))?(?:~(.+))?$/.exec(whole);
  const kinds = Object.keys(FAULT_SIZES) as FaultKind[];
  if (match === null) {
    throw new BadOption(
      '--fault',
      whole,
      `write kind@start, kind@start:size or kind@start:size~end; kinds are ${kinds.join(', ')}`,
    );
  }
  const [, name = '', start = '', sizeText, end] = match;
  const kind = kinds.find((k) => k === name);
  if (kind === undefined)
    throw new BadOption('--fault', whole, `no fault "${name}"; kinds are ${kinds.join(', ')}`);
  const rule = FAULT_SIZES[kind];
  const atMs = time(start, whole, 'start');
  const until = end === undefined ? {} : { untilMs: time(end, whole, 'end') };
  if (until.untilMs !== undefined && until.untilMs <= atMs) {
    throw new BadOption('--fault', whole, `the end must come after the start`);
  }
  const usual = rule === null ? {} : { [rule.field]: rule.usual };
  const sized = sizeText === undefined ? usual : size(sizeText, whole, kind, rule);
  return { kind, atMs, ...until, ...sized } as Fault;
}

/** Faults of which only one can hold at a time: two of a group would leave open which of them counts. The others add up. */
const GROUPS: readonly (readonly FaultKind[])[] = [
  ['kink'],
  ['bottle-kink'],
  ['cuff-off'],
  ['pump-weak', 'pump-dead', 'pump-stuck-on'],
  ['valve-stuck-open', 'valve-stuck-shut'],
  ['pump-hot'],
  ['valve-hot'],
  ['valve-hold'],
  ['battery-sag', 'supply-lost'],
];

function overlap(a: Fault, b: Fault): boolean {
  const endOf = (fault: Fault): number => fault.untilMs ?? Number.POSITIVE_INFINITY;
  return a.atMs < endOf(b) && b.atMs < endOf(a);
}

/** Parses all faults of a run; throws BadOption where two of them cannot be told apart or exclude each other. */
export function parseFaults(texts: readonly string[]): Fault[] {
  const faults = texts.map(parseFault);
  for (const [i, fault] of faults.entries()) {
    const text = texts[i] ?? '';
    const before = faults.slice(0, i).findIndex((other, k) => {
      const same = texts[k] === text || (other.kind === fault.kind && other.atMs === fault.atMs);
      const group = GROUPS.find((kinds) => kinds.includes(fault.kind)) ?? [];
      return same || (group.includes(other.kind) && overlap(other, fault));
    });
    if (before >= 0)
      throw new BadOption(
        '--fault',
        text,
        `there is "${texts[before]}" at the same time, and only one of them can hold; end one with ~end before the other begins`,
      );
  }
  return faults;
}

/** A fault in words, for events. */
export function faultText(fault: Fault): string {
  const rule = FAULT_SIZES[fault.kind];
  if (rule === null) return fault.kind;
  const value = (fault as unknown as Record<string, number | undefined>)[rule.field] ?? rule.usual;
  return `${fault.kind}: ${value} ${rule.unit}`;
}
