/**
 * Small named texts in flash, written so that a power cut at any moment leaves the old text or the new one, whole: each name
 * has two files, the text goes to the one that is not in use, and the newer one whose check sum holds counts. The interpreter's
 * own `write` marks the old file as deleted before the new one exists. Must never write over the only whole copy of a text.
 */
import type { StorePort } from '../src/ports.ts';
import { throwClosed } from './closed.ts';
import { isBroken, newerOf, packText, textOf } from './store-format.ts';

const flash = require('Storage');

export class Store implements StorePort {
  refused: number;

  constructor() {
    this.refused = 0;
  }

  read(name: string): string | undefined {
    const a = flash.read(name + '.0');
    const b = flash.read(name + '.1');
    const newer = newerOf(a, b);
    if (newer < 0) return undefined;
    return textOf(newer === 0 ? a : b);
  }

  /** A copy that is there and does not hold: the newest may be the one that was lost. */
  isDamaged(name: string): boolean {
    return isBroken(flash.read(name + '.0')) || isBroken(flash.read(name + '.1'));
  }

  /** False when the flash is full or what is read back is not what was written; the old text then still stands. */
  write(name: string, bytes: string): boolean {
    const a = flash.read(name + '.0');
    const b = flash.read(name + '.1');
    const newer = newerOf(a, b);
    const packed = packText(newer === 0 ? a : newer === 1 ? b : undefined, bytes);
    const target = name + (newer === 0 ? '.1' : '.0');
    const done = writeChecked(target, packed);
    if (!done) this.refused = this.refused + 1;
    return done;
  }

  erase(name: string): void {
    const newer = newerOf(flash.read(name + '.0'), flash.read(name + '.1'));
    const last = name + (newer === 1 ? '.1' : '.0');
    const first = name + (newer === 1 ? '.0' : '.1');
    if (flash.read(first) !== undefined) flash.erase(first);
    if (flash.read(last) !== undefined) flash.erase(last);
  }

  close(): void {
    this.read = throwClosed;
    this.isDamaged = throwClosed;
    this.write = throwClosed;
    this.erase = throwClosed;
  }
}

function writeChecked(file: string, packed: string): boolean {
  try {
    if (flash.read(file) !== undefined) flash.erase(file);
    return flash.write(file, packed) && flash.read(file) === packed;
  } catch (_error) {
    return false;
  }
}
