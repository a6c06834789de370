/**
 * One tick, whole and in order. Time is an argument; nothing in here or below reads a clock or a pin.
 * The regulator proposes, the supervisor disposes; the watchdog is kicked on the last line, by a healthy
 * tick only. The one try/catch of the core is here: vent, record, never kick again.
 */
import { regulate } from './control/regulator.ts';
import type { Core } from './core.ts';
import { serveLink } from './interface/link.ts';
import { obey } from './interface/obey.ts';
import { show } from './interface/show.ts';
import { VALVE_VENT } from './ports.ts';
import { recordHold, recordPhase, recordTick } from './record/recorder.ts';
import { cutOutputs } from './safety/cut.ts';
import { gate, ventNow } from './safety/gate.ts';
import { trip } from './safety/state.ts';
import { assess } from './safety/supervisor.ts';
import { TRIP_INTERNAL, TRIP_PUMP_LIVE } from './safety/trips.ts';
import { sense } from './sensing/sensing.ts';
import { measure } from './session/measure.ts';
import { PHASE_LOP, PHASE_REST, PHASE_WORK } from './session/phases.ts';
import { EXIT_TRIPPED, stepSession, stopSession } from './session/session.ts';
import type { Ms } from './units.ts';

/** Ticks between two readings of supply and drivers. */
const MONITOR_TICKS = 4;

/** Run one control period at time `now`, ms since boot. Never throws. */
export function tick(core: Core, now: Ms): void {
  try {
    if (core.dead) drive(core);
    else whole(core, now);
  } catch (_e) {
    fail(core);
  }
}

function whole(core: Core, now: Ms): void {
  const t = core.tick;
  clock(core, now);
  sense(core.sensing, t);
  assess(core.supervisor, t);
  obey(core);
  if (core.session.phase === PHASE_LOP) measure(core);
  else stepSession(core.session, t);
  regulate(core.regulator, t);
  t.filled = core.regulator.filled;
  gate(core.supervisor, t);
  drive(core);
  record(core);
  show(core);
  serveLink(core);
  core.ports.watchdog.kick();
}

function clock(core: Core, now: Ms): void {
  const t = core.tick;
  t.dt = now - t.now;
  t.now = now;
  t.looked = core.view.tick % MONITOR_TICKS === 0;
  if (t.looked) look(core);
  core.view.tick++;
}

/** Not after a pump was found live: the look itself wakes its driver. */
function look(core: Core): void {
  if (core.supervisor.trip === TRIP_PUMP_LIVE) return;
  const t = core.tick;
  const m = core.ports.monitor.sample();
  t.railMv = m.railMv;
  t.pumpMv = m.pumpMv;
  t.valveMv = m.valveMv;
  t.driverFaults = m.driverFaults;
  t.readsTerminals = core.ports.monitor.readsTerminals;
  core.driverFaults = m.driverFaults;
}

/** Send what the gate let through. Valve first when it opens, pump last when it starts; nothing is on without a lease. */
function drive(core: Core): void {
  const t = core.tick;
  const ports = core.ports;
  if (t.outVent) {
    ports.valve.write(VALVE_VENT);
    ports.pump.write(0);
    ports.lease.drop();
    return;
  }
  ports.lease.renew();
  ports.valve.write(t.outBleedMs);
  ports.pump.write(t.outPump);
}

function record(core: Core): void {
  const t = core.tick;
  if (core.supervisor.pressurised) recordTick(core.recorder, t);
  const phase = core.session.phase;
  if (phase !== core.view.phase) recordPhase(core.recorder, core.view.phase, core.view.step, t.now);
  if (phase === PHASE_WORK || phase === PHASE_REST) recordHold(core.recorder, t, phase === PHASE_WORK);
}

/** Vent for good and never kick the watchdog again, which then restarts the device. */
export function fail(core: Core): void {
  const t = core.tick;
  core.dead = true;
  ventNow(t);
  t.setpoint = null;
  trip(core.supervisor, t, TRIP_INTERNAL, core.view.tick, 0);
  stopSession(core.session, EXIT_TRIPPED);
  core.view.trip = core.supervisor.trip;
  core.view.phase = core.session.phase;
  core.view.pump = 0;
  core.view.bleedMs = 0;
  core.view.vent = 1;
  cutOutputs(core.ports);
}
