import { gate } from '../../src/safety/gate.ts';
import type { Stand } from './stand.ts';

/** Would the gate let the pump run now? Nothing else speaks against it. */
export function mayPumpNow(s: Stand): boolean {
  Object.assign(s.t, { vent: false, pump: 1000, bleedMs: 0, doubtful: false, steady: Number.NaN });
  gate(s.s, s.t);
  return s.t.outPump > 0;
}
