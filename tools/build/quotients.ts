/** Decimal fractions of device code as quotients of whole numbers, which the interpreter reads exactly. */
import { type AnyNode, parse } from 'acorn';
import { walk } from '../dialect/walk.ts';

/**
 * Writes every decimal fraction in `code` as a quotient of whole numbers: the minifier folds `95 / 100` to
 * `.95`, which the interpreter reads up to a few last places off, while both whole numbers and their quotient
 * are exact. The quotient is the same double as the literal as long as digits and power of ten are exact
 * doubles themselves (up to 2^53; powers up to 10^15 are read exactly); anything else is left for the dialect check to refuse.
 */
export function unfoldQuotients(code: string): string {
  const found: { start: number; end: number; text: string }[] = [];
  walk(parse(code, { ecmaVersion: 2024, sourceType: 'script' }) as AnyNode, (node) => {
    if (node.type !== 'Literal' || typeof node.value !== 'number') return;
    const text = asQuotient(node.raw ?? '');
    if (text !== undefined) found.push({ start: node.start, end: node.end, text });
  });
  let out = '';
  let at = 0;
  for (const { start, end, text } of found.sort((a, b) => a.start - b.start)) {
    out += code.slice(at, start) + text;
    at = end;
  }
  return out + code.slice(at);
}

/** `.95` gives `(95/100)`; undefined for a literal that is no decimal fraction or has no exact quotient. */
export function asQuotient(raw: string): string | undefined {
  const parts = /^(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(raw);
  if (parts === null || !/\.|e-/i.test(raw)) return undefined;
  const fraction = parts[2] ?? '';
  const digits = `${parts[1] ?? ''}${fraction}`.replace(/^0+(?=\d)/, '');
  const power = fraction.length - Number(parts[3] ?? 0);
  if (Number(digits) > Number.MAX_SAFE_INTEGER || power < 0 || power > 15) return undefined;
  return power === 0 ? digits : `(${digits}/1${power > 2 ? `e${power}` : '0'.repeat(power)})`;
}
