/** What a hold has taught is forgotten with it. */
import { forgetAir } from './air-rules.ts';
import type { Supervisor } from './state.ts';

/** Start afresh for the next fill. */
export function forgetPressure(s: Supervisor): void {
  s.meanMmHg = 0;
  s.fillLevelMmHg = 0;
  s.vanishedBelowMmHg = -1000;
  s.surgeAboveMmHg = 10000;
  s.vanishedMs = 0;
  s.overMs = 0;
  s.overLopMs = 0;
  s.highMs = 0;
  s.doubtMs = 0;
  s.refusedScore = 0;
  s.deficitMs = 0;
  s.targetMmHg = 0;
  s.reached = false;
  s.surges = 0;
  s.surgePumpMs = s.pumpMs;
  s.lagBledMs = s.bledMs;
  forgetAir(s);
}
