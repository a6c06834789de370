import type { AirBalance } from '../../src/safety/air-balance.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import type { Tick } from '../../src/tick.ts';
import { Stand } from './stand.ts';

export interface HeldBook {
  readonly s: Supervisor;
  readonly t: Tick;
  readonly b: AirBalance;
}

/**
 * A hold at 100 mmHg, one and a half minutes old, of a wearer with LOP 200: the margin is 100 mmHg. The pump makes 20 mmHg/s at 80 mmHg, the
 * valve twice as much at 100, and the book says 120. Nothing was let out lately: the limb is still.
 */
export function heldBook(): HeldBook {
  const { s, t } = new Stand();
  const b: AirBalance = s.air;
  Object.assign(s, { reached: true, targetMmHg: 100, meanMmHg: 100, heldSince: 10_000, pressurised: true });
  Object.assign(s, { pumpMs: 9000, bledMs: 500, lagBledMs: 500, roundMs: 80 });
  Object.assign(t, { now: 100_000, measuredMmHg: 100, filteredMmHg: 100, outVent: false, outPump: 0 });
  Object.assign(b, { bookKept: true, bookAt: t.now, bookOpenedAt: 10_000, pumpMmHgPerS: 20 });
  Object.assign(b, { seenPumpMs: 9000, seenBledMs: 500, valveKnown: true, valvePerPump: 2, valveOpenS: 3 });
  Object.assign(b, { valveAtMmHg: 100, bookMmHg: 120, bookMeanMmHg: 120, bookLateMmHg: 120 });
  return { s, t, b };
}
