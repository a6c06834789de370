/**
 * Raw bytes over USB and Bluetooth, without the console. Answers go to whoever spoke last: nobody has to be asked whether he
 * listens, and a silent port costs nothing. A write never waits: what the output buffer may not take whole is dropped. The other side says what
 * it has taken; what it has not is taken as still there. Must never throw in a tick: an answer that is lost is no reason to vent.
 */
import type { LinkPort } from '../src/ports.ts';
import { throwClosed } from './closed.ts';

/** Output buffer of the interpreter, bytes, less one: a full one makes it wait (jsdevices.h of Espruino, nRF52). */
const ROOM_BYTES = 254;

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
  /** Bytes written that nobody has said to have taken: they may still be in the buffer. */
  filled: number;
  /** The interpreter's own, kept here: it looks a global up behind all names of the image, which takes time. */
  base64: (bytes: Uint8Array) => string;
  Bytes: typeof Uint8Array;

  constructor(options: LinkOptions) {
    this.peer = undefined;
    this.onReceive = options.onReceive;
    this.dropped = 0;
    this.tells = process.memory(false).tx !== undefined;
    this.filled = 0;
    this.base64 = btoa;
    this.Bytes = Uint8Array;
    for (let i = 0; i < options.streams.length; i++) listen(this, options.streams[i]);
  }

  write(bytes: string): void {
    const peer = this.peer;
    if (peer === undefined) return;
    try {
      if (takes(this, bytes.length, this.tells ? freeTold() : ROOM_BYTES - this.filled)) peer.write(bytes);
      else this.dropped = this.dropped + 1;
    } catch (_error) {
      this.dropped = this.dropped + 1;
    }
  }

  writeProven(line: string): void {
    this.write(line + ',' + E.CRC32(line) + '\n');
  }

  /** How full the buffer is, is reckoned: asking the interpreter takes 3.6 ms. Its pieces go out one after the other: to join them would copy each byte three times. */
  writeRows(head: string, first: Int16Array, second: Int16Array, row: number): void {
    const peer = this.peer;
    if (peer === undefined) return;
    const from = row * 2;
    try {
      const filled = this.filled + head.length + ROWS_TEXT;
      if (filled <= ROOM_BYTES) {
        this.filled = filled;
        peer.write(
          head,
          this.base64(new this.Bytes(first.buffer, from, ROWS_BYTES)),
          this.base64(new this.Bytes(second.buffer, from, ROWS_BYTES)),
          '\n',
        );
      } else this.dropped = this.dropped + 1;
    } catch (_error) {
      this.dropped = this.dropped + 1;
    }
  }

  taken(bytes: number): void {
    this.filled = this.filled > bytes ? this.filled - bytes : 0;
  }

  close(): void {
    this.peer = undefined;
    this.onReceive = nothing;
    this.write = throwClosed;
    this.writeProven = throwClosed;
    this.writeRows = throwClosed;
  }
}

/** Bytes of the sixteen values of a frame, two each, and those of both rows in base64 with the end of the line. */
const ROWS_BYTES = 32;
const ROWS_TEXT = 89;

function nothing(): void {}

/** Free space that the interpreter tells of, bytes. */
function freeTold(): number {
  const out = process.memory(false).tx;
  return out === undefined ? 0 : out.total - out.used;
}

/** True where `length` bytes fit: then they count as written. */
function takes(link: Link, length: number, free: number): boolean {
  if (!(length <= free)) return false;
  link.filled = link.filled + length;
  return true;
}

function listen(link: Link, stream: ByteStream | undefined): void {
  if (stream === undefined) return;
  stream.on('data', (bytes: string) => {
    link.peer = stream;
    link.onReceive(bytes);
  });
}
