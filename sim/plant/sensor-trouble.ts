/** Which sensor faults hold at a time. */
import { type Fault, holds } from './faults.ts';

/** Sensor faults that hold now; set by applySensorFaults. */
export interface SensorTrouble {
  frozen: boolean;
  nak: boolean;
  saturated: boolean;
  /** The port is open to the room: reads ambient. */
  zero: boolean;
  /** The part stays busy for ever. */
  stuckBusy: boolean;
  /** Added to what it sees, mmHg (jump, drift). */
  added: number;
}

export const NO_TROUBLE: Readonly<SensorTrouble> = {
  frozen: false,
  nak: false,
  saturated: false,
  zero: false,
  stuckBusy: false,
  added: 0,
};

/** How often it has jumped after `ms`. */
function jumps(everyS: number | undefined, ms: number): number {
  return everyS === undefined ? 1 : 1 + Math.floor(ms / (everyS * 1000));
}

/** Set `trouble` to what the faults that hold at `nowMs` do. Returns true while it changes with time (a drift, jumps that go on). */
export function applySensorFaults(trouble: SensorTrouble, faults: readonly Fault[], nowMs: number): boolean {
  Object.assign(trouble, NO_TROUBLE);
  let drifts = false;
  for (const f of faults) {
    if (!holds(f, nowMs)) continue;
    if (f.kind === 'sensor-frozen') trouble.frozen = true;
    else if (f.kind === 'sensor-nak') trouble.nak = true;
    else if (f.kind === 'sensor-saturated') trouble.saturated = true;
    else if (f.kind === 'sensor-zero') trouble.zero = true;
    else if (f.kind === 'sensor-stale') trouble.stuckBusy = true;
    else if (f.kind === 'sensor-jump') {
      trouble.added += (f.mmHg ?? 20) * jumps(f.everyS, nowMs - f.atMs);
      drifts = drifts || f.everyS !== undefined;
    } else if (f.kind === 'sensor-drift') {
      trouble.added += ((f.mmHgPerS ?? -0.5) * (nowMs - f.atMs)) / 1000;
      drifts = true;
    }
  }
  return drifts;
}
