/**
 * The valve is open, or has just been shut: time under pressure, the vent, and the vented cuff. Not the common path.
 * What is not clearly open must count as pressure.
 */
import { VENTED_MMHG } from '../limits.ts';
import { type ReadTick, TURN_CLOSE, TURN_LOOK } from '../tick.ts';
import { expectFirstTick, judgeInterval, noteInterval } from './clock-rules.ts';
import { measureNoise } from './flat-rules.ts';
import { countAsEmpty } from './fullness.ts';
import { forgetPressure } from './hold.ts';
import { judgeSuspect } from './level-rules.ts';
import { BLOCKED_MS } from './rows/vent.ts';
import { judgeFrozen } from './sensor-rules.ts';
import { skipRound } from './slow-rules.ts';
import type { Supervisor, Writes } from './state.ts';
import { judgeOpenOutputs } from './supply-rules.ts';
import { countRelease, countVentTime, startRelease } from './time-rules.ts';
import { hasDropped, judgeVenting, judgeZero, noteVented, startVent } from './vent-rules.ts';

export interface OpenTime {
  /** The last tick with the valve open, ms since boot. */
  ventAt: number;
  /** ms since the vent began, 0 = its first tick. */
  ventingMs: number;
}

export function createOpenTime(): OpenTime {
  return { ventAt: -1000, ventingMs: 0 };
}

/** A tick with the valve open. One that does not follow the last such tick begins a new vent. */
export function assessOpen(s: Writes<OpenTime>, t: ReadTick): void {
  if (t.outVent !== true) judgeInterval(s, t);
  const since = t.now - t.dt - s.ventAt;
  if (!(since < 1 && since > -1)) s.ventingMs = 0;
  s.ventAt = t.now;
  if (s.pressurised && t.filteredMmHg <= VENTED_MMHG && !t.doubtful) judgeEmpty(s, t);
  if (s.pressurised) judgeVent(s, t);
  else judgeVented(s, t);
  if (t.turn === TURN_LOOK) judgeOpenOutputs(s, t);
}

/** The reading is at zero. If it got there faster than air can, it proves nothing. */
function judgeEmpty(s: Readonly<Supervisor>, t: ReadTick): void {
  if (s.ventingMs <= BLOCKED_MS || s.unproven || hasDropped(s, t)) return;
  noteVented(s);
  countAsEmpty(s);
  expectFirstTick(s);
  startRelease(s);
  forgetPressure(s);
}

/** A vent with pressure, or the memory of it, in the cuff. */
function judgeVent(s: Writes<OpenTime>, t: ReadTick): void {
  countVentTime(s, t.now - s.roundAt);
  skipRound(s, t);
  judgeInterval(s, t);
  judgeSuspect(s, t);
  if (s.sensing.same > 2) judgeFrozen(s, t);
  if (s.ventingMs === 0) startVent(s, t);
  s.ventingMs += t.dt;
  judgeVenting(s, t);
}

/** On a vented cuff: a zero that is one, and the time until it is given back. */
function judgeVented(s: Readonly<Supervisor>, t: ReadTick): void {
  judgeZero(s, t);
  noteInterval(s, t);
  if (t.turn === TURN_CLOSE) measureNoise(s, t);
  countRelease(s, t);
}
