/** What a hold has taught is forgotten with it. */
import { forgetAir } from './air-rules.ts';
import type { Supervisor } from './state.ts';

/** Start afresh for the next fill. */
export function forgetPressure(s: Supervisor): void {
  s.mean = 0;
  s.level = 0;
  s.goneBelow = -1000;
  s.leapAbove = 10000;
  s.goneMs = 0;
  s.overMs = 0;
  s.overLopMs = 0;
  s.highMs = 0;
  s.doubtMs = 0;
  s.erratic = 0;
  s.deficitMs = 0;
  s.target = 0;
  s.reached = false;
  s.leaps = 0;
  s.leapPumpMs = s.pumpMs;
  s.lagBledMs = s.bledMs;
  forgetAir(s);
}
