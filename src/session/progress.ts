/**
 * What comes next, from what was done and how it felt: first longer, then harder, the pressure last. Counted
 * in sessions, remembered in flash, explained in a sentence; the wearer can only choose less. It advises; no
 * limit depends on it.
 */
import { PROTOCOL_FAST, PROTOCOL_INTRO, PROTOCOL_RUN_5X3, PROTOCOL_RUN_6X3 } from './library.ts';

/** How a session felt, as the wearer said it. */
export const FELT_UNSAID = 0;
export const FELT_RIGHT = 1;
export const FELT_HARD = 2;
export const FELT_TOO_MUCH = 3;

/** One step down in pressure for tingling or dizziness, mmHg (SmartCuffs' manual says 10). */
export const LESS_STEP_MMHG = 10;
export const MAX_LESS_MMHG = 60;

export interface Progress {
  /** Sessions logged, completed or not; completed ones. */
  sessions: number;
  completed: number;
  stage: number;
  /** Good sessions in this stage. */
  good: number;
  /** Lasting step down of the pressure, mmHg. */
  lessMmHg: number;
  /** Time of the last session in s since 1970, 0 = unknown; and sessions in the week before it with a known date. */
  lastS: number;
}

/** protocol, permille on top of its own, good sessions needed to go on. */
const STAGES: ReadonlyArray<readonly [number, number, number]> = [
  [PROTOCOL_INTRO, 0, 2],
  [PROTOCOL_RUN_5X3, 0, 6],
  [PROTOCOL_RUN_6X3, 0, 3],
  [PROTOCOL_FAST, 0, 3],
  [PROTOCOL_RUN_6X3, 50, 6],
  [PROTOCOL_RUN_6X3, 100, 999],
];

export const LAST_STAGE = 5;

export function createProgress(): Progress {
  return { sessions: 0, completed: 0, stage: 0, good: 0, lessMmHg: 0, lastS: 0 };
}

export function stageProtocol(stage: number): number {
  const row = STAGES[stage];
  return row === undefined ? PROTOCOL_INTRO : row[0];
}

/** Share of LOP on top of the protocol's own, permille. */
export function stageExtra(stage: number): number {
  const row = STAGES[stage];
  return row === undefined ? 0 : row[1];
}

function stageNeeds(stage: number): number {
  const row = STAGES[stage];
  return row === undefined ? 1 : row[2];
}

/** A session has ended. `nowS`: date if trusted, else 0. */
export function sessionDone(p: Progress, completed: boolean, nowS: number): void {
  p.sessions++;
  if (nowS > 0) p.lastS = nowS;
  if (!completed) return;
  p.completed++;
  p.good++;
  while (p.stage < LAST_STAGE && p.good >= stageNeeds(p.stage)) {
    p.stage++;
    p.good = 0;
  }
}

/** The wearer says how the session that was just logged felt. Takes back what it counted, where it was too much. */
export function feltLike(p: Progress, felt: number): void {
  if (felt === FELT_HARD && p.good > 0) p.good--;
  if (felt !== FELT_TOO_MUCH) return;
  p.good = 0;
  if (p.stage > 0) p.stage--;
  stepDown(p);
}

/** Lower every pressure from now on by one step. */
export function stepDown(p: Progress): void {
  p.lessMmHg = p.lessMmHg + LESS_STEP_MMHG < MAX_LESS_MMHG ? p.lessMmHg + LESS_STEP_MMHG : MAX_LESS_MMHG;
}

/** Seven whole numbers, for the store. */
export function encodeProgress(p: Progress): string {
  return `1,${p.sessions},${p.completed},${p.stage},${p.good},${p.lessMmHg},${p.lastS}`;
}

/** Damaged or foreign text gives a fresh start: the introduction. */
export function decodeProgress(text: string | undefined): Progress {
  const p = createProgress();
  const n = text === undefined ? [] : text.split(',').map((s) => parseInt(s, 10));
  if (n.length !== 7 || n[0] !== 1) return p;
  for (const value of n) if (!(value >= 0 && value < 4294967296)) return p;
  p.sessions = n[1] as number;
  p.completed = n[2] as number;
  p.stage = Math.min(n[3] as number, LAST_STAGE);
  p.good = n[4] as number;
  p.lessMmHg = Math.min(n[5] as number, MAX_LESS_MMHG);
  p.lastS = n[6] as number;
  return p;
}

/** What comes next and why, in one sentence. */
export function progressText(p: Progress, protocolId: string): string {
  const left = stageNeeds(p.stage) - p.good;
  const more =
    p.stage < LAST_STAGE
      ? `${left} more good session${left === 1 ? '' : 's'} before it grows`
      : 'this is the last stage';
  const less = p.lessMmHg > 0 ? `, ${p.lessMmHg} mmHg below the plan as you asked` : '';
  return `Next: ${protocolId}${less}; ${more} (longer first, then faster, pressure last).`;
}

/** Advice from dates: 1 = less than 36 h since the last session (Owens). Needs both dates. */
export function restAdvised(p: Progress, nowS: number): boolean {
  return nowS > 0 && p.lastS > 0 && nowS - p.lastS < 36 * 3600;
}
