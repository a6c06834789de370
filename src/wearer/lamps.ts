/** The lamps: what the wearer sees of the state. Must never be what a vent or a start waits for. */
import { PHASE_IDLE, PHASE_PAUSED, PHASE_REST, PHASE_WORK } from '../phases.ts';
import type { IndicatorPort } from '../ports.ts';
import { INHIBIT_BATTERY, inhibitNumber } from '../safety/inhibits.ts';
import type { Supervisor } from '../safety/state.ts';
import { TRIP_NONE } from '../safety/trips.ts';
import { ADVICE_NONE } from '../session/progress.ts';
import type { Session } from '../session/session.ts';
import type { ReadTick } from '../tick.ts';
import type { Ms } from '../units.ts';
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

/** What is shown, and what somebody wants to be shown for a while. */
export interface Lamps {
  /** Pattern shown and its number, lamp bits, and when these change by themselves, ms. */
  shown: number;
  shownNumber: number;
  lit: number;
  until: Ms;
  /** Number shown after a choice or a measurement that was refused: PATTERN_*, number, until when. */
  noticePattern: number;
  noticeNumber: number;
  noticeUntilMs: Ms;
}

/** What of the device the lamps look at. */
export interface LampParts {
  readonly lamps: Lamps;
  readonly ports: { readonly indicator: IndicatorPort };
  readonly tick: ReadTick;
  readonly session: Readonly<Session>;
  readonly supervisor: Readonly<Supervisor>;
  readonly readiness: { readonly inhibits: number; readonly advice: number; readonly estimated: boolean };
  readonly lock: { readonly written: boolean };
  readonly sensing: { readonly zero: { readonly asks: boolean } };
}

export function createLamps(): Lamps {
  return { shown: -1, shownNumber: 0, lit: 0, until: 0, noticePattern: 0, noticeNumber: 0, noticeUntilMs: 0 };
}

/** Blink `number` with the head of `pattern` until `until`; 0 flashes = only the head. */
export function showNotice(lamps: Lamps, pattern: number, number: number, until: Ms): void {
  lamps.noticePattern = pattern;
  lamps.noticeNumber = number;
  lamps.noticeUntilMs = until;
}

/** The notice is over. */
export function endNotice(lamps: Lamps): void {
  lamps.noticeUntilMs = 0;
}

/** A cue is given in the last part of a step, ms. */
export const SOON_MS = 3000;

/** Choose the pattern and set the lamps. Called in turn, and at `device.lamps.until`, when the pattern shown changes by itself. */
export function show(device: LampParts): void {
  const phase = device.session.phase;
  if (phase === PHASE_IDLE || device.supervisor.trip !== TRIP_NONE) lightVented(device);
  else if (phase === PHASE_PAUSED && device.readiness.inhibits !== 0)
    lightInhibit(device, inhibitNumber(device.readiness.inhibits));
  else light(device, patternIn(device, phase), 0);
}

function light(device: LampParts, pattern: number, number: number): void {
  const same = pattern === device.lamps.shown && number === device.lamps.shownNumber;
  if (!same || device.tick.now >= device.lamps.until) change(device, pattern, number);
}

function change(device: LampParts, pattern: number, number: number): void {
  const lamps = lampsAt(pattern, number, device.tick.now);
  device.lamps.shown = pattern;
  device.lamps.shownNumber = number;
  device.lamps.until = sameUntil(pattern, number, device.tick.now);
  if (lamps === device.lamps.lit) return;
  device.lamps.lit = lamps;
  device.ports.indicator.write(lamps);
}

function patternIn(device: LampParts, phase: number): number {
  if (phase !== PHASE_WORK && phase !== PHASE_REST) return phase;
  return device.session.leftMs < SOON_MS && device.session.protocol.silent !== true ? PATTERN_SOON : phase;
}

/** Idle or tripped: the most important thing first. */
function lightVented(device: LampParts): void {
  const trip = device.supervisor.trip;
  if (device.supervisor.hazard !== TRIP_NONE || mayBeFull(device)) light(device, PATTERN_HAZARD, 0);
  else if (trip !== TRIP_NONE) light(device, PATTERN_TRIP, tripClass(trip));
  else if (device.tick.now < device.lamps.noticeUntilMs)
    light(device, device.lamps.noticePattern, device.lamps.noticeNumber);
  else if (device.readiness.inhibits !== 0) lightInhibit(device, inhibitNumber(device.readiness.inhibits));
  else light(device, idlePattern(device), 0);
}

/** A session or a hazard was open, and the zero is too high for an empty cuff. */
function mayBeFull(device: LampParts): boolean {
  return device.lock.written && device.sensing.zero.asks;
}

function lightInhibit(device: LampParts, number: number): void {
  const battery = 1 << (number - 1) === INHIBIT_BATTERY;
  light(device, battery ? PATTERN_LOW_BATTERY : PATTERN_INHIBITED, number);
}

function idlePattern(device: LampParts): number {
  if (device.readiness.advice !== ADVICE_NONE) return PATTERN_ADVICE;
  return device.readiness.estimated ? PATTERN_ESTIMATED : PHASE_IDLE;
}
