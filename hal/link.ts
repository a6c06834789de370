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

  constructor(options: LinkOptions) {
    this.peer = undefined;
    this.onReceive = options.onReceive;
    this.dropped = 0;
    this.tells = process.memory(false).tx !== undefined;
    this.filled = 0;
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

  /** How full the buffer is, is reckoned: asking the interpreter takes 3.6 ms. Written out: it is sent in a tick. */
  writeRows(head: string, first: Int16Array, second: Int16Array, row: number): void {
    const peer = this.peer;
    if (peer === undefined) return;
    const from = row * 2;
    try {
      const line =
        head +
        btoa(new Uint8Array(first.buffer, from, ROWS_BYTES)) +
        btoa(new Uint8Array(second.buffer, from, ROWS_BYTES)) +
        '\n';
      const filled = this.filled + line.length;
      if (filled <= ROOM_BYTES) {
        this.filled = filled;
        peer.write(line);
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

/** Bytes of the sixteen values of a frame, two each. */
const ROWS_BYTES = 32;

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
