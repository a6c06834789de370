/** The interpreter's Storage on a model of flash: files, compaction, what a power cut leaves. */
import { bytesOf, textOf } from '../../tools/latin1.ts';
import { type Flash, PAGE, PowerCut } from './flash.ts';

const HEADER = 32;
const NAME_LENGTH = 28;

interface Entry {
  readonly address: number;
  readonly size: number;
  readonly live: boolean;
}

function align(address: number): number {
  return (address + 3) & ~3;
}

/** What `Storage.write` takes, as bytes. */
export function toBytes(data: unknown): Uint8Array {
  if (typeof data === 'string') return bytesOf(data);
  if (data !== null && typeof data === 'object' && 'length' in data)
    return new Uint8Array(data as ArrayLike<number>);
  return toBytes(JSON.stringify(data));
}

/**
 * The interpreter's `Storage` on a flash: a log of files with 32-byte headers; a file that is replaced has the first word of its
 * name set to 0 and stays as garbage until compaction. Order of the flash writes as there: old one marked, header, content.
 */
export class Storage {
  readonly flash: Flash;

  constructor(flash: Flash) {
    this.flash = flash;
  }

  read(name: string, offset = 0, length = 0): string | undefined {
    const file = this.#find(name);
    if (file === undefined) return undefined;
    const from = file.address + HEADER + offset;
    const size = length > 0 ? Math.min(length, file.size - offset) : file.size - offset;
    return size <= 0 ? '' : textOf(this.flash.bytes.subarray(from, from + size));
  }

  write(name: string, data: unknown, offset = 0, size = 0): boolean {
    const bytes = toBytes(data);
    const wanted = size > 0 ? size : bytes.length;
    if (wanted === 0) throw new Error("Can't create zero length file");
    let file = this.#find(name);
    if (offset === 0 && (file === undefined || !this.#isBlank(file, wanted))) {
      if (file !== undefined && this.#holds(file, bytes, wanted)) return true;
      if (file !== undefined) this.#mark(file);
      file = this.#create(name, wanted);
    }
    if (file === undefined) throw new Error('Unable to find or create file');
    if (offset + bytes.length > file.size) throw new Error('Too much data for file size');
    const at = file.address + HEADER + offset;
    if (!this.flash.isErased(at, bytes.length)) throw new Error('File already written with different data');
    this.#programUnaligned(at, bytes);
    return true;
  }

  erase(name: string): void {
    const file = this.#find(name);
    if (file !== undefined) this.#mark(file);
  }

  eraseAll(): void {
    for (let page = 0; page < this.flash.size; page += PAGE) this.flash.erasePage(page);
  }

  list(pattern?: RegExp): string[] {
    const names = this.#entries()
      .filter((e) => e.live)
      .map((e) => this.#name(e));
    return pattern === undefined ? names : names.filter((n) => pattern.test(n));
  }

  getFree(): number {
    const entries = this.#entries();
    const last = entries[entries.length - 1];
    return this.flash.size - (last === undefined ? 0 : align(last.address + HEADER + last.size));
  }

  /** Pack the live files from the first page that begins with a header and holds garbage; false when there is none. */
  compact(): boolean {
    const entries = this.#entries();
    const dead = entries.find((e) => !e.live);
    if (dead === undefined) return false;
    let start = 0;
    for (const e of entries) {
      if (e.address > dead.address) break;
      if (e.address % PAGE === 0) start = e.address;
    }
    const packed: Uint8Array[] = entries
      .filter((e) => e.live && e.address >= start)
      .map((e) => this.flash.bytes.slice(e.address, align(e.address + HEADER + e.size)));
    const whole = new Uint8Array(packed.reduce((sum, p) => sum + p.length, 0));
    let end = 0;
    for (const p of packed) {
      whole.set(p, end);
      end += p.length;
    }
    this.#rewrite(start, whole, entries[entries.length - 1]);
    return true;
  }

  #rewrite(start: number, whole: Uint8Array, last: Entry | undefined): void {
    const oldEnd = last === undefined ? start : align(last.address + HEADER + last.size);
    for (let at = start; at < Math.max(oldEnd, start + whole.length); at += PAGE) {
      this.flash.erasePage(at);
      const part = whole.subarray(at - start, at - start + PAGE);
      if (part.length > 0) this.flash.program(at, part);
    }
  }

  #isBlank(file: Entry, wanted: number): boolean {
    return file.size === wanted && this.flash.isErased(file.address + HEADER, wanted);
  }

  #holds(file: Entry, bytes: Uint8Array, wanted: number): boolean {
    if (file.size !== wanted || bytes.length !== wanted) return false;
    const at = file.address + HEADER;
    return bytes.every((b, i) => this.flash.bytes[at + i] === b);
  }

