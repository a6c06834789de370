/**
 * The envelope of a session: lowest, mean and highest reading of every few seconds under pressure, so that a session that went well can be
 * looked at too. It is gathered in the ticks and closed in the housekeeping, into bytes that stand ready. It must never change a session.
 */
import { LEVEL_STEPS } from './levels.ts';

/** Version of its bytes: docs/log-format.md. */
export const ENVELOPE_VERSION = 1;
/** Files: that of session n is `cuff.e` + (n mod ENVELOPE_SLOTS). */
export const FILE_ENVELOPE = 'cuff.e';
/** Envelopes kept. */
export const ENVELOPE_SLOTS = 8;
/** One entry covers so much time, ms; a stretch under pressure ends with a shorter one. */
export const ENTRY_MS = 4000;
/** Bytes of an entry: lowest, mean, highest, each in steps of 5/4 mmHg. */
export const ENTRY_BYTES = 3;
/** In the place of a lowest reading: a stretch begins, at the s since the session began that the other two bytes say, high byte first. */
export const STRETCH = 255;
/** Highest value of a reading, 317 mmHg. */
const MOST = STRETCH - 1;
/** Steps of a reading in the recorder, for one step here. */
const STEP = (LEVEL_STEPS * 5) / 4;
/** Bytes of a piece of the text; a call can be given 64 values at once. */
const PIECE = 60;

/** Bytes kept: 26 minutes of one stretch. */
const ENVELOPE_BYTES = 1200;

/** What of it is gathered and kept: part of the recorder. */
export interface Envelope {
  /** Readings of the entry under way in steps, and how many. */
  low: number;
  high: number;
  sum: number;
  rows: number;
  /** When the entry under way and the session began, ms. */
  entryFrom: number;
  beganAt: number;
  /** Rows follow each other: the next entry begins where the last one ended. */
  inStretch: boolean;
  /** Entries that are closed, and how many bytes of them are used. */
  readonly entries: Uint8Array;
  used: number;
  /** Highest reading of the session in the entries that are closed, steps. */
  peak: number;
}

/** Name of the slot of session `n`. */
export function envelopeFile(n: number): string {
  return FILE_ENVELOPE + (n % ENVELOPE_SLOTS);
}

/** A block is whole and no stretch is under way: one begins now. */
export function openStretch(r: Envelope, now: number): void {
  const seconds = Math.round((now - r.beganAt) / 1000);
  r.inStretch = true;
  r.entryFrom = now;
  put(r, STRETCH, (seconds >> 8) & 255, seconds & 255);
}

/** In the housekeeping: closes the entry whose time is over. A cuff that was vented meanwhile has no rows, and the stretch is over. */
export function keepEnvelope(r: Envelope, now: number): void {
  if (r.inStretch && now - r.entryFrom >= ENTRY_MS) nextEntry(r);
}

function nextEntry(r: Envelope): void {
  r.entryFrom += ENTRY_MS;
  if (r.rows > 0) closeEntry(r);
  else r.inStretch = false;
}

/** A phase is over: what has been gathered of its last entry is kept. */
export function endStretch(r: Envelope): void {
  if (r.inStretch && r.rows > 0) closeEntry(r);
  r.inStretch = false;
}

function closeEntry(r: Envelope): void {
  put(r, inSteps(r.low), inSteps(r.sum / r.rows), inSteps(r.high));
  if (r.high > r.peak) r.peak = r.high;
  clearEntry(r);
}

/** Bytes for the entries of a session. */
export function blankEntries(): Uint8Array {
  return new Uint8Array(ENVELOPE_BYTES);
}

/** Nothing is gathered: before the first entry, and between two. */
export function clearEntry(r: Envelope): void {
  r.low = 32767;
  r.high = -32767;
  r.sum = 0;
  r.rows = 0;
}

/** What does not fit any more is left out: the envelope then is that of the session's first part. */
function put(r: Envelope, a: number, b: number, c: number): void {
  const used = r.used;
  if (used + ENTRY_BYTES > r.entries.length) return;
  r.entries[used] = a;
  r.entries[used + 1] = b;
  r.entries[used + 2] = c;
  r.used = used + ENTRY_BYTES;
}

function inSteps(level: number): number {
  const steps = Math.round(level / STEP);
  return steps < 0 ? 0 : steps > MOST ? MOST : steps;
}

/**
 * The text of session `n`: version, number of the session, ms of an entry, a line end, and the bytes. In pieces: a call
 * for each character would take a slow board a second.
 */
export function envelopeText(r: Readonly<Envelope>, n: number): string {
  let text = `${ENVELOPE_VERSION},${n},${ENTRY_MS}\n`;
  for (let from = 0; from < r.used; from += PIECE) {
    const left = r.used - from;
    const piece: ArrayLike<number> = new Uint8Array(r.entries.buffer, from, left < PIECE ? left : PIECE);
    text += String.fromCharCode.apply(null, piece as number[]);
  }
  return text;
}
