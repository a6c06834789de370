/**
 * The texts that the device keeps, given out in pieces while it is vented and at rest: settings, records, black box. Reads flash: never under
 * pressure. Must never write a text, and there is no frame that asks for it.
 */
import {
  FILE_COMMISSIONED,
  FILE_DAY,
  FILE_LOCK,
  FILE_LOP,
  FILE_PROGRESS,
  FILE_SETTINGS,
  FILE_ZERO,
} from '../files.ts';
import { PHASE_DONE, PHASE_IDLE, PHASE_TRIPPED } from '../phases.ts';
import { BOX_PARTS, FILE_BOX, RECORD_SLOTS, recordFile } from '../record/box.ts';
import { ENVELOPE_SLOTS, envelopeFile } from '../record/envelope.ts';
import { protocolFile, STORED_COUNT } from '../session/stored.ts';
import { type LinkState, WANTS_NONE } from './link-state.ts';
import type { LinkParts } from './parts.ts';

/** Bytes of a piece: with its base64 a line still fits into the output buffer. */
export const PIECE_BYTES = 150;

/** Numbers of the texts: the first of the records, of the black box, of the wearer's own protocols and of the envelopes. */
export const FIRST_RECORD = 16;
export const FIRST_BOX = 48;
export const FIRST_PROTOCOL = 80;
export const FIRST_ENVELOPE = 96;

/** Name of text `number`, undefined where there is none. A number must never change its meaning. */
export function textName(number: number): string | undefined {
  if (number >= FIRST_ENVELOPE)
    return number < FIRST_ENVELOPE + ENVELOPE_SLOTS ? envelopeFile(number - FIRST_ENVELOPE) : undefined;
  if (number >= FIRST_PROTOCOL)
    return number < FIRST_PROTOCOL + STORED_COUNT ? protocolFile(number - FIRST_PROTOCOL) : undefined;
  if (number >= FIRST_BOX)
    return number < FIRST_BOX + BOX_PARTS ? FILE_BOX + (number - FIRST_BOX) : undefined;
  if (number >= FIRST_RECORD)
    return number < FIRST_RECORD + RECORD_SLOTS ? recordFile(number - FIRST_RECORD) : undefined;
  return [FILE_SETTINGS, FILE_PROGRESS, FILE_LOCK, FILE_LOP, FILE_ZERO, FILE_COMMISSIONED, FILE_DAY][number];
}

/** True where flash may be read: nothing is held, and nothing is about to begin. */
function isAtRest(device: LinkParts): boolean {
  const phase = device.session.phase;
  return (
    !device.supervisor.pressurised &&
    (phase === PHASE_IDLE || phase === PHASE_DONE || phase === PHASE_TRIPPED)
  );
}

/**
 * ~R, number, first byte, length of the whole text (-1 = there is none), the piece in base64, check sum of all that as the port makes it. A
 * device that is not at rest says nothing; the question waits.
 */
export function answerText(device: LinkParts, link: LinkState): void {
  if (!isAtRest(device)) return;
  const number = link.wanted;
  const from = link.wantedFrom;
  link.wanted = WANTS_NONE;
  const name = textName(number);
  const text = name === undefined ? undefined : device.ports.store.read(name);
  const piece = text === undefined ? '' : btoa(text.substring(from, from + PIECE_BYTES));
  device.ports.link.writeProven(`~R${number},${from},${text === undefined ? -1 : text.length},${piece}`);
}
