/** The device's own facts for the preflight, which knows the supervisor alone. Must decide nothing. */
import type { Core } from '../core.ts';
import { preflight } from '../safety/preflight.ts';
import { isStuck } from './gestures.ts';

/** Bits INHIBIT_*; 0 = a session may start, or the measurement that was ordered. Asked on a vented cuff only. */
export function inhibitsNow(core: Core): number {
  return preflight(core.supervisor, core.tick, core.settings, {
    settingsBad: core.settingsProblems.length > 0,
    measuring: core.measuring,
    buttonStuck: isStuck(core.gestures, core.tick.now),
  });
}
