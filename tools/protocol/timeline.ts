/** A protocol as a person reads it: totals, a list with repeats folded, and a timeline of characters. */
import {
  ASSUMED_FILL_MS,
  isStepOn,
  type Protocol,
  pressureTimeMs,
  STEP_EASY,
  STEP_WORK,
  type Step,
} from '../../src/session/protocol.ts';
import { ACTIVITIES } from './schema.ts';

const BARS = '▁▂▃▄▅▆▇█';
const FULL_PERMILLE = 800;
const FULL_MMHG = 250;

/** m:ss */
export function clockText(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function kindText(step: Step): string {
  if (step.kind === STEP_EASY) return 'moving';
  return step.kind === STEP_WORK ? 'work' : 'rest';
}

export function pressureText(step: Step, lopMmHg: number): string {
  if (!isStepOn(step)) return 'released';
  if (step.mmHg > 0) return `${step.mmHg} mmHg`;
  const share = `${step.permille / 10} % LOP`;
  return lopMmHg > 0 ? `${share} = ${Math.round((step.permille * lopMmHg) / 1000)} mmHg` : share;
}

function stepText(step: Step, lopMmHg: number): string {
  const ramp = step.rampMmHgPerS > 0 ? `, ramp ${step.rampMmHgPerS} mmHg/s` : '';
  return `${kindText(step)} ${clockText(step.ms / 1000)} ${pressureText(step, lopMmHg)}${ramp}`;
}

/** Longest stretch that repeats from `at` on: its length and how often, 1 = not at all. */
function repeatAt(texts: readonly string[], at: number): { length: number; times: number } {
  let best = { length: 1, times: 1 };
  for (let length = 1; length <= (texts.length - at) / 2; length++) {
    let times = 1;
    const same = (from: number): boolean =>
      texts.slice(from, from + length).every((text, i) => text === texts[at + i]);
    while (at + (times + 1) * length <= texts.length && same(at + times * length)) times++;
    if (times > 1 && times * length > best.times * best.length) best = { length, times };
  }
  return best;
}

/** "4 × (work 3:00 50 % LOP, rest 1:00 released)", a line a group. */
export function foldedSteps(protocol: Protocol, lopMmHg: number): string[] {
  const texts = protocol.steps.map((step) => stepText(step, lopMmHg));
  const lines: string[] = [];
  for (let at = 0; at < texts.length; ) {
    const { length, times } = repeatAt(texts, at);
    const group = texts.slice(at, at + length).join(', ');
    lines.push(times > 1 ? `${times} × (${group})` : group);
    at += length * times;
  }
  return lines;
}

export interface Totals {
  readonly seconds: number;
  readonly onSeconds: number;
  /** Longest time under pressure without a full release, fills counted as on the device, s. */
  readonly pressureSeconds: number;
  readonly steps: number;
}

export function totalsOf(protocol: Protocol): Totals {
  const sum = (steps: readonly Step[]): number => steps.reduce((s, step) => s + step.ms, 0) / 1000;
  return {
    seconds: sum(protocol.steps),
    onSeconds: sum(protocol.steps.filter(isStepOn)),
    pressureSeconds: pressureTimeMs(protocol, ASSUMED_FILL_MS) / 1000,
    steps: protocol.steps.length,
  };
}

function heightOf(step: Step): number {
  if (!isStepOn(step)) return 0;
  return step.mmHg > 0 ? step.mmHg / FULL_MMHG : step.permille / FULL_PERMILLE;
}

function stepAt(protocol: Protocol, ms: number): Step | undefined {
  let end = 0;
  return protocol.steps.find((step) => {
    end += step.ms;
    return ms < end;
  });
}

/** Two lines of `width` characters: pressure as bars, and W work, r rest, m moving. */
export function timelineOf(protocol: Protocol, width: number): string[] {
  const total = protocol.steps.reduce((sum, step) => sum + step.ms, 0);
  let bars = '';
  let kinds = '';
  for (let i = 0; i < width; i++) {
    const step = stepAt(protocol, ((i + 0.5) * total) / width);
    if (step === undefined) continue;
    const height = heightOf(step);
    bars += height === 0 ? ' ' : (BARS[Math.min(7, Math.max(0, Math.ceil(height * 8) - 1))] ?? '█');
    kinds += step.kind === STEP_WORK ? 'W' : step.kind === STEP_EASY ? 'm' : 'r';
  }
  return [bars, kinds, `0:00${clockText(total / 1000).padStart(Math.max(1, width - 4))}`];
}

/** Everything about a protocol, for a terminal. */
export function describe(protocol: Protocol, lopMmHg: number, width: number): string[] {
  const t = totalsOf(protocol);
  const lop = lopMmHg > 0 ? `, LOP ${lopMmHg} mmHg` : '';
  return [
    `${protocol.id}: ${ACTIVITIES[protocol.activity] ?? '?'}, open from stage ${protocol.stage}${lop}`,
    `${clockText(t.seconds)} in all and the fills, ${clockText(t.onSeconds)} with pressure, at most ${clockText(t.pressureSeconds)} without a full release, ${t.steps} steps`,
    '',
    ...timelineOf(protocol, width),
    '',
    ...foldedSteps(protocol, lopMmHg).map((line) => `  ${line}`),
  ];
}
