/**
 * The end of a hold: what it has taught is forgotten with it. What is known of pump and valve stays.
 * Must never be called under pressure.
 */
import { forgetAir } from './air-rules.ts';
import { forgetLevel } from './level-rules.ts';
import { forgetProgress } from './progress-rules.ts';
import { forgetDoubt } from './sensor-rules.ts';
import type { Supervisor } from './state.ts';

/** Start afresh for the next fill. */
export function forgetPressure(supervisor: Readonly<Supervisor>): void {
  forgetLevel(supervisor);
  forgetProgress(supervisor);
  forgetDoubt(supervisor);
  forgetAir(supervisor);
}
