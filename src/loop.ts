/**
 * One tick, whole and in order. Time is an argument; nothing in here or below reads a clock or a pin. The regulator proposes,
 * the supervisor disposes; the watchdog is kicked on the last line, by a healthy tick only. The one try/catch of the core is
 * here: vent, record, never kick again. Must never kick after a tick that was not whole.
 */
import { regulate } from './control/regulator.ts';
import type { Core } from './core.ts';
import { dropDemand } from './demand.ts';
import { LEASE_MS } from './limits.ts';
import { serveLink, serveTexts } from './link/link.ts';
import { cutOutputs, drive, keepPumpAsleep, NO_LEASE } from './outputs.ts';
import { keepEnvelope } from './record/envelope.ts';
import { recordTick } from './record/recorder.ts';
import { gate } from './safety/gate.ts';
import { trip } from './safety/latch.ts';
import { TRIP_INTERNAL, TRIP_OVERRUN } from './safety/rows/firmware.ts';
import { TRIP_PUMP_LIVE } from './safety/rows/outputs.ts';
import { assess, judgeDemand } from './safety/supervisor.ts';
import { sense } from './sensing/sensing.ts';
import { EXIT_TRIPPED, stopSession } from './session/session.ts';
import { TURN_ASK, TURN_BOOK, TURN_CLOSE, TURN_LOOK } from './tick.ts';
import type { Ms } from './units.ts';
import { show } from './wearer/lamps.ts';

/** Run one control period at time `now`, ms since boot. Never throws. */
export function tick(core: Core, now: Ms): void {
  try {
    if (core.dead) drive(core.outputs, core.ports, core.tick);
    else run(core, now);
  } catch (_e) {
    fail(core);
  }
}

/**
 * Vented or under pressure, in a session, a measurement or with an outside plant: this is the order. Nothing interrupts it, so the buttons are
 * looked at in between, before the regulator and before the dearest rules: a press vents there and then, and the gate finds no demand any more.
 */
function run(core: Core, now: Ms): void {
  const t = core.tick;
  const supervisor = core.supervisor;
  t.dt = now - t.now;
  t.now = now;
  t.turn = t.count++ & 3;

  if (core.outputs.leaseAt < NO_LEASE && !core.ports.lease.renew()) leaseLost(core);
  sense(core.sensing, t);
  if (t.turn === TURN_LOOK) readOutputs(core);
  else if (t.turn === TURN_BOOK) core.ports.buttons.look();
  assess(supervisor, t);
  if (t.turn === TURN_ASK || !supervisor.pressurised || core.asksEachTick || core.measurement.ordered)
    updateDemand(core);
  core.ports.buttons.look();
  regulate(core.regulator, t);
  gate(supervisor, t);
  if (t.changed) drive(core.outputs, core.ports, t);
  if (supervisor.pressurised || t.outVent === false) recordTick(core.recorder, t, core.session.phase);
  if (t.turn === TURN_LOOK || t.turn === TURN_CLOSE) keepHouse(core);
  else if (!supervisor.pressurised && t.outVent !== false) keepVented(core);
  core.ports.watchdog.kick();
}

/** The hardware has cut the outputs before this tick came: what was on must not come back by itself. */
function leaseLost(core: Core): void {
  trip(core.supervisor, core.tick, TRIP_OVERRUN, core.tick.dt, LEASE_MS);
}

/** The board's read-back. Not after a pump was found live: looking wakes its driver, so it is put to sleep again and again instead. */
function readOutputs(core: Core): void {
  const supervisor = core.supervisor;
  if (supervisor.trip === TRIP_PUMP_LIVE || supervisor.hazard === TRIP_PUMP_LIVE) keepPumpAsleep(core.ports);
  else core.ports.monitor.look(core.tick, core.tick.outVent);
}

/** The demand, worked out anew, and the supervisor's look at it. Slow to change: under pressure once in four ticks. */
function updateDemand(core: Core): void {
  const t = core.tick;
  core.demand(core);
  if (t.turn === TURN_ASK && t.outVent === false) judgeDemand(core.supervisor, t);
}

/** Lamps that change by themselves: on a vented cuff at once, else once in four ticks. */
function keepLamps(core: Core): void {
  if (core.tick.now >= core.lamps.until) show(core);
}

/** On a vented cuff there is time, but for the tick that begins a fill: kept texts go out over the link, and lamps change at once. */
function keepVented(core: Core): void {
  serveTexts(core);
  keepLamps(core);
}

/**
 * In the two turns in which neither the session is asked nor the air is judged. In one new bytes are let in, questions answered, and the
 * lamps follow the state; in the other one lamps whose time has come, and the envelope.
 */
function keepHouse(core: Core): void {
  if (core.tick.turn === TURN_LOOK) {
    serveLink(core);
    show(core);
  } else {
    keepLamps(core);
    keepEnvelope(core.recorder, core.tick.now);
  }
}

/** Vent for good and never kick the watchdog again, which then restarts the device. */
export function fail(core: Core): void {
  const t = core.tick;
  core.dead = true;
  cutOutputs(core.outputs, core.ports, t);
  dropDemand(t);
  trip(core.supervisor, t, TRIP_INTERNAL, t.count, 0);
  stopSession(core.session, EXIT_TRIPPED);
}
