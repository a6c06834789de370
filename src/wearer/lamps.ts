/** The lamps: what the wearer sees of the state. Decides nothing. */
import type { Core } from '../core.ts';
import { PHASE_IDLE, PHASE_PAUSED, PHASE_REST, PHASE_WORK } from '../phases.ts';
import { INHIBIT_BATTERY, inhibitNumber } from '../safety/inhibits.ts';
import { TRIP_NONE } from '../safety/trips.ts';
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
  sameUntil,
  tripClass,
} from './patterns.ts';

/** A cue is given in the last part of a step, ms. */
export const SOON_MS = 3000;

/** Choose the pattern and set the lamps. Called in turn, and at `core.lampsUntil`, when the pattern shown changes by itself. */
export function show(core: Core): void {
  const phase = core.session.phase;
  if (phase === PHASE_IDLE || core.supervisor.trip !== TRIP_NONE) lightVented(core);
  else if (phase === PHASE_PAUSED && core.inhibits !== 0) lightInhibit(core, inhibitNumber(core.inhibits));
  else light(core, patternIn(core, phase), 0);
}

function light(core: Core, pattern: number, number: number): void {
  const same = pattern === core.shown && number === core.shownNumber;
  if (!same || core.tick.now >= core.lampsUntil) change(core, pattern, number);
}

function change(core: Core, pattern: number, number: number): void {
  const lamps = lampsAt(pattern, number, core.tick.now);
  core.shown = pattern;
  core.shownNumber = number;
  core.lampsUntil = sameUntil(pattern, number, core.tick.now);
  if (lamps === core.lamps) return;
  core.lamps = lamps;
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
  else if (core.inhibits !== 0) lightInhibit(core, inhibitNumber(core.inhibits));
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
