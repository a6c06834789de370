/** What the cuff does, in a sentence that is read at a glance, and what follows from it. Pure. */
import { isPressurePhase, phaseName } from '../../../src/phases.ts';
import type { State } from '../../../tools/board/frames.ts';
import { inhibitLines } from '../../../tools/cuff/words.ts';

/** Older than this is not shown as now, ms. */
export const STALE_MS = 4000;

const HEADLINES: Readonly<Record<string, string>> = {
  idle: 'At rest',
  ready: 'About to fill',
  fill: 'Filling',
  work: 'Under pressure: work',
  rest: 'Under pressure: rest',
  released: 'Released: rest',
  deflate: 'Emptying',
  done: 'Session done',
  tripped: 'Stopped by a safety rule',
  lop: 'Measuring the occlusion pressure',
  paused: 'Stopped by you',
  posture: 'Asks for your posture',
};

export interface StatusWords {
  readonly headline: string;
  /** Pressure, aim, time left. */
  readonly detail: string;
  /** What keeps a session from starting, a line each. */
  readonly inhibits: readonly string[];
  readonly underPressure: boolean;
}

export function statusWords(s: State): StatusWords {
  const inhibits = inhibitLines(s);
  const name = phaseName(s.phase);
  const ready = name === 'idle' && inhibits.length === 0;
  const aim = s.setpoint >= 0 ? `aims at ${s.setpoint} mmHg` : 'vented';
  const left = s.leftS > 0 ? `${s.leftS} s left in step ${s.step + 1}` : '';
  return {
    headline: ready ? 'Ready: its own button starts a session' : (HEADLINES[name] ?? name),
    detail: [aim, left].filter((word) => word !== '').join(', '),
    inhibits,
    underPressure: isPressurePhase(s.phase),
  };
}
