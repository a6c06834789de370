/**
 * What may come over USB or Bluetooth: STOP, from anybody at any time, and a question for the state. Nothing
 * that comes over a link can start a session, raise a pressure or loosen a limit: there is no such frame.
 * A frame is '~', one letter, '\n'; everything else is thrown away. Input is read a few bytes a tick.
 */
import type { Core } from '../core.ts';
import { ANSWER_TICKS, type LinkState } from './link-state.ts';
import { stopNow } from './press.ts';

/** Bytes looked at in one go; what exceeds it within a tick is dropped. */
const MAX_BYTES = 48;
/** Bytes have come in. May be called at any time between ticks. */
export function receive(core: Core, bytes: string): void {
  const link = core.link;
  for (let i = 0; i < bytes.length && link.taken < MAX_BYTES; i++) {
    link.taken++;
    takeByte(core, link, bytes.charCodeAt(i));
  }
}

function takeByte(core: Core, link: LinkState, byte: number): void {
  if (byte === 126) link.place = 1;
  else if (link.place === 1) {
    link.letter = byte;
    link.place = 2;
  } else if (link.place === 2 && byte === 10) {
    link.place = 0;
    order(core, link);
  } else link.place = 0;
}

/** S = stop, ? = state. */
function order(core: Core, link: LinkState): void {
  if (link.letter === 83) stopNow(core);
  else if (link.letter === 63) link.asked = true;
}

/** Called once a tick: lets new bytes in, and answers when asked and not too soon. */
export function serveLink(core: Core): void {
  const link = core.link;
  link.taken = 0;
  if (link.asked && core.view.tick - link.answered >= ANSWER_TICKS) answer(core, link);
}

/** One line: ~, then phase, step, seconds left, setpoint, pressure, trip, inhibits as whole numbers. */
function answer(core: Core, link: LinkState): void {
  const v = core.view;
  link.asked = false;
  link.answered = v.tick;
  const fields = [v.phase, v.step, v.leftMs / 1000, v.setpoint, v.p, v.trip, v.inhibits];
  core.ports.link.write(`~${fields.map(whole).join(',')}\n`);
}

function whole(value: number): string {
  return value > -100000 ? Math.round(value).toString() : '';
}
