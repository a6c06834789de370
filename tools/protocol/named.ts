/** `FILE|NAME`: a protocol file, or a built-in one. */
import { existsSync } from 'node:fs';
import { HAND_WRITTEN_BYTES } from '../input/bytes-text.ts';
import { textOfFile } from '../input/file-text.ts';
import { builtIns, type NamedProtocol } from './built-ins.ts';
import { checkText, type WearerLimits } from './check.ts';
import { problemText } from './problems.ts';

/** A protocol that cannot be used: all its problems, one a line. */
export class BadProtocol extends Error {}

/** True when the word means a file and not a name of the library. */
export function isProtocolFile(given: string): boolean {
  return (
    !builtIns().some(({ protocol }) => protocol.id === given) &&
    (given.endsWith('.json') || existsSync(given))
  );
}

/** Throws BadProtocol that lists every problem, or the names that are known. */
export function namedProtocol(given: string, wearer?: WearerLimits): NamedProtocol {
  const known = builtIns().find(({ protocol }) => protocol.id === given);
  if (known !== undefined) return known;
  if (!isProtocolFile(given)) {
    const names = builtIns().map(({ protocol }) => protocol.id);
    throw new BadProtocol(`${given}: no such file and no such protocol; known are ${names.join(', ')}`);
  }
  let text: string;
  try {
    text = textOfFile(given, HAND_WRITTEN_BYTES);
  } catch (error) {
    throw new BadProtocol(`${given}: ${(error as Error).message}`);
  }
  const { protocol, file, problems } = checkText(text, wearer);
  if (protocol === undefined || file === undefined)
    throw new BadProtocol(
      [`${given}: ${problems.length} problem(s)`, ...problems.map((p) => `  ${problemText(p)}`)].join('\n'),
    );
  return { protocol, title: file.title, source: file.source ?? '', index: -1 };
}
