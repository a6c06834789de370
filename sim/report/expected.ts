/** The outcome of one expectation of a scenario. */
export interface Expected {
  /** In words: "no trip", "at least 95 % in band while moving". */
  readonly what: string;
  /** What the run gave. */
  readonly found: string;
  readonly met: boolean;
}
