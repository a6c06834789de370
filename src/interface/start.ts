/** Which session one press starts, what has to be asked first, and the start. On an idle, vented cuff only. */
import { applyLop, type Core, saveSettings } from '../core.ts';
import { dateIfKnown } from '../record/log.ts';
import { resetRecorder } from '../record/recorder.ts';
import {
  INHIBIT_LOCKOUT,
  INHIBIT_LOP_OLD,
  INHIBIT_NO_LOP,
  INHIBIT_POSTURE,
  INHIBIT_PROTOCOL,
  INHIBIT_SCREENING,
} from '../safety/inhibits.ts';
import { PROTOCOL_ARM, PROTOCOL_INTRO } from '../session/library.ts';
import { lopDoubts } from '../session/lop-record.ts';
import { isEstimated, isOtherPosture, lopFor } from '../session/posture.ts';
import { stageExtra, stageProtocol } from '../session/progress.ts';
import { type Protocol, protocolFits } from '../session/protocol.ts';
import { raiseBy, startSession } from '../session/session.ts';
import { FIRST_STORED, protocolAt, STORED_COUNT } from '../session/stored.ts';
import { LIMB_ARM } from '../settings.ts';
import type { Ms } from '../units.ts';
import { inhibitsNow } from './inhibited.ts';
import { PATTERN_CHOICE } from './patterns.ts';

/** Sessions a first-time wearer spends on the introduction before anything else is started. */
export const INTRO_SESSIONS = 2;
/** A question waits this long for its answer, ms; a choice is shown this long. */
export const ANSWER_MS = 30000;
const CHOICE_MS = 12000;
/** Time under pressure that a run of a measurement takes at most, its vent included, ms; a careful one has two. */
const MEASURE_MS = 80000;
/** Version of the screening questions, docs/screening.md. */
export const SCREENING_VERSION = 1;

/** Number of the session that one press starts. */
export function chosenProtocol(core: Core): number {
  if (core.choice >= 0) return core.choice;
  const arm = core.settings.limb === LIMB_ARM;
  if (core.progress.completed < INTRO_SESSIONS) return arm ? PROTOCOL_ARM : PROTOCOL_INTRO;
  return core.settings.protocol > 0 ? core.settings.protocol - 1 : stageProtocol(core.progress.stage, arm);
}

/** Share added by the progression: only to the session that the progression itself has chosen. */
function extra(core: Core): number {
  const automatic = core.choice < 0 && core.settings.protocol === 0;
  if (!automatic || core.progress.completed < INTRO_SESSIONS) return 0;
  return stageExtra(core.progress.stage, core.settings.limb === LIMB_ARM);
}

/** True when protocol `p` may be run with the limits as `applyLop` has just set them, `usedMs` under pressure being gone already. */
function fits(core: Core, p: Protocol, lopMmHg: number, usedMs: Ms): boolean {
  const limits = core.supervisor.limits;
  return protocolFits(p, lopMmHg, limits.ceilingMmHg, limits.pressureMs - usedMs);
}

/** The next protocol that is open at the wearer's stage and within his limits; after the last back to the progression's own. */
export function chooseNext(core: Core): void {
  let next = core.choice + 1;
  while (next < FIRST_STORED + STORED_COUNT && !isOpen(core, next)) next++;
  core.choice = next < FIRST_STORED + STORED_COUNT ? next : -1;
  core.declined = 0;
  applyLop(core, core.settings.lopMmHg);
  tell(core, PATTERN_CHOICE, core.choice + 1, CHOICE_MS);
}

function isOpen(core: Core, index: number): boolean {
  const p = protocolAt(core.ports.store, index);
  if (p === undefined || p.stage > core.progress.stage) return false;
  const lop = lopFor(core.settings, p.activity);
  applyLop(core, lop);
  return fits(core, p, lop, 0);
}

