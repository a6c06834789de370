/**
 * Which session one press starts, what has to be asked first, and the start. On an idle, vented cuff only.
 * Must never run under pressure.
 */
import { dateIfKnown } from '../date.ts';
import { resetRecorder } from '../record/recorder.ts';
import {
  INHIBIT_COMMISSION,
  INHIBIT_LOCKOUT,
  INHIBIT_NO_LOP,
  INHIBIT_POSTURE,
  INHIBIT_PROTOCOL,
  INHIBIT_SCREENING,
} from '../safety/inhibits.ts';
import { isCommissioningRun } from '../session/commissioned.ts';
import { PROTOCOL_ARM, PROTOCOL_INTRO } from '../session/library.ts';
import { lopDoubts } from '../session/lop-record.ts';
import { lowerBy } from '../session/orders-in.ts';
import { isEstimated, isOtherPosture, lopFor } from '../session/posture.ts';
import { stageExtra, stageProtocol } from '../session/progress.ts';
import { type Protocol, protocolFits, raiseBy } from '../session/protocol.ts';
import { startSession } from '../session/session.ts';
import { applyLop } from '../session/settings-in-use.ts';
import { FIRST_STORED, protocolAt, STORED_COUNT } from '../session/stored.ts';
import { LIMB_ARM } from '../settings.ts';
import type { Ms } from '../units.ts';
import { endNotice, showNotice } from './lamps.ts';
import type { WearerParts } from './parts.ts';
import { PATTERN_CHOICE } from './patterns.ts';
import { decline, inhibitsNow, inhibitsOf, isAnswered, isUnscreened } from './readiness.ts';

/** Sessions a first-time wearer spends on the introduction before anything else is started. */
export const INTRO_SESSIONS = 2;
/** A choice is shown this long, ms. */
const CHOICE_MS = 12000;
/** Time under pressure that a run of a measurement takes at most, its vent included, ms; a careful one has two. */
const MEASURE_MS = 80000;

/** Number of the session that one press starts. */
export function chosenProtocol(device: WearerParts): number {
  if (device.readiness.choice >= 0) return device.readiness.choice;
  if ((device.readiness.barred & INHIBIT_COMMISSION) !== 0) return commissioningPlace(device);
  const arm = device.settings.limb === LIMB_ARM;
  if (device.progress.completed < INTRO_SESSIONS) return arm ? PROTOCOL_ARM : PROTOCOL_INTRO;
  return device.settings.protocol > 0
    ? device.settings.protocol - 1
    : stageProtocol(device.progress.stage, arm);
}

/** Number of the commissioning run among the wearer's own protocols, or the first of them: a build that has not passed starts nothing else. */
function commissioningPlace(device: WearerParts): number {
  for (let i = FIRST_STORED; i < FIRST_STORED + STORED_COUNT; i++) {
    const p = protocolAt(device.ports.store, i);
    if (p !== undefined && isCommissioningRun(p)) return i;
  }
  return FIRST_STORED;
}

/** Share added by the progression: only to the session that the progression itself has chosen. */
function extra(device: WearerParts): number {
  const automatic = device.readiness.choice < 0 && device.settings.protocol === 0;
  if (!automatic || device.progress.completed < INTRO_SESSIONS) return 0;
  return stageExtra(device.progress.stage, device.settings.limb === LIMB_ARM);
}

/** True when protocol `p` may be run with the limits as `applyLop` has just set them, `usedMs` under pressure being gone already. */
function fits(device: WearerParts, p: Protocol, lopMmHg: number, usedMs: Ms): boolean {
  const limits = device.supervisor.limits;
  return protocolFits(p, lopMmHg, limits.ceilingMmHg, limits.pressureMs - usedMs);
}

/** The next protocol that is open at the wearer's stage and within his limits; after the last back to the progression's own. */
export function chooseNext(device: WearerParts): void {
  let next = device.readiness.choice + 1;
  while (next < FIRST_STORED + STORED_COUNT && !isOpen(device, next)) next++;
  choose(device, next < FIRST_STORED + STORED_COUNT ? next : -1);
}

