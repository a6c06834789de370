/** Numbers and lists on a command line: parsers for commander that name what is allowed. They must never guess or round. */
import { InvalidArgumentError } from 'commander';

/** A parser of whole numbers `from` to `to`, both included. */
export function whole(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,10}$/.test(text) || value < from || value > to)
      throw new InvalidArgumentError(`Allowed are whole numbers ${from}..${to}.`);
    return value;
  };
}

/** A parser of comma lists whose words `check` takes; it throws InvalidArgumentError on others. */
export function list<T>(check: (word: string) => T): (text: string) => T[] {
  return (text) => text.split(',').map(check);
}

/** Takes `allowed` words only. */
export function among<T extends string>(allowed: readonly T[]): (word: string) => T {
  return (word) => {
    const found = allowed.find((name) => name === word);
    if (found === undefined) throw new InvalidArgumentError(`No "${word}"; there are ${allowed.join(', ')}.`);
    return found;
  };
}

/** For options that may be given again and again. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
