/**
 * Raw bytes over USB and Bluetooth, without the console. Answers go to whoever spoke last: nobody has to be asked whether he
 * listens, and a silent port costs nothing. A write never waits: what the output buffer may not take whole is dropped. Must never
 * throw in a tick: an answer that is lost is no reason to vent.
 */
import type { LinkPort } from '../src/ports.ts';
import { throwClosed } from './closed.ts';

/** Output buffer of the interpreter, bytes (jsdevices.h of Espruino, nRF52). */
const BUFFER_BYTES = 255;
/** What a slow peer takes out of it, bytes a second: Bluetooth, 20 bytes every 60 ms, and some spare. */
const DRAIN_BYTES_S = 300;

export interface LinkOptions {
  streams: ByteStream[];
  onReceive: (bytes: string) => void;
}

export class Link implements LinkPort {
  /** Where answers go. */
  peer: ByteStream | undefined;
  onReceive: (bytes: string) => void;
  /** Messages dropped because they did not fit, and those that the interpreter refused. */
  dropped: number;
  /** True where the interpreter tells how full its output buffer is: after 2v29. Looked at once: it does not change. */
  tells: boolean;
  /** Where it does not: bytes that may still be in the buffer, as of `filledAt` s. */
  filled: number;
  filledAt: number;

  constructor(options: LinkOptions) {
    this.peer = undefined;
    this.onReceive = options.onReceive;
    this.dropped = 0;
    this.tells = process.memory(false).tx !== undefined;
    this.filled = 0;
    this.filledAt = getTime();
    for (let i = 0; i < options.streams.length; i++) listen(this, options.streams[i]);
  }

  write(bytes: string): void {
    const peer = this.peer;
    if (peer === undefined) return;
    try {
      if (fits(this, bytes.length)) peer.write(bytes);
      else this.dropped = this.dropped + 1;
    } catch (_error) {
      this.dropped = this.dropped + 1;
    }
  }

  writeProven(line: string): void {
    this.write(line + ',' + E.CRC32(line) + '\n');
  }

  /** How full the buffer is, is reckoned: asking the interpreter takes 3.6 ms, and the other side has granted the room. */
  writeRows(head: string, first: Int16Array, second: Int16Array, row: number): void {
    const peer = this.peer;
    if (peer === undefined) return;
    try {
      const line = head + rowsOf(first, row) + rowsOf(second, row) + '\n';
      if (fitsByTime(this, line.length)) peer.write(line);
      else this.dropped = this.dropped + 1;
    } catch (_error) {
      this.dropped = this.dropped + 1;
    }
  }

  close(): void {
    this.peer = undefined;
    this.onReceive = nothing;
    this.write = throwClosed;
    this.writeProven = throwClosed;
    this.writeRows = throwClosed;
  }
}

/** Bytes of eight values of two bytes. */
const ROWS_BYTES = 16;

function rowsOf(ring: Int16Array, row: number): string {
  return btoa(new Uint8Array(ring.buffer, row * 2, ROWS_BYTES));
}

function nothing(): void {}

function fits(link: Link, length: number): boolean {
  const out = link.tells ? process.memory(false).tx : undefined;
  return out === undefined ? fitsByTime(link, length) : out.total - out.used >= length;
}

/** Reckoned: what was written less what a slow peer has taken since. A peer that takes nothing and goes on asking can fill it all the same. */
function fitsByTime(link: Link, length: number): boolean {
  const at = getTime();
  const left = link.filled - (at - link.filledAt) * DRAIN_BYTES_S;
  const filled = (left > 0 ? left : 0) + length;
  if (!(filled <= BUFFER_BYTES)) return false;
  link.filled = filled;
  link.filledAt = at;
  return true;
}

function listen(link: Link, stream: ByteStream | undefined): void {
  if (stream === undefined) return;
  stream.on('data', (bytes: string) => {
    link.peer = stream;
    link.onReceive(bytes);
  });
}
