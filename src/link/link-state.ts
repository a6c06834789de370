/** What the link remembers between two bytes. Holds nothing that could start, raise or loosen anything. */

/** At least so long between two answers, ms. */
export const ANSWER_EVERY_MS = 450;

export interface LinkState {
  /** Place in the frame being read: 0 = waiting for '~', 1 = for the letter, 2 = for digits or the end. */
  place: number;
  letter: number;
  /** Whole number of the frame and its digits so far. */
  value: number;
  digits: number;
  /** Bytes taken since the link was served last. */
  taken: number;
  /** Letter of the question that waits for its answer, 0 = none. */
  asked: number;
  /** When the last answer was given, ms. */
  answered: number;
}

export function createLink(): LinkState {
  return { place: 0, letter: 0, value: 0, digits: 0, taken: 0, asked: 0, answered: -ANSWER_EVERY_MS };
}
