/**
 * The lock in flash: '1' while something is open under which pressure may stand, '2' once that is in the log and only the
 * limb's rest is owed, '0' after a full release. Written on a vented cuff only.
 */
import { type Core, RETRY_MS } from '../core.ts';
import { FILE_LOCK, FILE_PROGRESS } from '../files.ts';
import { dateIfKnown, recordFile, recordText } from '../record/log.ts';
import { resetRecorder } from '../record/recorder.ts';
import { encodeProgress, FELT_UNSAID, sessionDone } from '../session/progress.ts';
import { EXIT_COMPLETE, EXIT_RESTARTED } from '../session/session.ts';
import { beginStepless, isTraining, RESTART, stepless, TRIP_ALONE } from '../session/stepless.ts';

/** Before any pressure, once a start; false = the store refused, and nothing may start. */
export function openLock(core: Core): boolean {
  core.lockOpen = core.ports.store.write(FILE_LOCK, '1');
  if (core.lockOpen) core.lockWritten = true;
  return core.lockOpen;
}

/** Lock the next power-up too; asked again and again, tried once in RETRY_MS. */
export function lockHazard(core: Core): void {
  if (!core.lockWritten && tryWrite(core, '1')) core.lockWritten = true;
}

/** What was open is over and noted. */
export function closeLock(core: Core): void {
  if (tryWrite(core, '2')) core.lockOpen = false;
}

/** The limb has had its rest. What was open when the power went is noted first, at the earliest time at which the cuff is surely empty. */
export function unlock(core: Core): void {
  if (core.wasOpen) {
    noteRestart(core);
    return;
  }
  if (!tryWrite(core, '0')) return;
  core.lockWritten = false;
}

/** Not again at once where the store has refused: a full or broken flash is not hammered. */
function tryWrite(core: Core, text: string): boolean {
  if (core.tick.now - core.refusedAt < RETRY_MS) return false;
  const done = core.ports.store.write(FILE_LOCK, text);
  if (!done) core.refusedAt = core.tick.now;
  return done;
}

/**
 * No session can have begun since the power-up: the session's own record is free for it. Where the power went between the record
 * and the progress, the record is there already, and the progress alone is brought up to date. True when a record was written.
 */
function noteRestart(core: Core): boolean {
  core.wasOpen = false;
  const record = keptRecord(core, core.progress.sessions + 1);
  if (record !== undefined) {
    countRecord(core, record);
    return false;
  }
  core.session.protocol = stepless(RESTART);
  core.session.exit = EXIT_RESTARTED;
  logSession(core);
  return true;
}

/**
 * A trip with no session open, or after the record of the one that was: it gets a record of its own, once the cuff is vented. What was
 * open when the power went has its number first, and names the trip itself where it is written now.
 */
export function tripAlone(core: Core): void {
  core.accepted = 0;
  resetRecorder(core.recorder, core.regulator.report, core.supervisor.pumpMs);
  core.recorded = core.wasOpen && noteRestart(core);
  beginStepless(core.session, TRIP_ALONE, core.settings.lopMmHg);
}

/** What is needed of a record that is in the store, src/record/log.ts. */
interface Kept {
  n: number;
  exit: number;
  dateS: number;
  protocol: string;
}

/** The record of session `n`, where the store has it whole. */
function keptRecord(core: Core, n: number): Kept | undefined {
  const text = core.ports.store.read(recordFile(n));
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text) as Kept | null;
    return record !== null && record.n === n ? record : undefined;
  } catch (_e) {
    return undefined;
  }
}

function countRecord(core: Core, record: Kept): void {
  const dateS = isTraining(record.protocol) && record.dateS > 0 ? record.dateS : 0;
  sessionDone(core.progress, record.exit === EXIT_COMPLETE, dateS);
  core.ports.store.write(FILE_PROGRESS, encodeProgress(core.progress));
}

/** Count what has ended and write its record. What is no session (no steps) counts for no rest day. */
export function logSession(core: Core): void {
  const s = core.session;
  core.loggedHazard = core.supervisor.hazard;
  const dateS = s.protocol.steps.length > 0 ? dateIfKnown(core) : 0;
  sessionDone(core.progress, s.exit === EXIT_COMPLETE, dateS);
  const n = core.progress.sessions;
  core.ports.store.write(recordFile(n), recordText(core, n, FELT_UNSAID));
  core.ports.store.write(FILE_PROGRESS, encodeProgress(core.progress));
}
