/**
 * What is wrong with a text from outside, in words that name the place. Thrown before anything of the text has been used; it
 * never carries a stack trace to a person.
 */
export class BadInput extends Error {
  /** Every problem that was found, each with its line and column where there is one. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.name = 'BadInput';
    this.problems = problems;
  }
}

/** Line and column, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export function placeText(place: Place): string {
  return `line ${place.line}, column ${place.column}`;
}

/** A text in quotes, at most 60 characters, with everything that cannot be seen written as \uXXXX. */
export function visible(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return JSON.stringify(short).replace(
    /[^ -~]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
