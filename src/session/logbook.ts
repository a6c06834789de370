/**
 * The device's logbook: a record, the progress and the envelope once a session, and after a trip or a commissioning run the black box too.
 * Written with the valve open only; nothing of it is needed to hold or to guard a pressure. Must never write under pressure.
 */
import type { ReadonlyRegulator } from '../control/state.ts';
import { type DateClock, dateIfKnown } from '../date.ts';
import { FILE_DAY, FILE_PROGRESS } from '../files.ts';
import type { StorePort } from '../ports.ts';
import { BOX_PARTS, boxText, COMMISSIONING, FILE_BOX, RECORD_VERSION, recordFile } from '../record/box.ts';
import { envelopeFile, envelopeText } from '../record/envelope.ts';
import { heldHow } from '../record/held.ts';
import { LEVEL_STEPS } from '../record/levels.ts';
import { hasRows, peakOf, type Recorder } from '../record/recorder.ts';
import { inhibitNames } from '../safety/inhibits.ts';
import type { Supervisor } from '../safety/state.ts';
import { TRIP_NONE, tripName } from '../safety/trips.ts';
import type { Settings } from '../settings.ts';
import type { ReadTick } from '../tick.ts';
import type { Ms } from '../units.ts';
import { type Day, dayText, notePressed } from './day.ts';
import { encodeProgress, FELT_UNSAID, type Progress, sessionDone } from './progress.ts';
import { EXIT_COMPLETE, type Session } from './session.ts';

/** What has been written of the session that is over. */
export interface Logbook {
  /** Its record is in the log. */
  recorded: boolean;
  /** Its envelope is still to be written. */
  owesEnvelope: boolean;
  /** Part of the black box to write next, -1 = none. */
  boxPart: number;
  /** Hazard that was known when the last record was written. */
  loggedHazard: number;
}

/** What of the device the logbook reads, and the two things that it writes: itself and the progress. */
export interface LogParts {
  readonly ports: { readonly store: StorePort };
  readonly logbook: Logbook;
  readonly progress: Progress;
  readonly tick: ReadTick;
  readonly session: Readonly<Session>;
  readonly supervisor: Readonly<Supervisor>;
  readonly recorder: Readonly<Recorder>;
  readonly outputs: { readonly pumpStarts: number; readonly bleeds: number };
  readonly regulator: Pick<ReadonlyRegulator, 'report'>;
  readonly settings: Readonly<Settings>;
  readonly date: Readonly<DateClock>;
  readonly day: Day;
  /** What the wearer was asked and has answered, INHIBIT_* bits; the occlusion pressure in use is estimated. */
  readonly readiness: { readonly accepted: number; readonly estimated: boolean };
  readonly version: string;
  /** What a tick under pressure took since power-up, ms, and how many stood still in between. */
  readonly pace: { readonly meanMs: Ms; readonly worstMs: Ms; readonly stalls: number };
}

export function createLogbook(): Logbook {
  return { recorded: false, owesEnvelope: false, boxPart: -1, loggedHazard: TRIP_NONE };
}

/**
 * Write what has to be written of the session that is over, a piece a call. True when a hazard was found after its record was
 * written: the caller writes that down too. A black box with nothing in it would take the place of the last trip's.
 */
export function keepRecord(device: LogParts): boolean {
  const book = device.logbook;
  if (book.recorded && book.owesEnvelope) keepEnvelopeOf(device);
  else if (book.boxPart >= 0) keepBox(device);
  else if (book.recorded) return device.supervisor.hazard !== book.loggedHazard;
  else if (device.session.step >= 0) recordSession(device);
  return false;
}

/** Only a record that was written has a number, which its envelope needs. */
function recordSession(device: LogParts): void {
  const before = device.progress.sessions;
  device.logbook.recorded = true;
  logSession(device);
  device.logbook.owesEnvelope = device.recorder.used > 0 && device.progress.sessions > before;
  const kept = device.supervisor.trip !== TRIP_NONE || device.session.protocol.id === COMMISSIONING;
  if (kept && hasRows(device.recorder)) device.logbook.boxPart = 0;
}

/** The session has been counted: its number is the last one. */
function keepEnvelopeOf(device: LogParts): void {
  const n = device.progress.sessions;
  device.logbook.owesEnvelope = false;
  device.ports.store.write(envelopeFile(n), envelopeText(device.recorder, n));
}

function keepBox(device: LogParts): void {
  const book = device.logbook;
  const part = book.boxPart;
  device.ports.store.write(FILE_BOX + part, boxText(device.recorder, device.tick.period, part));
  book.boxPart = part + 1 < BOX_PARTS ? part + 1 : -1;
}

/**
 * Write the record of what has ended, and count it. What is no session (no steps) counts for no rest day. The record is
 * written first: a session that the store could not take is not counted.
 */
