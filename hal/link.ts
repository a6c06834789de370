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
  /** The two rows of a frame as text, with the end of its line; made once, as is all that follows. */
  rows: Uint8Array;
  second: Uint8Array;
  letters: Uint8Array;
  /** The interpreter's own, kept here: it looks a global up behind all names of the image, which takes time. */
  map: typeof E.mapInPlace;
  Bytes: typeof Uint8Array;

  constructor(options: LinkOptions) {
    this.peer = undefined;
    this.onReceive = options.onReceive;
    this.dropped = 0;
    this.tells = process.memory(false).tx !== undefined;
    this.filled = 0;
    this.rows = new Uint8Array(ROWS_TEXT).fill(PADDING);
    this.rows[ROWS_TEXT - 1] = LINE_END;
    this.second = new Uint8Array(this.rows.buffer, ROW_TEXT);
    this.letters = E.toUint8Array(BASE64);
    this.map = E.mapInPlace;
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

  /** How full the buffer is, is reckoned: asking the interpreter takes 3.6 ms. Nobody is granted a frame who has not spoken. */
  writeRows(head: string, first: Int16Array, second: Int16Array, row: number): void {
    try {
      const filled = this.filled + head.length + ROWS_TEXT;
      if (filled <= ROOM_BYTES) {
        this.filled = filled;
        spell(this, first, row, this.rows);
        spell(this, second, row, this.second);
        (this.peer as ByteStream).write(head, this.rows);
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

/** Bytes of the sixteen values of a row, two each; its letters in base64, the last of them padding; those of both rows with the end of the line. */
const ROW_BYTES = 32;
const ROW_TEXT = 44;
const ROWS_TEXT = 89;
const PADDING = 61;
const LINE_END = 10;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Sixteen values of `ring` from `row` on into `text`. Base64 by mapping in place: a new string of this length has to lie in one piece, and to look for
 * such a piece among freed memory takes milliseconds, or a collection. What 32 bytes leave over, four bits, the mapping leaves out.
 */
function spell(link: Link, ring: Int16Array, row: number, text: Uint8Array): void {
  link.map(new link.Bytes(ring.buffer, row * 2, ROW_BYTES), text, link.letters, 6);
  text[42] = link.letters[((ring[row + 15] as number) >> 6) & 60] as number;
}

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
