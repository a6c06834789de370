/** The valve is open, or has just been shut: time under pressure, the vent, and the vented cuff. Not the common path. */
import { RELEASE_MS, VENT_LIMIT_MS, VENTED_MMHG } from '../limits.ts';
import { type Tick, TURN_LOOK } from '../tick.ts';
import { noteOdd, oddTick } from './clock-rules.ts';
import { forgetPressure } from './hold.ts';
import { judgeUneasy } from './level-rules.ts';
import { judgeFrozen } from './sensor-rules.ts';
import type { Supervisor } from './state.ts';
import { judgeOpenOutputs } from './supply-rules.ts';
import { BLOCKED_MS, judgeVenting, judgeZero, noteVented } from './vent-rules.ts';

/** A tick with the valve open. What is not clearly open counts as pressure. */
export function assessOpen(s: Supervisor, t: Tick): void {
  if (t.outVent !== true) oddTick(s, t);
  const since = t.now - t.dt - s.ventAt;
  if (!(since < 1 && since > -1)) s.ventingMs = 0;
  s.ventAt = t.now;
  if (s.pressurised && t.filteredMmHg <= VENTED_MMHG && !t.doubtful) seemsVented(s);
  if (s.pressurised) judgeVent(s, t);
  else judgeVented(s, t);
  if (t.turn === TURN_LOOK) judgeOpenOutputs(s, t);
}

/** The reading is at zero. If it got there faster than air can, it proves nothing: the cuff counts as full for longer. */
function seemsVented(s: Supervisor): void {
  if (s.ventingMs <= BLOCKED_MS || (s.unproven && s.ventingMs < VENT_LIMIT_MS)) return;
  noteVented(s);
  s.pressurised = false;
  s.longest = -1;
  s.unproven = false;
  s.ventedMs = 0;
  s.releasedMs = 0;
  forgetPressure(s);
}

function judgeVent(s: Supervisor, t: Tick): void {
  s.usedMs += t.now - s.lapAt;
  s.lapAt = t.now;
  s.lapMs = 0;
  oddTick(s, t);
  judgeUneasy(s, t);
  if (s.sensing.same > 2) judgeFrozen(s, t);
  judgeVenting(s, t);
}

/** On a vented cuff: a zero that is one, and the time until it is given back. */
function judgeVented(s: Supervisor, t: Tick): void {
  judgeZero(s, t);
  noteOdd(s, t);
  s.ventedMs += t.dt;
  if (t.doubtful === false) countReleased(s, t);
}

/** Without a reading that can be believed nothing counts as release; with one that shows pressure it begins again. */
function countReleased(s: Supervisor, t: Tick): void {
  s.releasedMs = t.filteredMmHg <= VENTED_MMHG ? s.releasedMs + t.dt : 0;
  if (s.releasedMs >= RELEASE_MS) s.usedMs = 0;
}
