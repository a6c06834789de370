/**
 * What may come over USB or Bluetooth: STOP, from anybody at any time; the date; questions. Nothing that comes
 * over a link can start a session, raise a pressure or loosen a limit: there is no such frame. A frame is '~', one
 * letter, up to ten digits, '\n' or '\r'; everything else is thrown away. Input is read a few bytes a round of turns; what is more is
 * only searched for a STOP.
 */

import { dateIfKnown, setDate } from '../date.ts';
import { uncertaintyMmHg } from '../occlusion/uncertainty.ts';
import { adviceNow, progressText } from '../session/progress.ts';
import { protocolAt } from '../session/stored.ts';
import { stopBoth } from '../wearer/press.ts';
import { chosenProtocol } from '../wearer/start.ts';
import { ANSWER_EVERY_MS, type LinkState } from './link-state.ts';
import type { LinkParts } from './parts.ts';

/** Bytes read within a round of turns; what exceeds it is searched for a STOP and dropped. */
const MAX_BYTES = 48;
const MAX_DIGITS = 10;

const LETTER_DATE = 68;
const LETTER_LOP = 76;
const LETTER_NEXT = 78;
const LETTER_STOP = 83;
const LETTER_STATE = 63;
const LETTER_VERSION = 86;

/** Bytes have come in. May be called at any time between ticks. */
export function receive(device: LinkParts, bytes: string): void {
  const link = device.link;
  let i = 0;
  while (i < bytes.length && link.taken < MAX_BYTES) {
    link.taken++;
    takeByte(device, link, bytes.charCodeAt(i));
    i++;
  }
  if (i < bytes.length) drop(device, link, bytes.substring(i));
}

/** Too much at once. A STOP in it stops all the same, whole or begun, and wherever its three bytes were cut apart. */
function drop(device: LinkParts, link: LinkState, rest: string): void {
  const begun = link.place === 2 && link.letter === LETTER_STOP && link.digits === 0;
  const text = link.place === 1 ? `~${rest}` : rest;
  if (begun || text.indexOf('~S') >= 0) stopBoth(device);
  link.place = text.charCodeAt(text.length - 1) === 126 ? 1 : 0;
}

function takeByte(device: LinkParts, link: LinkState, byte: number): void {
  if (byte === 126) link.place = 1;
  else if (link.place === 1) {
    link.letter = byte;
    link.value = 0;
    link.digits = 0;
    link.place = 2;
  } else if (link.place === 2) takeRest(device, link, byte);
}

function takeRest(device: LinkParts, link: LinkState, byte: number): void {
  const digit = byte - 48;
  if (digit >= 0 && digit <= 9 && link.digits < MAX_DIGITS) {
    link.value = link.value * 10 + digit;
    link.digits++;
    return;
  }
  link.place = 0;
  if (byte === 10 || byte === 13) order(device, link);
}

/** S = stop, D = date in s since 1970; questions: ? = state, L = last measurement, N = what comes next, V = version. */
function order(device: LinkParts, link: LinkState): void {
  const letter = link.letter;
  if (letter === LETTER_DATE) setDate(device.date, link.value, device.tick.now);
  else if (link.digits > 0) return;
  else if (letter === LETTER_STOP) stopBoth(device);
  else if (isQuestion(letter)) link.asked = letter;
}

function isQuestion(letter: number): boolean {
  return (
    letter === LETTER_STATE || letter === LETTER_LOP || letter === LETTER_NEXT || letter === LETTER_VERSION
  );
}

/** Called once a round of turns: lets new bytes in, and answers when asked and not too soon. */
export function serveLink(device: LinkParts): void {
  const link = device.link;
  link.taken = 0;
  if (link.asked !== 0 && device.tick.now - link.answered >= ANSWER_EVERY_MS) answer(device, link);
}

function answer(device: LinkParts, link: LinkState): void {
  const asked = link.asked;
  link.asked = 0;
  link.answered = device.tick.now;
  if (asked === LETTER_STATE) answerState(device);
  else if (device.supervisor.pressurised) return;
  else if (asked === LETTER_LOP) answerLop(device);
  else if (asked === LETTER_VERSION) device.ports.link.write(`~V${device.version}\n`);
  else answerNext(device);
}

/** One line: ~, then phase, step, seconds left, setpoint, pressure, trip, inhibits as whole numbers. */
function answerState(device: LinkParts): void {
  const s = device.session;
  const t = device.tick;
  const setpoint = t.setpoint === null ? -1 : t.setpoint;
  say(device, '', [
    s.phase,
    s.step,
    s.leftMs / 1000,
    setpoint,
    t.filteredMmHg,
    device.supervisor.trip,
    device.readiness.inhibits,
  ]);
}

/** ~L, then LOP in use, LOP_* source, posture, estimated; the last measurement: mmHg, spread, heart rate, REFUSED_*, measured, allowed, NOTICE_* bits, how far off it may be. */
function answerLop(device: LinkParts): void {
  const s = device.settings;
  const r = device.measurement.lop.result;
  const now = [s.lopMmHg, s.lopSource, s.lopPosture, device.readiness.estimated ? 1 : 0];
  say(
    device,
    'L',
    now.concat([
      r.mmHg,
      r.spreadMmHg,
      r.heartRate,
      r.refusal,
      r.measured,
      r.allowed,
      r.notices,
      uncertaintyMmHg(r),
    ]),
  );
}

/** ~N, ADVICE_*, date, then a sentence. */
function answerNext(device: LinkParts): void {
  const p = protocolAt(device.ports.store, chosenProtocol(device));
  const id = p === undefined ? 'none' : p.id;
  const dateS = dateIfKnown(device.date, device.tick.now);
  const text = progressText(device.progress, id, device.readiness.estimated);
  device.ports.link.write(`~N${adviceNow(device.progress, dateS)},${dateS},${text}\n`);
}

function say(device: LinkParts, letter: string, fields: number[]): void {
  device.ports.link.write(`~${letter}${fields.map(whole).join(',')}\n`);
}

function whole(value: number): string {
  return value > -100000 ? Math.round(value).toString() : '';
}
