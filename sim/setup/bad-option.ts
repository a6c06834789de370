/** A wrong option: names the option, what was given, and what is allowed. Nothing has been started or written. */
export class BadOption extends Error {
  constructor(option: string, given: string, why: string) {
    super(`${option} ${given === '' ? '(empty)' : `"${given}"`}: ${why}`);
  }
}

export function oneOf(option: string, given: string, allowed: readonly string[]): string {
  if (allowed.includes(given)) return given;
  throw new BadOption(option, given, `no such name; allowed are ${allowed.join(', ')}`);
}
