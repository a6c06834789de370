/** Lamps and the view: what the wearer and the tools see of a tick. Decides nothing. */
import type { Core } from '../core.ts';
import { INHIBIT_BATTERY, inhibitNumber } from '../safety/inhibits.ts';
import { TRIP_NONE } from '../safety/trips.ts';
import { PHASE_IDLE, PHASE_PAUSED, PHASE_REST, PHASE_WORK } from '../session/phases.ts';
import { ADVICE_NONE } from '../session/progress.ts';
import {
  lampsAt,
  PATTERN_ADVICE,
  PATTERN_ESTIMATED,
  PATTERN_HAZARD,
  PATTERN_INHIBITED,
  PATTERN_LOW_BATTERY,
  PATTERN_SOON,
  PATTERN_TRIP,
  tripClass,
} from './patterns.ts';

/** A cue is given in the last part of a step, ms. */
export const SOON_MS = 3000;

/** Fill the view and set the lamps. */
export function show(core: Core): void {
  const v = core.view;
  const t = core.tick;
  const s = core.session;
  v.now = t.now;
  v.phase = s.phase;
  v.step = s.step;
  v.leftMs = s.leftMs;
  v.setpoint = t.setpoint === null ? -1 : t.setpoint;
  v.raw = t.raw;
  v.p = t.p;
  v.pump = t.outPump;
  v.bleedMs = t.outBleedMs;
  v.vent = t.outVent ? 1 : 0;
  v.trip = core.supervisor.trip;
  if (s.phase === PHASE_IDLE || v.trip !== TRIP_NONE) lightVented(core);
  else if (s.phase === PHASE_PAUSED && v.inhibits !== 0) lightInhibit(core, inhibitNumber(v.inhibits));
  else light(core, patternIn(core, s.phase), 0);
}

function light(core: Core, pattern: number, number: number): void {
  const lamps = lampsAt(pattern, number, core.tick.now);
  if (lamps === core.view.lamps) return;
  core.view.lamps = lamps;
  core.ports.indicator.write(lamps);
}

function patternIn(core: Core, phase: number): number {
  if (phase !== PHASE_WORK && phase !== PHASE_REST) return phase;
  return core.session.leftMs < SOON_MS && core.session.protocol.silent !== true ? PATTERN_SOON : phase;
}

/** Idle or tripped: the most important thing first. */
function lightVented(core: Core): void {
  const trip = core.supervisor.trip;
  if (core.supervisor.hazard !== TRIP_NONE || mayBeFull(core)) light(core, PATTERN_HAZARD, 0);
  else if (trip !== TRIP_NONE) light(core, PATTERN_TRIP, tripClass(trip));
  else if (core.tick.now < core.toldUntil) light(core, core.told, core.toldNumber);
  else if (core.view.inhibits !== 0) lightInhibit(core, inhibitNumber(core.view.inhibits));
  else light(core, idlePattern(core), 0);
}

/** A session or a hazard was open, and the zero is too high for an empty cuff. */
function mayBeFull(core: Core): boolean {
  return core.lockWritten && core.sensing.zero.asks;
}

function lightInhibit(core: Core, number: number): void {
  const battery = 1 << (number - 1) === INHIBIT_BATTERY;
  light(core, battery ? PATTERN_LOW_BATTERY : PATTERN_INHIBITED, number);
}

function idlePattern(core: Core): number {
  if (core.advice !== ADVICE_NONE) return PATTERN_ADVICE;
  return core.estimated ? PATTERN_ESTIMATED : PHASE_IDLE;
}
