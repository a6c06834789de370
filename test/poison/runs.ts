/**
 * Bad inputs by the thousand: each made from a valid one by breaking one thing. `POISON=20000 npx vitest run test/poison` is the
 * long run: so many tries a property.
 */
const LONG = Number(process.env['POISON'] ?? '');

/** Tries of a property, and its seed: the same inputs every time. */
export function tries(seed: number): { numRuns: number; seed: number } {
  return { numRuns: LONG > 0 ? LONG : 2000, seed };
}

/** Longest time for a property, ms. */
export const PATIENCE_MS = 30_000 + (LONG > 0 ? LONG * 10 : 0);

/** A changed copy: `text` with one byte changed, left out, put in or doubled, or cut off. Never `text` itself. */
export function damaged(text: string, how: number, where: number, byte: number): string {
  const at = where % text.length;
  const other = String.fromCharCode(byte === text.charCodeAt(at) ? byte ^ 1 : byte);
  const before = text.slice(0, at);
  const after = text.slice(at + 1);
  if (how === 0) return before + other + after;
  if (how === 1) return before;
  if (how === 2) return `${before}${other}${text.slice(at)}`;
  if (how === 3) return before + after;
  return `${text.slice(0, at + 1)}${text.slice(at)}`;
}
