/**
 * What the link remembers between two bytes, and of the other cuff's last stop.
 * Must never hold anything that could start, raise or loosen something.
 */

import type { Ms } from '../units.ts';

/** At least so long between two answers, ms. */
export const ANSWER_EVERY_MS = 450;
/** Live frames that a question for them grants: they fit into the output buffer, so that none is ever waited for. */
export const LIVE_CREDIT = 2;
/** `LinkState.wanted`: no text is asked for. */
export const WANTS_NONE = -1;

export interface LinkState {
  /** A line that has not ended yet, from its '~' on. */
  text: string;
  /** Bytes taken since the link was served last. */
  taken: number;
  /** Letter of the question that waits for its answer, '' = none. */
  asked: string;
  /** When the last answer was given, ms. */
  answered: number;
  /** Live frames that the other side can still take, and the row of the ring at which the last one ended. */
  credit: number;
  sentBase: number;
  /** Number of the kept text that is asked for, WANTS_NONE = none, and the first byte of it that is wanted. */
  wanted: number;
  wantedFrom: number;
}

export function createLink(): LinkState {
  return {
    text: '',
    taken: 0,
    asked: '',
    answered: -ANSWER_EVERY_MS,
    credit: 0,
    sentBase: -1,
    wanted: WANTS_NONE,
    wantedFrom: 0,
  };
}

export interface RelayState {
  /** Number of the other cuff's last stop, and when a packet of it was heard last, ms. */
  heardNumber: number;
  heardAt: Ms;
}

export function createRelay(): RelayState {
  return { heardNumber: -1, heardAt: 0 };
}
