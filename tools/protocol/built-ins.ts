/** The firmware's own protocols, with the lines that people read. */
import { builtInProtocol, PROTOCOL_COUNT } from '../../src/session/library.ts';
import type { Protocol } from '../../src/session/protocol.ts';
import { NOTES } from './library-notes.ts';

export interface NamedProtocol {
  readonly protocol: Protocol;
  readonly title: string;
  readonly source: string;
  /** Number in the library, -1 = a file. */
  readonly index: number;
}

export function builtIns(): NamedProtocol[] {
  return Array.from({ length: PROTOCOL_COUNT }, (_, index) => {
    const protocol = builtInProtocol(index);
    const note = NOTES[protocol.id];
    return { protocol, title: note?.title ?? protocol.id, source: note?.source ?? '', index };
  });
}