export function logSession(device: LogParts): void {
  const session = device.session;
  device.logbook.loggedHazard = device.supervisor.hazard;
  keepDay(device);
  const dateS = session.protocol.steps.length > 0 ? dateIfKnown(device.date, device.tick.now) : 0;
  const n = device.progress.sessions + 1;
  if (!device.ports.store.write(recordFile(n), recordText(device, n, FELT_UNSAID))) return;
  sessionDone(device.progress, session.exit === EXIT_COMPLETE, dateS);
  device.ports.store.write(FILE_PROGRESS, encodeProgress(device.progress));
}

/** What was under pressure counts for the day, whatever becomes of its record. Without a date it is known until the power goes. */
function keepDay(device: LogParts): void {
  const now = device.tick.now;
  const nowS = dateIfKnown(device.date, now);
  notePressed(device.day, device.supervisor.pressedMs, now);
  if (nowS > 0) device.ports.store.write(FILE_DAY, dayText(device.day, nowS, now));
}

/** The record of the session that was logged last, with how it `felt`, FELT_*. */
export function rewriteRecord(device: LogParts, felt: number): void {
  const n = device.progress.sessions;
  device.ports.store.write(recordFile(n), recordText(device, n, felt));
}

/** First part of a record: what was run, by which firmware, for which occlusion pressure. */
function planOf(device: LogParts, n: number): string {
  const session = device.session;
  return JSON.stringify({
    v: RECORD_VERSION,
    n: n,
    fw: device.version,
    dateS: dateIfKnown(device.date, device.tick.now),
    poweredS: seconds(device.tick.now),
    protocol: session.protocol.id,
    stage: device.progress.stage,
    lop: session.lopMmHg,
    estimated: device.readiness.estimated ? 1 : 0,
    asked: inhibitNames(device.readiness.accepted).join(' '),
    less: session.lessMmHg,
  });
}

/** Second part: how it ended. */
function endOf(device: LogParts): string {
  const session = device.session;
  return JSON.stringify({
    exit: session.exit,
    step: session.step,
    leftS: seconds(session.leftMs),
    pauses: session.pauses,
    releases: session.releases,
    trip: device.supervisor.trip === TRIP_NONE ? '' : tripName(device.supervisor.trip),
    hazard: hazardBeside(device.supervisor),
    measured: Math.round(device.supervisor.measured),
    allowed: Math.round(device.supervisor.allowed),
  });
}

/** Third part: how the pressure was held, and what it took. */
function holdOf(device: LogParts): string {
  const r = device.recorder;
  const held = r.moveMs + r.restMs;
  return JSON.stringify({
    rows: hasRows(r) ? 1 : 0,
    moveS: seconds(r.moveMs),
    moveInPermille: share(r.moveInMs, r.moveMs),
    restS: seconds(r.restMs),
    restInPermille: share(r.restInMs, r.restMs),
    meanErrorTenths: held > 0 ? Math.round((r.errorSum * 10) / held) : 0,
    peak: Math.round(peakOf(r) / LEVEL_STEPS),
    pressureS: seconds(r.heldMs),
    pumpS: seconds(device.supervisor.pumpMs - r.pumpMsAt),
    pumpStarts: device.outputs.pumpStarts - r.pumpStartsAt,
    bleeds: device.outputs.bleeds - r.bleedsAt,
  });
}

/** Last part: movement cycles and phases, the device's own ticks, what the wearer felt, and the settings that it was made with. */
function cyclesOf(device: LogParts, felt: number): string {
  const r = device.recorder;
  const report = device.regulator.report;
  const low = report.low - r.lowAt;
  const high = report.high - r.highAt;
  const weak = report.weak - r.weakAt;
  return JSON.stringify({
    cycles: report.cycles - r.cyclesAt,
    low: low,
    high: high,
    weak: weak,
    tickMeanMs: Math.round(device.pace.meanMs),
    tickWorstMs: device.pace.worstMs,
    tickLongestMs: device.supervisor.longestSeenMs,
    ticksLate: device.supervisor.lateSeen,
    stalls: device.pace.stalls,
    held: heldHow(r.moveMs, r.moveInMs, low, high, weak),
    phases: r.phases,
    felt: felt,
    settings: device.settings,
  });
}

/** Two objects of JSON as one. */
function joined(first: string, second: string): string {
  return `${first.substring(0, first.length - 1)},${second.substring(1)}`;
}

/**
 * The record of the session that has just ended; `n` its number, `felt` FELT_*. JSON, so that any tool can read it. Its parts are made into
 * text where their names stand: the build leaves those names alone.
 */
export function recordText(device: LogParts, n: number, felt: number): string {
  return joined(joined(planOf(device, n), endOf(device)), joined(holdOf(device), cyclesOf(device, felt)));
}

/** Code of the hazard that was found after the first cause, '' = none. */
function hazardBeside(supervisor: Readonly<Supervisor>): string {
  return supervisor.hazard === TRIP_NONE || supervisor.hazard === supervisor.trip
    ? ''
    : tripName(supervisor.hazard);
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.round((part * 1000) / whole) : 0;
}
