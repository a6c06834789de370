/**
 * A setpoint that changes within a session is approached along its step's ramp. Must never go past the step's own setpoint, and never ramp the
 * first one after a vent: a fill is bounded by the rules of a fill.
 */
import type { ReadTick } from '../tick.ts';
import type { MmHg } from '../units.ts';
import type { Protocol } from './protocol.ts';

/** What of a session it takes. */
export interface Ramped {
  readonly protocol: Protocol;
  readonly step: number;
  /** The setpoint on its way to the step's own, mmHg; 0 = the cuff was vented. */
  ramped: MmHg;
}

/** A changed setpoint is approached along the step's ramp; the first one after a vent is filled to at once. */
export function followRamp(session: Ramped, t: ReadTick, target: MmHg): void {
  const step = session.protocol.steps[session.step];
  const speed = step === undefined || session.ramped === 0 ? 0 : step.rampMmHgPerS;
  session.ramped = speed === 0 ? target : approach(session.ramped, target, (speed * t.lapMs) / 1000);
}

function approach(from: number, to: number, by: number): number {
  if (from < to) return from + by < to ? from + by : to;
  return from - by > to ? from - by : to;
}
