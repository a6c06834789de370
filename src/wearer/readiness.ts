/**
 * Whether a session may be started, what speaks against it, and what the wearer is asked first. One question is shown at a
 * time. Must never begin a session by itself: start.ts does, at a press.
 */
import { type DateClock, dateIfKnown } from '../date.ts';
import type { Ports } from '../ports.ts';
import {
  INHIBIT_COMMISSION,
  INHIBIT_LOP_OLD,
  INHIBIT_POSTURE,
  INHIBIT_SCREENING,
} from '../safety/inhibits.ts';
import { preflight } from '../safety/preflight.ts';
import { type BenchLease, isBenchAsked } from '../session/bench-lease.ts';
import { isCommissioningRun } from '../session/commissioned.ts';
import { type Day, isDayUsed } from '../session/day.ts';
import { adviceNow, type Progress } from '../session/progress.ts';
import type { Protocol } from '../session/protocol.ts';
import { type SettingsParts, saveSettings } from '../session/settings-in-use.ts';
import { LOP_MEASURED } from '../settings.ts';
import type { Ms } from '../units.ts';
import { type Buttons, isJammed, isStopOpen, isStopUntried } from './buttons.ts';
import { type Gestures, isStuck } from './gestures.ts';

/** A question waits this long for its answer, ms. */
export const ANSWER_MS = 30000;
/** Version of the screening questions, docs/screening.md. */
export const SCREENING_VERSION = 1;

/** A write that the flash refused is told for so long, ms; then the next one may try again. */
export const TOLD_MS = 60000;

/** Further back than any look that may still count. */
export const LONG_AGO_TICKS = 1000;

export interface Readiness {
  /** Refused writes that have been seen, and when the last one was, ms. */
  refusedSeen: number;
  refusedAt: Ms;
  /** INHIBIT_* bits that stand until the power goes. */
  readonly barred: number;
  /** INHIBIT_* bits as last looked at. */
  inhibits: number;
  /** `tick.count` when all that a start asks for was looked at and found well; far back = not yet. */
  checkedAt: number;
  /** Bits of the last press that was refused or asked back (one question at a time), when, and those that the wearer has answered. */
  declined: number;
  declinedAt: Ms;
  accepted: number;
  /** Protocol chosen by hand for the next session, -1 = by settings and progression. */
  choice: number;
  /** ADVICE_* of session/progress.ts; true where the occlusion pressure in use is estimated. */
  advice: number;
  estimated: boolean;
}

/** What of the device these functions use. */
export interface ReadinessParts extends SettingsParts {
  readonly ports: Ports;
  readonly readiness: Readiness;
  readonly gestures: Readonly<Gestures>;
  readonly buttons: Readonly<Buttons>;
  readonly measurement: { readonly ordered: boolean };
  readonly progress: Readonly<Progress>;
  readonly date: Readonly<DateClock>;
  readonly day: Readonly<Day>;
  readonly session: { readonly step: number };
  readonly bench: Readonly<BenchLease>;
}

export function createReadiness(barred: number): Readiness {
  return {
    refusedSeen: 0,
    refusedAt: -TOLD_MS,
    barred: barred,
    inhibits: 0,
    checkedAt: -LONG_AGO_TICKS,
    declined: 0,
    declinedAt: 0,
    accepted: 0,
    choice: -1,
    advice: 0,
    estimated: false,
  };
}

/** INHIBIT_* bits: every reason that keeps a session from starting now. Vented only. */
export function inhibitsNow(device: ReadinessParts): number {
  const stopFitted = device.settings.stop === 1;
  return preflight(device.supervisor, device.tick, device.settings, {
    settingsBad: device.settingsProblems.length > 0,
    measuring: device.measurement.ordered,
    buttonStuck: isStuck(device.gestures, device.tick.now) || isJammed(device.buttons, stopFitted),
    stopOpen: isStopOpen(device.buttons, stopFitted),
    stopUntried: isStopUntried(device.buttons, stopFitted),
    storeRefuses: hasRefused(device),
    dayUsed: device.session.step < 0 && hasUsedDay(device),
    barred: device.readiness.barred,
  });
}

function hasUsedDay(device: ReadinessParts): boolean {
  const now = device.tick.now;
  return isDayUsed(device.day, device.supervisor.pressedMs, dateIfKnown(device.date, now), now);
}

/** The same before a session of `protocol`: a build may be commissioned before it has been, while somebody at the link asks for it. */
export function inhibitsOf(device: ReadinessParts, protocol: Readonly<Protocol>): number {
  const bits = inhibitsNow(device);
  if ((bits & INHIBIT_COMMISSION) === 0 || !isBenchAsked(device.bench, device.tick.now)) return bits;
  return isCommissioningRun(protocol) ? bits & ~INHIBIT_COMMISSION : bits;
}

/** True for TOLD_MS after the flash has refused a write, whoever asked for it. */
function hasRefused(device: ReadinessParts): boolean {
  const r = device.readiness;
  const refused = device.ports.store.refused;
  if (refused !== r.refusedSeen) r.refusedAt = device.tick.now;
  r.refusedSeen = refused;
  return device.tick.now - r.refusedAt < TOLD_MS;
}

/** Look at the inhibits: idle, and wherever a start may come next. What was asked is forgotten when nobody answers. */
export function lookAtInhibits(device: ReadinessParts, idle: boolean): void {
  const r = device.readiness;
  if (!idle || device.tick.now - r.declinedAt > ANSWER_MS) r.declined = 0;
  r.inhibits = inhibitsNow(device) | r.declined;
}

/** Idle: what the dates advise, and on what the pressure of the next session rests. */
export function lookAhead(device: ReadinessParts): void {
  const r = device.readiness;
  r.advice = adviceNow(device.progress, dateIfKnown(device.date, device.tick.now));
  r.estimated = device.settings.lopMmHg > 0 && device.settings.lopSource !== LOP_MEASURED;
}

/** Questions that another press answers. */
const ANSWERABLE = INHIBIT_POSTURE + INHIBIT_SCREENING + INHIBIT_LOP_OLD;

/**
 * True when nothing of `bits` is open. One question is shown at a time, and a press within ANSWER_MS answers that one alone: what
 * has not been shown has not been answered.
 */
export function isAnswered(device: ReadinessParts, bits: number): boolean {
  const r = device.readiness;
  const answer = r.declined & ANSWERABLE;
  const answered = answer !== 0 ? r.accepted | answer : 0;
  const open = bits & ~answered;
  if (open !== 0) {
    decline(device, firstOf(open));
    r.accepted = answered;
    return false;
  }
  r.accepted = bits;
  r.declined = 0;
  if ((bits & INHIBIT_SCREENING) !== 0) noteScreening(device);
  return true;
}

function noteScreening(device: ReadinessParts): void {
  device.settings.screening = SCREENING_VERSION;
  saveSettings(device);
}

/** What no press answers comes first, then the screening, then the lowest. */
function firstOf(open: number): number {
  const final = open & ~ANSWERABLE;
  if (final !== 0) return final;
  return (open & INHIBIT_SCREENING) !== 0 ? INHIBIT_SCREENING : open & -open;
}

/** Not now: shown for ANSWER_MS, or until it is answered by another press. */
export function decline(device: ReadinessParts, bits: number): void {
  const r = device.readiness;
  r.declined = bits;
  r.declinedAt = device.tick.now;
  r.inhibits = bits;
}

/** First use: the screening questions have not been read and answered. */
export function isUnscreened(device: ReadinessParts): boolean {
  return device.progress.completed === 0 && !(device.settings.screening >= SCREENING_VERSION);
}
