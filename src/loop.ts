/**
 * One tick, whole and in order. Time is an argument; nothing in here or below reads a clock or a pin.
 * The regulator proposes, the supervisor disposes; the watchdog is kicked on the last line, by a healthy
 * tick only. The one try/catch of the core is here: vent, record, never kick again.
 */
import { regulate } from './control/regulator.ts';
import { type Core, NO_LEASE } from './core.ts';
import { serveLink } from './interface/link.ts';
import { obey } from './interface/obey.ts';
import { show } from './interface/show.ts';
import { LEASE_MS } from './limits.ts';
import { VALVE_VENT } from './ports.ts';
import { recordPhase, recordTick } from './record/recorder.ts';
import { cutOutputs } from './safety/cut.ts';
import { gate, ventNow } from './safety/gate.ts';
import { trip } from './safety/state.ts';
import { assess } from './safety/supervisor.ts';
import { TRIP_INTERNAL, TRIP_PUMP_LIVE } from './safety/trips.ts';
import { sense } from './sensing/sensing.ts';
import { measure } from './session/measure.ts';
import { PHASE_LOP } from './session/phases.ts';
import { EXIT_TRIPPED, stepSession, stopSession } from './session/session.ts';
import type { Ms, Permille } from './units.ts';

/** A lease is renewed when it is so old, ms: in every second tick. */
const RENEW_MS = (LEASE_MS * 3) / 10;

/** Run one control period at time `now`, ms since boot. Never throws. */
export function tick(core: Core, now: Ms): void {
  try {
    if (core.dead) drive(core);
    else whole(core, now);
  } catch (_e) {
    fail(core);
  }
}

/**
 * Every tick holds the pressure and guards it. The housekeeping has four turns, one a tick: what takes its time anyway need not cost
 * every tick its time. No turn is needed for a vent: trips act in the gate, presses at once.
 */
function whole(core: Core, now: Ms): void {
  const t = core.tick;
  t.dt = now - t.now;
  t.now = now;
  t.turn = t.count++ & 3;
  t.looked = t.turn === 0;
  sense(core.sensing, t);
  if (t.looked) look(core);
  assess(core.supervisor, t);
  if (t.turn === 1 || !core.supervisor.pressurised) demand(core);
  if (core.session.phase === PHASE_LOP) measure(core);
  regulate(core.regulator, t);
  gate(core.supervisor, t);
  if (t.changed) drive(core);
  if (now >= core.leaseAt) renewLease(core);
  if (core.supervisor.pressurised) recordTick(core.recorder, t, core.session.phase);
  if (t.turn === 3) serveLink(core);
  if (t.turn === 3 || t.now >= core.lampsUntil) show(core);
  core.ports.watchdog.kick();
}

/** Not after a pump was found live: the look itself wakes its driver. */
function look(core: Core): void {
  if (core.supervisor.trip !== TRIP_PUMP_LIVE) core.ports.monitor.look(core.tick);
}

/** Send what the gate let through. Nothing is on without a lease, and the pump starts last. */
function drive(core: Core): void {
  const t = core.tick;
  t.changed = false;
  if (t.outVent) return driveVent(core);
  if (core.leaseAt === NO_LEASE) leaveVent(core);
  if (t.outBleedMs > 0) core.ports.valve.write(t.outBleedMs);
  if (t.outPump !== core.sentPump) drivePump(core, t.outPump);
}

function leaveVent(core: Core): void {
  renewLease(core);
  core.ports.valve.write(0);
}

function drivePump(core: Core, duty: Permille): void {
  core.ports.pump.write(duty);
  core.sentPump = duty;
}

function driveVent(core: Core): void {
  const ports = core.ports;
  core.leaseAt = NO_LEASE;
  core.sentPump = 0;
  ports.valve.write(VALVE_VENT);
  ports.pump.write(0);
  ports.lease.drop();
}

/** Every second tick, sooner after a late one: by time, and less than half of what the lease lasts. */
function renewLease(core: Core): void {
  core.ports.lease.renew();
  core.leaseAt = core.tick.now + RENEW_MS;
}

/** What the session wants now. While there is pressure it is asked in its turn only; vented in every tick. */
function demand(core: Core): void {
  const t = core.tick;
  t.lapMs = t.now - core.demandAt;
  core.demandAt = t.now;
  t.filled = core.regulator.filled;
  obey(core);
  if (core.session.phase !== PHASE_LOP) stepSession(core.session, t);
  const phase = core.session.phase;
  if (phase === core.notedPhase) return;
  recordPhase(core.recorder, core.notedPhase, core.session.step, t.now);
  core.notedPhase = phase;
}

/** Vent for good and never kick the watchdog again, which then restarts the device. */
export function fail(core: Core): void {
  const t = core.tick;
  core.dead = true;
  ventNow(t);
  t.setpoint = null;
  trip(core.supervisor, t, TRIP_INTERNAL, t.count, 0);
  stopSession(core.session, EXIT_TRIPPED);
  cutOutputs(core.ports);
}