/** Blink `number` for `ms`; 0 flashes = only the head: by the progression. */
export function tell(core: Core, pattern: number, number: number, ms: number): void {
  core.told = pattern;
  core.toldNumber = number;
  core.toldUntil = core.tick.now + ms;
}

/** One press on an idle device. */
export function startTraining(core: Core): void {
  core.toldUntil = 0;
  core.inhibits = inhibitsNow(core);
  if (core.inhibits !== 0) return;
  const protocol = protocolAt(core.ports.store, chosenProtocol(core));
  if (protocol === undefined) return decline(core, INHIBIT_PROTOCOL);
  raiseBy(protocol, extra(core));
  const lop = lopFor(core.settings, protocol.activity);
  applyLop(core, lop);
  if (!fits(core, protocol, lop, 0)) return decline(core, INHIBIT_PROTOCOL);
  if (!fits(core, protocol, lop, core.supervisor.usedMs)) return decline(core, INHIBIT_LOCKOUT);
  if (!isAnswered(core, doubts(core, protocol))) return;
  core.estimated = isEstimated(core.settings, protocol.activity);
  resetRecorder(core.recorder, core.regulator.report, core.supervisor.pumpMs);
  core.session.lessMmHg = core.progress.lessMmHg;
  startSession(core.session, protocol, lop);
  core.choice = -1;
}

/** What has to be asked before this session. */
function doubts(core: Core, protocol: Protocol): number {
  const other = isOtherPosture(core.settings, protocol.activity) ? INHIBIT_POSTURE : 0;
  return other + (isUnscreened(core) ? INHIBIT_SCREENING : 0) + lopDoubts(core, dateIfKnown(core));
}

function isUnscreened(core: Core): boolean {
  return core.progress.completed === 0 && !(core.settings.screening >= SCREENING_VERSION);
}

/**
 * True when a measurement may be begun: nothing speaks against it but the occlusion pressure that is not known yet, its time
 * under pressure is left, and the screening questions have been answered, or were asked and this press is the answer.
 */
export function mayMeasure(core: Core): boolean {
  const bits = inhibitsNow(core) & ~INHIBIT_NO_LOP;
  if (bits !== 0) {
    core.inhibits = bits;
    return false;
  }
  const needMs = core.settings.lopCareful === 1 ? 2 * MEASURE_MS : MEASURE_MS;
  if (core.supervisor.usedMs + needMs > core.supervisor.limits.pressureMs) {
    decline(core, INHIBIT_LOCKOUT);
    return false;
  }
  return isAnswered(core, isUnscreened(core) ? INHIBIT_SCREENING : 0);
}

/** Questions that another press answers. */
const ANSWERABLE = INHIBIT_POSTURE + INHIBIT_SCREENING + INHIBIT_LOP_OLD;

/**
 * True when nothing of `bits` is open. One question is shown at a time, and a press within ANSWER_MS answers that one alone: what
 * has not been shown has not been answered.
 */
function isAnswered(core: Core, bits: number): boolean {
  const answer = core.declined & ANSWERABLE;
  const answered = answer !== 0 ? core.accepted | answer : 0;
  const open = bits & ~answered;
  if (open !== 0) {
    decline(core, firstOf(open));
    core.accepted = answered;
    return false;
  }
  core.accepted = bits;
  core.declined = 0;
  if ((bits & INHIBIT_SCREENING) !== 0) {
    core.settings.screening = SCREENING_VERSION;
    saveSettings(core);
  }
  return true;
}

/** What no press answers comes first, then the screening, then the lowest. */
function firstOf(open: number): number {
  const final = open & ~ANSWERABLE;
  if (final !== 0) return final;
  return (open & INHIBIT_SCREENING) !== 0 ? INHIBIT_SCREENING : open & -open;
}

/** Not now: shown for ANSWER_MS, or until it is answered by another press. */
function decline(core: Core, bits: number): void {
  core.declined = bits;
  core.declinedAt = core.tick.now;
  core.inhibits = bits;
}
