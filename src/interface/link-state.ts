/** What the link remembers between two bytes. */

/** Answers a second at most: one every so many ticks. */
export const ANSWER_TICKS = 12;

export interface LinkState {
  /** Place in the frame being read: 0 = waiting for '~', 1 = for the letter, 2 = for the end. */
  place: number;
  letter: number;
  /** Bytes taken since the last tick. */
  taken: number;
  /** True when the state has been asked for. */
  asked: boolean;
  /** Tick of the last answer. */
  answered: number;
}

export function createLink(): LinkState {
  return { place: 0, letter: 0, taken: 0, asked: false, answered: -ANSWER_TICKS };
}
