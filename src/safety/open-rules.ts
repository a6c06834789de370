/** The valve is open, or has just been shut: time under pressure, the vent, and the vented cuff. Not the common path. */
import { RELEASE_MS, VENT_LIMIT_MS, VENTED_MMHG } from '../limits.ts';
import type { Tick } from '../ports.ts';
import { judgeInterval, noteInterval } from './clock-rules.ts';
import { forgetPressure } from './hold.ts';
import { judgeSuspect } from './level-rules.ts';
import { judgeFrozen } from './sensor-rules.ts';
import type { Supervisor } from './state.ts';
import { judgeOpenOutputs } from './supply-rules.ts';
import { BLOCKED_MS, judgeVenting, judgeZero, noteVented } from './vent-rules.ts';

/** A tick with the valve open. What is not clearly open counts as pressure. */
export function assessOpen(s: Supervisor, t: Tick): void {
  if (t.outVent !== true) judgeInterval(s, t);
  const since = t.now - t.dt - s.ventAt;
  if (!(since < 1 && since > -1)) s.ventingMs = 0;
  s.ventAt = t.now;
  if (s.pressurised && t.p <= VENTED_MMHG && !t.doubtful) seemsVented(s);
  if (s.pressurised) judgeVent(s, t);
  else judgeVented(s, t);
  if (t.looked) judgeOpenOutputs(s, t);
}

/** The reading is at zero. If it got there faster than air can, it proves nothing: the cuff counts as full for longer. */
function seemsVented(s: Supervisor): void {
  if (s.ventingMs <= BLOCKED_MS || (s.unproven && s.ventingMs < VENT_LIMIT_MS)) return;
  noteVented(s);
  s.pressurised = false;
  s.longestTickMs = -1;
  s.unproven = false;
  s.ventedMs = 0;
  s.releasedMs = 0;
  forgetPressure(s);
}

function judgeVent(s: Supervisor, t: Tick): void {
  s.usedMs += t.now - s.roundAt;
  s.roundAt = t.now;
  s.roundMs = 0;
  judgeInterval(s, t);
  judgeSuspect(s, t);
  if (s.sensing.same > 2) judgeFrozen(s, t);
  judgeVenting(s, t);
}

/** On a vented cuff: a zero that is one, and the time until it is given back. */
function judgeVented(s: Supervisor, t: Tick): void {
  judgeZero(s, t);
  noteInterval(s, t);
  s.ventedMs += t.dt;
  if (t.doubtful === false) countReleased(s, t);
}

/** Without a reading that can be believed nothing counts as release; with one that shows pressure it begins again. */
function countReleased(s: Supervisor, t: Tick): void {
  s.releasedMs = t.p <= VENTED_MMHG ? s.releasedMs + t.dt : 0;
  if (s.releasedMs >= RELEASE_MS) s.usedMs = 0;
}
