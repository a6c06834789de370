/**
 * One tick, whole and in order. Time is an argument; nothing in here or below reads a clock or a pin.
 * The regulator proposes, the supervisor disposes; the watchdog is kicked on the last line, by a healthy
 * tick only. The one try/catch of the core is here: vent, record, never kick again.
 */

import { regulate } from './control/regulator.ts';
import { type Core, NO_LEASE } from './core.ts';
import { dropGestures } from './interface/gestures.ts';
import { serveLink } from './interface/link.ts';
import { obey } from './interface/obey.ts';
import { show } from './interface/show.ts';
import { LEASE_MS } from './limits.ts';
import { VALVE_VENT } from './ports.ts';
import { recordPhase, recordTick } from './record/recorder.ts';
import { cutOutputs } from './safety/cut.ts';
import { gate, ventNow } from './safety/gate.ts';
import { trip } from './safety/latch.ts';
import { TRIP_INTERNAL } from './safety/rows/firmware.ts';
import { TRIP_PUMP_LIVE } from './safety/rows/outputs.ts';
import { assess } from './safety/supervisor.ts';
import { sense } from './sensing/sensing.ts';
import { measure } from './session/measure.ts';
import { PHASE_DONE, PHASE_LOP, PHASE_POSTURE } from './session/phases.ts';
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
  const s = core.supervisor;
  t.dt = now - t.now;
  t.now = now;
  t.turn = t.count++ & 3;
  sense(core.sensing, t);
  (TURNS[t.turn] as Turn)(core);
  assess(s, t);
  if (!s.pressurised) whileVented(core);
  if (core.measuring) whileMeasuring(core);
  regulate(core.regulator, t);
  gate(s, t);
  if (t.changed) drive(core);
  if (now >= core.leaseAt) renewLease(core);
  if (s.pressurised || t.outVent === false) recordTick(core.recorder, t, core.session.phase);
  core.ports.watchdog.kick();
}

/** Not after a pump was found live: the look itself wakes its driver, which is put to sleep again and again instead. */
function look(core: Core): void {
  const s = core.supervisor;
  core.tick.looked = true;
  if (s.trip === TRIP_PUMP_LIVE || s.hazard === TRIP_PUMP_LIVE) core.ports.pump.write(0);
  else core.ports.monitor.look(core.tick);
}

/** Send what the gate let through. Nothing is on without a lease, and the pump starts last. */
function drive(core: Core): void {
  const t = core.tick;
  t.changed = false;
  if (t.outVent) return driveVent(core);
  if (core.leaseAt === NO_LEASE) leaveVent(core);
  if (t.outBleedMs > 0) driveValve(core, t.outBleedMs);
  if (t.outPump !== core.sentPump) drivePump(core, t.outPump);
}

function driveValve(core: Core, bleedMs: Ms): void {
  core.ports.valve.write(bleedMs);
  core.recorder.bleeds++;
}

function leaveVent(core: Core): void {
  renewLease(core);
  core.ports.valve.write(0);
}

function drivePump(core: Core, duty: Permille): void {
  core.ports.pump.write(duty);
  if (core.sentPump === 0) core.recorder.pumpStarts++;
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

/** The session is asked, and lamps that change by themselves are changed. */
function ask(core: Core): void {
  core.tick.looked = false;
  if (!core.supervisor.pressurised) return;
  demand(core);
  if (core.tick.now >= core.lampsUntil) show(core);
}

/** Nothing besides: the recorder closes its block in this turn. */
function rest(_core: Core): void {
  return;
}

function tell(core: Core): void {
  serveLink(core);
  show(core);
}

/** On a vented cuff there is time for it in every tick. */
function whileVented(core: Core): void {
  demand(core);
  if (core.tick.now >= core.lampsUntil) show(core);
}

function whileMeasuring(core: Core): void {
  const s = core.session;
  if (s.phase !== PHASE_LOP) return;
  if (s.phaseMs >= 0) measure(core);
  else s.phaseMs = 0;
}

/** What the session wants now. No press outlives the phase that it was meant for. */
function demand(core: Core): void {
  const t = core.tick;
  t.lapMs = t.now - core.demandAt;
  core.demandAt = t.now;
  t.filled = core.regulator.filled;
  obey(core);
  if (core.session.phase !== PHASE_LOP) stepSession(core.session, t);
  if (core.session.phase !== core.notedPhase || core.session.step !== core.notedStep) note(core);
}

/**
 * Phase or step have changed. A fill begins a tick later: the checks before it make this one long, and the first tick with the valve shut
 * must not be late.
 */
function note(core: Core): void {
  if (!core.supervisor.pressurised) core.tick.setpoint = null;
  const before = core.notedPhase;
  recordPhase(core.recorder, before, core.notedStep, core.tick.now);
  core.notedPhase = core.session.phase;
  core.notedStep = core.session.step;
  if (before === core.notedPhase) return;
  dropGestures(core.gestures, core.tick.now, before === PHASE_DONE || before === PHASE_POSTURE);
}

/** Vent for good and never kick the watchdog again, which then restarts the device. */
export function fail(core: Core): void {
  const t = core.tick;
  core.dead = true;
  ventNow(t);
  t.setpoint = null;
  trip(core.supervisor, t, TRIP_INTERNAL, t.count, 0);
  stopSession(core.session, EXIT_TRIPPED);
  core.leaseAt = NO_LEASE;
  core.sentPump = 0;
  cutOutputs(core.ports);
}

type Turn = (core: Core) => void;

/** What a tick does besides, by `Tick.turn`. */
const TURNS: ReadonlyArray<Turn> = [look, ask, rest, tell];
