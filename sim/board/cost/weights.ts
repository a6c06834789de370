/**
 * What the pieces of a program cost in the interpreter, in thousands of ARM instructions. It has no bytecode: it reads the text anew each
 * time, so a piece that runs costs by its tokens and one that is passed over by its letters. Fitted to 307 ticks of a session that were
 * counted in the interpreter (`npm run bench:device`), scaled to the ARM Thumb-2 build of the reference board by the one tick count that
 * was made there: two in three ticks within 6 %, the mean of each part of the session within 4 %, the tick that begins a session 13 % low.
 */
export const WEIGHTS = {
  /** A token that is executed; the rest of this list comes on top. */
  token: 0.535,
  /** A letter of text that is passed over: a branch that is not taken, what follows a `return`. */
  skippedLetter: 0.069,
  /** A letter of a name or number that is read, over the first. */
  letter: 0.099,
  /** A call, and each of its arguments, beyond their tokens. */
  call: 1.36,
  argument: 1.3,
  /** A value that is written, beyond its tokens: a new variable is made, the old one let go. */
  write: 0.85,
  /** A name of the image's own scope: names are compared one by one in the order of their making. */
  nameBefore: 0.0173,
  /** An operation on numbers, beyond its token. */
  operation: 0.366,
  /** An element reached by number. */
  index: 0.72,
  /** A property or element of a new object or array, a new function. */
  made: 1.53,
} as const;
