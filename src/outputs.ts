/**
 * What stands at the outputs, and the one place that writes to pump, valve and lease. It sends what the gate let through and
 * nothing else. Must never have anything on without a lease; the pump starts last.
 */
import { type Ports, VALVE_VENT } from './ports.ts';
import { ventNow } from './safety/gate.ts';
import type { GateTick } from './tick.ts';
import type { Ms, Permille } from './units.ts';

/** `Outputs.leaseAt`: the outputs are off and have no lease. */
export const NO_LEASE = Number.POSITIVE_INFINITY;

export interface Outputs {
  /** When the lease was taken, ms; NO_LEASE = the outputs are off. It is renewed first thing in every tick (loop.ts). */
  leaseAt: Ms;
  /** Pump duty that was written last. */
  sentPump: Permille;
  /** Counted since boot: starts of the pump, bleeds. */
  pumpStarts: number;
  bleeds: number;
}

/** The ports that are driven. */
export type DrivenPorts = Pick<Ports, 'pump' | 'valve' | 'lease'>;

export function createOutputs(): Outputs {
  return { leaseAt: NO_LEASE, sentPump: 0, pumpStarts: 0, bleeds: 0 };
}

/** Send what the gate let through; called when it has changed. */
export function drive(o: Outputs, ports: DrivenPorts, t: GateTick): void {
  t.changed = false;
  if (t.outVent) return driveVent(o, ports);
  if (o.leaseAt === NO_LEASE) leaveVent(o, ports, t.now);
  if (t.outBleedMs > 0) driveValve(o, ports, t.outBleedMs);
  if (t.outPump !== o.sentPump) drivePump(o, ports, t.outPump);
}

function driveValve(o: Outputs, ports: DrivenPorts, bleedMs: Ms): void {
  ports.valve.write(bleedMs);
  o.bleeds++;
}

function leaveVent(o: Outputs, ports: DrivenPorts, now: Ms): void {
  o.leaseAt = now;
  ports.lease.renew();
  ports.valve.write(0);
}

function drivePump(o: Outputs, ports: DrivenPorts, duty: Permille): void {
  ports.pump.write(duty);
  if (o.sentPump === 0) o.pumpStarts++;
  o.sentPump = duty;
}

function driveVent(o: Outputs, ports: DrivenPorts): void {
  forgetSent(o);
  ports.valve.write(VALVE_VENT);
  ports.pump.write(0);
  ports.lease.drop();
}

function forgetSent(o: Outputs): void {
  o.leaseAt = NO_LEASE;
  o.sentPump = 0;
}

/** A pump that runs by itself: its driver is put to sleep, again and again. */
export function keepPumpAsleep(ports: DrivenPorts): void {
  ports.pump.write(0);
}

/**
 * Vent at once, outputs first: for a button press and for the failing loop. Never throws. Each output on its own: one that
 * throws must not keep the other from being cut. The lease is left to run out: it cuts by hardware what a throwing port has
 * left on.
 */
export function cutOutputs(o: Outputs, ports: DrivenPorts, t: GateTick): void {
  attempt(() => ports.valve.write(VALVE_VENT));
  attempt(() => ports.pump.write(0));
  ventNow(t);
  forgetSent(o);
}

function attempt(cut: () => void): void {
  try {
    cut();
  } catch (_e) {
    return;
  }
}