/** The one before it; from the progression's own the last of all, which are the wearer's own: those are two or three gestures away, not the whole list. */
export function choosePrevious(device: WearerParts): void {
  const from = device.readiness.choice;
  let next = (from < 0 ? FIRST_STORED + STORED_COUNT : from) - 1;
  while (next >= 0 && !isOpen(device, next)) next--;
  choose(device, next);
}

/** -1 = by the progression. */
function choose(device: WearerParts, choice: number): void {
  device.readiness.choice = choice;
  device.readiness.declined = 0;
  applyLop(device, device.settings.lopMmHg);
  showNotice(device.lamps, PATTERN_CHOICE, device.readiness.choice + 1, device.tick.now + CHOICE_MS);
}

function isOpen(device: WearerParts, index: number): boolean {
  const p = protocolAt(device.ports.store, index);
  if (p === undefined || p.stage > device.progress.stage) return false;
  const lop = lopFor(device.settings, p.activity);
  applyLop(device, lop);
  return fits(device, p, lop, 0);
}

/** One press on an idle device. */
export function startTraining(device: WearerParts): void {
  endNotice(device.lamps);
  const protocol = protocolAt(device.ports.store, chosenProtocol(device));
  device.readiness.inhibits = protocol === undefined ? inhibitsNow(device) : inhibitsOf(device, protocol);
  if (device.readiness.inhibits !== 0) return;
  if (protocol === undefined) return decline(device, INHIBIT_PROTOCOL);
  raiseBy(protocol, extra(device));
  const lop = plannedLop(device, protocol);
  applyLop(device, lop);
  if (!fits(device, protocol, lop, 0)) return decline(device, INHIBIT_PROTOCOL);
  if (!fits(device, protocol, lop, device.supervisor.usedMs)) return decline(device, INHIBIT_LOCKOUT);
  if (!isAnswered(device, doubts(device, protocol))) return;
  device.readiness.estimated = isEstimated(device.settings, protocol.activity);
  resetRecorder(device.recorder, device.regulator.report, device.supervisor.pumpMs, device.outputs);
  lowerBy(device.session, device.progress.lessMmHg);
  startSession(device.session, protocol, lop);
  device.readiness.choice = -1;
}

/** Occlusion pressure that the session is planned with; in a run that nobody wears there is no posture. */
function plannedLop(device: WearerParts, protocol: Protocol): number {
  return isCommissioningRun(protocol) ? device.settings.lopMmHg : lopFor(device.settings, protocol.activity);
}

/** What has to be asked before this session; nothing where nobody wears the cuff. */
function doubts(device: WearerParts, protocol: Protocol): number {
  if (isCommissioningRun(protocol)) return 0;
  const other = isOtherPosture(device.settings, protocol.activity) ? INHIBIT_POSTURE : 0;
  return (
    other +
    (isUnscreened(device) ? INHIBIT_SCREENING : 0) +
    lopDoubts(device, dateIfKnown(device.date, device.tick.now))
  );
}

/**
 * True when a measurement may be begun: nothing speaks against it but the occlusion pressure that is not known yet, its time
 * under pressure is left, and the screening questions have been answered, or were asked and this press is the answer.
 */
export function mayMeasure(device: WearerParts): boolean {
  const bits = inhibitsNow(device) & ~INHIBIT_NO_LOP;
  if (bits !== 0) {
    device.readiness.inhibits = bits;
    return false;
  }
  const needMs = device.settings.lopCareful === 1 ? 2 * MEASURE_MS : MEASURE_MS;
  if (device.supervisor.usedMs + needMs > device.supervisor.limits.pressureMs) {
    decline(device, INHIBIT_LOCKOUT);
    return false;
  }
  return isAnswered(device, isUnscreened(device) ? INHIBIT_SCREENING : 0);
}
