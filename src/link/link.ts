/**
 * What may come over USB or Bluetooth: STOP, from anybody at any time; the date; questions; and that somebody commissions this build, whose
 * run ends when that is not said any more. Nothing that comes over a link can start a session, raise a pressure or loosen a limit: there is no such frame. A frame is a line: '~', one
 * letter, digits, '\n' or '\r'; everything else is thrown away. Lines are taken apart by the interpreter's own functions: byte by byte
 * in the program each would cost 3.5 ms. What comes too fast is only searched for a STOP.
 * Must never act on a line but to stop, ask or read.
 */
import { setDate } from '../date.ts';
import { renewBench } from '../session/bench-lease.ts';
import { stopBoth } from '../wearer/press.ts';
import { answer } from './answers.ts';
import { answerText } from './kept-texts.ts';
import { ANSWER_EVERY_MS, LIVE_CREDIT, type LinkState, WANTS_NONE } from './link-state.ts';
import { LIVE_REST, sendLive } from './live.ts';
import type { LinkParts } from './parts.ts';

/** Bytes read within a round of turns; what exceeds it is searched for a STOP and dropped. */
const MAX_BYTES = 48;
/** Longest frame without its end. */
const MAX_FRAME = 16;
const MAX_DIGITS = 10;

/** Letters that ask for one line. */
const QUESTIONS = '?LNVHEP';

/** Bytes have come in. May be called at any time between ticks. */
export function receive(device: LinkParts, bytes: string): void {
  const link = device.link;
  link.taken += bytes.length;
  if (!(link.taken <= MAX_BYTES)) return drop(device, link, link.text + bytes);
  if (bytes.charAt(1) === 'T' && grantsAgain(device, link, bytes)) return;
  const text = link.text + bytes;
  const end = text.indexOf('\n');
  if (end === text.length - 1 && end > 0 && isPlain(text)) {
    link.text = '';
    order(device, link, text.charAt(1), text.substring(2, end));
  } else takeLines(device, link, text);
}

/**
 * True for one whole frame that grants live frames and tells what was taken: the one that comes again and again under pressure, and so has the shortest
 * way. What was begun before it, it ends, as any '~' does.
 */
function grantsAgain(device: LinkParts, link: LinkState, bytes: string): boolean {
  const end = bytes.length - 1;
  const digits = bytes.substring(2, end);
  const taken = +digits | 0;
  if ('' + taken !== digits || !(taken >= 0) || bytes.charAt(end) !== '\n' || bytes.charAt(0) !== '~')
    return false;
  link.text = '';
  device.ports.link.taken(taken);
  grant(link, device.recorder.base);
  return true;
}

/** One frame and nothing else: what comes nearly always, and has its short way. */
function isPlain(text: string): boolean {
  return text.lastIndexOf('~') === 0 && text.indexOf('\r') < 0;
}

/** Any number of lines, ended in any way; the last one may go on in what comes next. */
function takeLines(device: LinkParts, link: LinkState, text: string): void {
  const lines = text.split('\r').join('\n').split('\n');
  const last = lines.length - 1;
  link.text = begun(lines[last] as string);
  for (let i = 0; i < last; i++) {
    const frame = begun(lines[i] as string);
    if (frame !== '') order(device, link, frame.charAt(1), frame.substring(2));
  }
}

/** The frame that has begun in `line`: from its last '~' on, '' for none or for what is longer than any frame. */
function begun(line: string): string {
  const at = line.lastIndexOf('~');
  return at >= 0 && line.length - at <= MAX_FRAME ? line.substring(at) : '';
}

/** Too much at once. A STOP in it stops all the same, whole or begun, and wherever its bytes were cut apart. */
function drop(device: LinkParts, link: LinkState, text: string): void {
  if (text.indexOf('~S') >= 0) stopBoth(device);
  link.text = text.charAt(text.length - 1) === '~' ? '~' : '';
}

/** S = stop; D = date in s since 1970; R = a kept text; any other letter is a question. */
function order(device: LinkParts, link: LinkState, letter: string, argument: string): void {
  if (argument !== '') withNumbers(device, link, letter, argument);
  else if (letter === 'S') stopBoth(device);
  else ask(device, link, letter);
}

/** T = the other side can take LIVE_CREDIT live frames; C = somebody commissions. */
function ask(device: LinkParts, link: LinkState, letter: string): void {
  if (letter === 'T') grant(link, device.recorder.base);
  else if (letter === 'C') renewBench(device.bench, device.tick.now);
  else if (letter !== '' && QUESTIONS.indexOf(letter) >= 0) link.asked = letter;
}

/** What stood in the ring before anybody asked is not live. */
function grant(link: LinkState, base: number): void {
  if (link.credit === 0) link.sentBase = base;
  link.credit = LIVE_CREDIT;
}

function withNumbers(device: LinkParts, link: LinkState, letter: string, argument: string): void {
  if (letter === 'D') setDate(device.date, whole(argument), device.tick.now);
  else if (letter === 'R') wantText(device, link, argument.split(','));
  else if (letter !== 'S' && isTaken(device, argument)) ask(device, link, letter);
}

/** A question may tell how many bytes its sender has taken since it last told. False for what is no number. */
function isTaken(device: LinkParts, digits: string): boolean {
  const bytes = whole(digits);
  if (!(bytes >= 0)) return false;
  device.ports.link.taken(bytes);
  return true;
}

/** ~R, number of the text, first byte, and what was taken where it is told. */
function wantText(device: LinkParts, link: LinkState, words: string[]): void {
  if (words.length === 3 ? !isTaken(device, words[2] as string) : words.length !== 2) return;
  link.wanted = whole(words[0] as string);
  link.wantedFrom = whole(words[1] as string);
  if (!(link.wantedFrom >= 0)) link.wanted = WANTS_NONE;
}

/** The whole number that `digits` are, -1 for anything else. By operators alone: looking a global function up takes longer than all of this. */
function whole(digits: string): number {
  const value = +digits;
  return digits.length <= MAX_DIGITS && '' + value === digits && value % 1 === 0 ? value : -1;
}

/** Called once a round of turns: lets new bytes in, sends what is live, and answers when asked and not too soon. */
export function serveLink(device: LinkParts): void {
  const link = device.link;
  link.taken = 0;
  if (link.credit > 0 && (device.recorder.base & LIVE_REST) === 0) sendLive(device, link);
  if (link.asked !== '' && device.tick.now - link.answered >= ANSWER_EVERY_MS) answer(device, link);
}

/** Called in ticks of a vented cuff: kept texts are given out as fast as they are asked for. */
export function serveTexts(device: LinkParts): void {
  if (device.link.wanted !== WANTS_NONE) answerText(device, device.link);
}
