/** Lines of the outside-plant protocol (docs: README), parsed and checked. A bad line says what is wrong and what is allowed. */

import { BadInput, visible } from '../../tools/input/bad-input.ts';
import { readJson } from '../../tools/input/json.ts';

/** Control periods that the firmware runs at, s. */
export const MIN_DT_S = 0.01;
export const MAX_DT_S = 0.05;
/** A line longer than this is nonsense, characters. */
export const MAX_LINE = 4096;
/** Sizes that are believed at all. */
const MAX_SETPOINT_MMHG = 250;
const MIN_LOP_MMHG = 80;
const MAX_LOP_MMHG = 300;
const MAX_AGE_MS = 100;

export interface Hello {
  readonly periodMs: number;
  /** 0 = not known. */
  readonly lopMmHg: number;
  readonly ageMs: number;
  readonly run: 'hold' | 'session' | 'lop';
  readonly protocol: string | null;
  readonly limb: 'leg' | 'arm';
  readonly careful: boolean;
}

export interface Sample {
  /** s, as the plant counts. */
  readonly t: number;
  /** Gauge mmHg; null = none, then `fault` says why. */
  readonly p: number | null;
  readonly fault: 'nak' | 'sat' | null;
  readonly cmd: 'hold' | 'deflate' | null;
  /** Setpoint of `hold`, mmHg. */
  readonly sp: number;
  /** Battery, V; null = not told. */
  readonly vb: number | null;
}

/** What is wrong with a line, in one sentence. */
export class BadLine extends Error {}

type Json = Record<string, unknown>;

/** A plant's lines have one line each. */
function withoutLine(problem: string): string {
  return problem.replaceAll('line 1, ', '');
}

/** One JSON object of a line. */
export function parseObject(line: string): Json {
  if (line.length > MAX_LINE)
    throw new BadLine(`a line of more than ${MAX_LINE} characters; send one JSON object a line`);
  let value: unknown;
  try {
    value = readJson(line.replace(/^\ufeff/, ''), { lines: true }).value;
  } catch (error) {
    const why = error instanceof BadInput ? error.problems.map(withoutLine).join('; ') : String(error);
    const what = why.includes('not JSON: ')
      ? `not JSON: ${visible(line)} (${why.replace('not JSON: ', '')})`
      : `${why}, in ${visible(line)}`;
    throw new BadLine(`${what}; send one JSON object a line`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadLine(`${visible(line)} is no JSON object`);
  }
  return value as Json;
}

function number(o: Json, name: string, min: number, max: number, unit: string): number {
  const value = o[name];
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw new BadLine(
      `${name}: ${JSON.stringify(value ?? null)} is not allowed; ${name} takes ${min}..${max} ${unit}`.trim(),
    );
  }
  return value;
}

function word<T extends string>(o: Json, name: string, allowed: readonly T[], usual: T): T {
  const value = o[name] ?? usual;
  const found = allowed.find((one) => one === value);
  if (found === undefined) {
    throw new BadLine(
      `${name}: ${JSON.stringify(value)} is not allowed; ${name} takes ${allowed.join(', ')}`,
    );
  }
  return found;
}

function yes(o: Json, name: string): boolean {
  const value = o[name];
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw new BadLine(`${name}: ${JSON.stringify(value)} is not allowed; ${name} takes true, false`);
}

function periodOf(o: Json): number {
  const dt = number(o, 'dt', MIN_DT_S, MAX_DT_S, 's');
  const ms = Math.round(dt * 1000);
  if (Math.abs(dt * 1000 - ms) > 1e-6) {
    throw new BadLine(
      `dt: ${dt} is no whole number of ms; dt takes ${MIN_DT_S}..${MAX_DT_S} s in steps of 0.001`,
    );
  }
  return ms;
}

/** The first line. */
export function parseHello(line: string): Hello {
  const o = parseObject(line);
  if (o['hello'] !== 1) {
    throw new BadLine('the first line must be {"hello":1,"dt":0.02,...}; this firmware speaks version 1');
  }
  const kind = typeof o['kind'] === 'string' ? o['kind'] : '';
  const run = word(o, 'run', ['hold', 'session', 'lop'], 'hold');
  if (o['target'] !== undefined) number(o, 'target', 0, MAX_SETPOINT_MMHG, 'mmHg');
  if (o['protocol'] !== undefined && typeof o['protocol'] !== 'string') {
    throw new BadLine(
      `protocol: ${JSON.stringify(o['protocol'])} is not allowed; protocol takes the name of a built-in one`,
    );
  }
  return {
    periodMs: periodOf(o),
    lopMmHg: o['lop'] === undefined ? 0 : number(o, 'lop', MIN_LOP_MMHG, MAX_LOP_MMHG, 'mmHg'),
    ageMs: o['ageMs'] === undefined ? 5 : number(o, 'ageMs', 0, MAX_AGE_MS, 'ms'),
    run,
    protocol: typeof o['protocol'] === 'string' ? o['protocol'] : null,
    limb: word(o, 'limb', ['leg', 'arm'], kind.includes('arm') ? 'arm' : 'leg'),
    careful: yes(o, 'careful'),
  };
}

/** A line of the plant; null = the end of the run. */
export function parseSample(line: string): Sample | null {
  const o = parseObject(line);
  if (o['end'] === 1) return null;
  const t = number(o, 't', 0, 1e6, 's');
  const st = o['st'] === undefined ? null : word(o, 'st', ['ok', 'nak', 'sat'], 'ok');
  const fault = st === 'ok' ? null : st;
  if (o['p'] === null && fault === null) throw new BadLine('p: null needs "st":"nak" or "st":"sat"');
  const p = o['p'] === null ? null : number(o, 'p', -1000, 2000, 'mmHg, or null');
  const given = o['cmd'];
  const cmd = given === undefined || given === null ? null : word(o, 'cmd', ['hold', 'deflate'], 'deflate');
  return {
    t,
    p,
    fault,
    cmd,
    sp: cmd === 'hold' ? number(o, 'sp', 0, MAX_SETPOINT_MMHG, 'mmHg') : 0,
    vb: o['vb'] === undefined || o['vb'] === null ? null : number(o, 'vb', 0, 60, 'V'),
  };
}

/** Result of a measurement, or why there is none. Against the plant's own idea of a person, not accuracy on people. */
export type LopAnswer =
  | {
      readonly mmHg: number;
      readonly spreadMmHg: number;
      /** How far off it may be: nineteen of twenty, as far as models can tell. */
      readonly offMmHg: number;
      readonly heartRate: number;
      readonly notice: string;
    }
  | { readonly refused: string };

/** One answer; fields beyond pump and valve explain. */
export interface Answer {
  /** Pump duty 0..1. */
  readonly pump: number;
  /** 0 shut, 1 open, between: open for that share of the period, then shut. */
  readonly valve: number;
  readonly state?: string;
  readonly trip?: string;
  readonly why?: string;
  readonly setpoint?: number;
  /** At the end of a measurement. */
  readonly lop?: LopAnswer;
  readonly error?: string;
}

/** The answer that goes with any end of a run: vented. */
export const VENTED: Answer = { pump: 0, valve: 1 };
