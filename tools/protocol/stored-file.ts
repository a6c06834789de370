/** A protocol as a device keeps it. */
import type { Protocol } from '../../src/session/protocol.ts';
import { decodeProtocol, encodeProtocol, protocolFile } from '../../src/session/stored.ts';

/** Name and text under which a device keeps the protocol in its place 0..3; the settings tool writes it in service mode. */
export function storedFile(protocol: Protocol, place: number): { name: string; text: string } {
  const text = encodeProtocol(protocol);
  if (decodeProtocol(text) === undefined)
    throw new Error(
      `protocol ${protocol.id}: cannot be written down for a device; run "npm run protocol -- check" on it`,
    );
  return { name: protocolFile(place), text };
}
