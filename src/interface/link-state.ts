/** What the link remembers between two bytes. */

/** Answers a second at most: one every so many ticks. */
export const ANSWER_TICKS = 12;

export interface LinkState {
  /** Place in the frame being read: 0 = waiting for '~', 1 = for the letter, 2 = for digits or the end. */
  place: number;
  letter: number;
  /** Whole number of the frame and its digits so far. */
  value: number;
  digits: number;
  /** Bytes taken since the last tick. */
  taken: number;
  /** Letter of the question that waits for its answer, 0 = none. */
  asked: number;
  /** Tick of the last answer. */
  answered: number;
}

export function createLink(): LinkState {
  return { place: 0, letter: 0, value: 0, digits: 0, taken: 0, asked: 0, answered: -ANSWER_TICKS };
}
