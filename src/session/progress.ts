/**
 * What comes next, from what was done and how it felt: first longer, then harder, the pressure last. Counted
 * in sessions, remembered in flash, explained in a sentence; the wearer can only choose less. It advises; no
 * limit depends on it. Must never be what a limit depends on.
 */
import {
  PROTOCOL_ARM,
  PROTOCOL_FAST,
  PROTOCOL_INTRO,
  PROTOCOL_RUN_5X3,
  PROTOCOL_RUN_6X3,
} from './library.ts';

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
  /** Dates of the last three sessions, newest first, s since 1970; 0 = unknown. */
  lastS: number;
  beforeS: number;
  thirdS: number;
  /** Stage and good sessions before the session that was logged last: what it felt like counts from there. Not in the store. */
  stageBefore: number;
  goodBefore: number;
}

/**
 * Leg: protocol, permille on top of its own, good sessions needed to go on; then permille on top for an arm, which
 * always does the one protocol for arms (running and riding are for legs).
 */
const STAGES: ReadonlyArray<readonly [number, number, number, number]> = [
  [PROTOCOL_INTRO, 0, 2, 0],
  [PROTOCOL_RUN_5X3, 0, 6, 0],
  [PROTOCOL_RUN_6X3, 0, 3, 0],
  [PROTOCOL_FAST, 0, 3, 50],
  [PROTOCOL_RUN_6X3, 50, 6, 50],
  [PROTOCOL_RUN_6X3, 100, 999, 100],
];

export const LAST_STAGE = 5;

export function createProgress(): Progress {
  return {
    sessions: 0,
    completed: 0,
    stage: 0,
    good: 0,
    lessMmHg: 0,
    lastS: 0,
    beforeS: 0,
    thirdS: 0,
    stageBefore: 0,
    goodBefore: 0,
  };
}

export function stageProtocol(stage: number, arm: boolean): number {
  const row = STAGES[stage];
  if (arm) return PROTOCOL_ARM;
  return row === undefined ? PROTOCOL_INTRO : row[0];
}

/** Share of LOP on top of the protocol's own, permille. */
export function stageExtra(stage: number, arm: boolean): number {
  const row = STAGES[stage];
  return row === undefined ? 0 : arm ? row[3] : row[1];
}

function stageNeeds(stage: number): number {
  const row = STAGES[stage];
  return row === undefined ? 1 : row[2];
}

/** A session has ended. `nowS`: date if trusted, else 0. */
export function sessionDone(p: Progress, completed: boolean, nowS: number): void {
  keepBefore(p);
  p.sessions++;
  if (nowS > 0) keepDate(p, nowS);
  if (!completed) return;
  p.completed++;
  p.good++;
  while (p.stage < LAST_STAGE && p.good >= stageNeeds(p.stage)) {
    p.stage++;
    p.good = 0;
  }
}

function keepBefore(p: Progress): void {
  p.stageBefore = p.stage;
  p.goodBefore = p.good;
}

function keepDate(p: Progress, nowS: number): void {
  p.thirdS = p.beforeS;
  p.beforeS = p.lastS;
  p.lastS = nowS;
}

/**
 * The wearer says how the session that was just logged felt. A hard one does not count as a good one; one that was too much leads a
 * stage back from the one that it was done in.
 */
export function feltLike(p: Progress, felt: number): void {
  if (felt !== FELT_HARD && felt !== FELT_TOO_MUCH) return;
  p.stage = p.stageBefore;
  p.good = p.goodBefore;
  if (felt === FELT_HARD) return;
  p.good = 0;
  if (p.stage > 0) p.stage--;
  keepBefore(p);
  stepDown(p);
}

/** Lower every pressure from now on by one step. */
export function stepDown(p: Progress): void {
  p.lessMmHg = p.lessMmHg + LESS_STEP_MMHG < MAX_LESS_MMHG ? p.lessMmHg + LESS_STEP_MMHG : MAX_LESS_MMHG;
}

/** Nine whole numbers, for the store. */
export function encodeProgress(p: Progress): string {
  return `2,${p.sessions},${p.completed},${p.stage},${p.good},${p.lessMmHg},${p.lastS},${p.beforeS},${p.thirdS}`;
}

/** Damaged or foreign text gives a fresh start: the introduction. Version 1 kept one date. */
export function decodeProgress(text: string | undefined): Progress {
  const p = createProgress();
  const words = text === undefined ? [] : text.split(',');
  const n = words.map((word) => parseInt(word, 10));
  const dates = n[0] === 1 ? 1 : 3;
  if (!(n[0] === 1 || n[0] === 2) || n.length !== 6 + dates) return p;
  for (let i = 0; i < n.length; i++) if (!isCount(n[i] as number, words[i] as string)) return p;
  if ((n[2] as number) > (n[1] as number)) return p;
  p.sessions = n[1] as number;
  p.completed = n[2] as number;
  p.stage = Math.min(n[3] as number, LAST_STAGE);
  p.good = n[4] as number;
  keepBefore(p);
  p.lessMmHg = Math.min(n[5] as number, MAX_LESS_MMHG);
  p.lastS = n[6] as number;
  if (dates === 1) return p;
  p.beforeS = n[7] as number;
  p.thirdS = n[8] as number;
  return p;
}

/** True for a whole number that is written as such and in no other way. */
function isCount(value: number, word: string): boolean {
  return value >= 0 && value < 4294967296 && value.toString() === word;
}

/** What comes next and why, in one sentence. */
export function progressText(p: Progress, protocolId: string, estimated: boolean): string {
  const left = stageNeeds(p.stage) - p.good;
  const more =
    p.stage < LAST_STAGE
      ? `${left} more good session${left === 1 ? '' : 's'} before it grows`
      : 'this is the last stage';
  const less = p.lessMmHg > 0 ? `, ${p.lessMmHg} mmHg below the plan as you asked` : '';
  const sure = estimated ? ', by an estimated occlusion pressure' : '';
  return `Next: ${protocolId}${sure}${less}; ${more} (longer first, then faster, pressure last).`;
}

/** What the dates advise; no limit depends on it. */
export const ADVICE_NONE = 0;
/** Less than 36 h since the last session (Owens). */
export const ADVICE_REST = 1;
/** Three sessions within the last seven days (Patterson 2019: 2-3 a week). */
export const ADVICE_WEEK = 2;

/** ADVICE_* at `nowS`, 0 = the date is not known and nothing is advised. */
export function adviceNow(p: Progress, nowS: number): number {
  if (!(nowS > 0)) return ADVICE_NONE;
  if (isWithin(p.thirdS, nowS, 7 * 24)) return ADVICE_WEEK;
  return isWithin(p.lastS, nowS, 36) ? ADVICE_REST : ADVICE_NONE;
}

function isWithin(thenS: number, nowS: number, hours: number): boolean {
  return thenS > 0 && thenS <= nowS && nowS - thenS < hours * 3600;
}
