/**
 * What the pieces of a program cost in the interpreter, in thousands of ARM instructions. It has no bytecode: it reads the text anew each
 * time, so a piece that runs costs by its tokens and one that is passed over by its letters. Counted in a Thumb-2 build with the
 * reference board's variables, and fitted to 307 ticks of a session that were counted there: eight in ten of them within 10 %, the mean of
 * each part of the session within 7 %, the tick that begins a session a third too low. `npm run bench:device` says how far it is off today.
 */
export const WEIGHTS = {
  /** A token that is executed; the rest of this list comes on top. */
  token: 0.3,
  /** A letter of text that is passed over: a branch that is not taken, what follows a `return`. */
  skippedLetter: 0.066,
  /** A letter of a name or number that is read, over the first. */
  letter: 0.078,
  /** A call, and each of its arguments, beyond their tokens. */
  call: 1.36,
  argument: 1.5,
  /** A value that is written, beyond its tokens: a new variable is made, the old one let go. */
  write: 0.68,
  /** A name of the image's own scope: names are compared one by one in the order of their making. */
  nameBefore: 0.0145,
  /** An operation on numbers, beyond its token. */
  operation: 0.41,
  /** An element reached by number. */
  index: 0.77,
  /** A property or element of a new object or array, a new function. */
  made: 1.6,
} as const;