  #programUnaligned(at: number, bytes: Uint8Array): void {
    const lead = at % 4;
    const padded = new Uint8Array(lead + bytes.length).fill(0xff);
    padded.set(bytes, lead);
    this.flash.program(at - lead, padded);
  }

  #mark(file: Entry): void {
    this.flash.program(file.address + 4, new Uint8Array(4));
  }

  #name(file: Entry): string {
    const from = file.address + 4;
    return textOf(this.flash.bytes.subarray(from, from + NAME_LENGTH)).replace(/\0+$/, '');
  }

  #header(address: number): Entry | undefined {
    if (address + HEADER > this.flash.size) return undefined;
    const word = this.flash.word(address);
    if (word === 0xffffffff || word === 0) return undefined;
    const size = word & 0xffffff;
    if (address + HEADER + size > this.flash.size) return undefined;
    return { address, size, live: this.flash.word(address + 4) !== 0 && word >>> 24 === 0 };
  }

  #after(entry: Entry): number {
    return align(entry.address + HEADER + entry.size);
  }

  /** All headers in order; a gap ends a page, and only the next page is looked at. */
  #entries(): Entry[] {
    if (this.flash.dead) throw new PowerCut('no power');
    const found: Entry[] = [];
    let entry = this.#header(0);
    while (entry !== undefined) {
      found.push(entry);
      const next = this.#after(entry);
      entry = this.#header(next) ?? this.#header(next - (next % PAGE) + PAGE);
    }
    return found;
  }

  #find(name: string): Entry | undefined {
    const wanted = name.slice(0, NAME_LENGTH);
    return this.#entries().find((e) => e.live && this.#name(e) === wanted);
  }

  #spaceFrom(address: number): number {
    const next = address - (address % PAGE) + PAGE;
    const end = this.#header(next) === undefined ? this.flash.size : next;
    return end - address;
  }

  /** A hole that is big enough, -1 = none; also how much a compaction could give. */
  #hole(required: number): { address: number; possible: number } {
    let address = 0;
    let possible = 0;
    while (address < this.flash.size) {
      for (let e = this.#header(address); e !== undefined; e = this.#header(address)) {
        if (!e.live) possible += e.size;
        address = this.#after(e);
      }
      if (address >= this.flash.size) break;
      const space = this.#spaceFrom(address);
      possible += space;
      if (space >= required) return { address, possible };
      address = address - (address % PAGE) + PAGE;
    }
    return { address: -1, possible };
  }

  #create(name: string, size: number): Entry | undefined {
    const required = align(size) + HEADER;
    let hole = this.#hole(required);
    if (hole.address < 0 && required < hole.possible && this.compact()) hole = this.#hole(required);
    if (hole.address < 0) return undefined;
    const header = new Uint8Array(HEADER);
    new DataView(header.buffer).setUint32(0, size, true);
    header.set(toBytes(name).subarray(0, NAME_LENGTH), 4);
    this.flash.program(hole.address, header);
    return { address: hole.address, size, live: true };
  }
}
