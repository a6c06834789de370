/**
 * Writes the lock in flash: before any pressure, at a hazard, when a session is noted, and after a full release (what the marks mean:
 * lock-state.ts). Written with the valve open only; must never say less than is known.
 */
import { FILE_LOCK, FILE_PROGRESS } from '../files.ts';
import { MAX_SESSION_PRESSURE_MS } from '../limits.ts';
import { recordFile } from '../record/box.ts';
import { resetRecorder } from '../record/recorder.ts';
import { noteUnknown } from '../session/day.ts';
import { logSession } from '../session/logbook.ts';
import { becomeRestart } from '../session/orders-in.ts';
import { encodeProgress, sessionDone } from '../session/progress.ts';
import { EXIT_COMPLETE } from '../session/session.ts';
import { beginStepless, isTraining, TRIP_ALONE } from '../session/stepless.ts';
import { RETRY_MS } from './lock-state.ts';
import type { WearerParts } from './parts.ts';

/** Before any pressure, once a start; false = the store refused, and nothing may start. */
export function openLock(device: WearerParts): boolean {
  device.lock.open = device.ports.store.write(FILE_LOCK, '1');
  if (device.lock.open) device.lock.written = true;
  return device.lock.open;
}

/** Lock the next power-up too, and let it know of the hazard; asked again and again, tried once in RETRY_MS. */
export function lockHazard(device: WearerParts): void {
  const lock = device.lock;
  if (lock.hazard || !tryWrite(device, lock.open || lock.wasOpen ? '3' : '4')) return;
  lock.hazard = true;
  lock.written = true;
}

/** What was open is over and noted. */
export function closeLock(device: WearerParts): void {
  if (tryWrite(device, device.lock.hazard ? '4' : '2')) device.lock.open = false;
}

/** The limb has had its rest. What was open when the power went is noted first, at the earliest time at which the cuff is surely empty. */
export function unlock(device: WearerParts): void {
  if (device.lock.wasOpen) {
    noteRestart(device);
    return;
  }
  if (!tryWrite(device, '0')) return;
  device.lock.written = false;
  device.lock.hazard = false;
}

/** Not again at once where the store has refused: a full or broken flash is not hammered. */
function tryWrite(device: WearerParts, text: string): boolean {
  if (device.tick.now - device.lock.refusedAt < RETRY_MS) return false;
  const done = device.ports.store.write(FILE_LOCK, text);
  if (!done) device.lock.refusedAt = device.tick.now;
  return done;
}

/**
 * No session can have begun since the power-up: the session's own record is free for it. Where the power went between the record
 * and the progress, the record is there already, and the progress alone is brought up to date. True when a record was written.
 */
function noteRestart(device: WearerParts): boolean {
  device.lock.wasOpen = false;
  const record = keptRecord(device, device.progress.sessions + 1);
  if (record !== undefined) {
    countRecord(device, record);
    return false;
  }
  becomeRestart(device.session);
  noteUnknown(device.day, MAX_SESSION_PRESSURE_MS, device.tick.now);
  logSession(device);
  return true;
}

/**
 * A trip with no session open, or after the record of the one that was: it gets a record of its own, once the cuff is vented. What was
 * open when the power went has its number first, and names the trip itself where it is written now.
 */
export function tripAlone(device: WearerParts): void {
  device.readiness.accepted = 0;
  resetRecorder(device.recorder, device.regulator.report, device.supervisor.pumpMs, device.outputs);
  device.logbook.recorded = device.lock.wasOpen && noteRestart(device);
  beginStepless(device.session, TRIP_ALONE, device.settings.lopMmHg);
}

/** What is needed of a record that is in the store, src/record/box.ts. */
interface Kept {
  n: number;
  exit: number;
  dateS: number;
  protocol: string;
}

/** The record of session `n`, where the store has it whole. */
function keptRecord(device: WearerParts, n: number): Kept | undefined {
  const text = device.ports.store.read(recordFile(n));
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text) as Kept | null;
    return record !== null && record.n === n ? record : undefined;
  } catch (_e) {
    return undefined;
  }
}

function countRecord(device: WearerParts, record: Kept): void {
  const dateS = isTraining(record.protocol) && record.dateS > 0 ? record.dateS : 0;
  sessionDone(device.progress, record.exit === EXIT_COMPLETE, dateS);
  device.ports.store.write(FILE_PROGRESS, encodeProgress(device.progress));
}
