/**
 * The valve is open, or has just been shut: time under pressure, the vent, and the vented cuff. Not the common path.
 * Must never take for open what is not clearly so: it counts as pressure.
 */
import { VENTED_MMHG } from '../limits.ts';
import { type ReadTick, TURN_CLOSE, TURN_LOOK } from '../tick.ts';
import { proveLoss } from './book-rules.ts';
import { expectFirstTick, judgeInterval, noteInterval } from './clock-rules.ts';
import { measureNoise } from './flat-rules.ts';
import { countAsEmpty } from './fullness.ts';
import { forgetPressure } from './hold.ts';
import { judgeSuspect } from './level-rules.ts';
import { BLOCKED_MS } from './rows/vent.ts';
import { judgeFrozen, NEVER_FROZEN } from './sensor-rules.ts';
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

/** Vented so long before the old zero is looked at, ms; a new one is taken a second later at the earliest. */
const PROOF_AFTER_MS = 3000;

/** A tick with the valve open. One that does not follow the last such tick begins a new vent. */
export function assessOpen(supervisor: Writes<OpenTime>, t: ReadTick): void {
  if (t.outVent !== true) judgeInterval(supervisor, t);
  const since = t.now - t.dt - supervisor.ventAt;
  if (!(since < 1 && since > -1)) supervisor.ventingMs = 0;
  supervisor.ventAt = t.now;
  if (supervisor.pressurised && t.filteredMmHg <= VENTED_MMHG && !t.doubtful) judgeEmpty(supervisor, t);
  if (supervisor.pressurised) judgeVent(supervisor, t);
  else judgeVented(supervisor, t);
  if (t.turn === TURN_LOOK) judgeOpenOutputs(supervisor, t);
}

/** The reading is at zero. If it got there faster than air can, it proves nothing. */
function judgeEmpty(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  if (supervisor.ventingMs <= BLOCKED_MS || supervisor.unproven || hasDropped(supervisor, t)) return;
  noteVented(supervisor);
  countAsEmpty(supervisor);
  expectFirstTick(supervisor);
  startRelease(supervisor);
  forgetPressure(supervisor);
}

/** A vent with pressure, or the memory of it, in the cuff. */
function judgeVent(supervisor: Writes<OpenTime>, t: ReadTick): void {
  countVentTime(supervisor, t.now - supervisor.roundAt);
  skipRound(supervisor, t);
  judgeInterval(supervisor, t);
  judgeSuspect(supervisor, t);
  if (supervisor.sensing.same > NEVER_FROZEN) judgeFrozen(supervisor, t);
  if (supervisor.ventingMs === 0) startVent(supervisor, t);
  supervisor.ventingMs += t.dt;
  judgeVenting(supervisor, t);
}

/** What the next fill is judged by: how the part stirs by itself, and, shortly before a new zero is taken, whether the old one is still good. */
function lookAtAir(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  measureNoise(supervisor, t);
  if (supervisor.ventedMs >= PROOF_AFTER_MS) proveLoss(supervisor, t);
}

/** On a vented cuff: a zero that is one, and the time until it is given back. */
function judgeVented(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  judgeZero(supervisor, t);
  noteInterval(supervisor, t);
  if (t.turn === TURN_CLOSE) lookAtAir(supervisor, t);
  countRelease(supervisor, t);
}
