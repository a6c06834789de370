/**
 * The files of the log: names, versions and places of the records, and the black box as it is kept in flash. A ring of slots,
 * the oldest overwritten first. Must never write to flash.
 */
import { BLOCK_ROWS, type Recorder, RING_ROWS } from './recorder.ts';

/** Versions of the record's fields and of the black box: docs/log-format.md. */
export const RECORD_VERSION = 1;
export const BOX_VERSION = 2;
/** Records kept. */
export const RECORD_SLOTS = 24;
/** Files: record n is `cuff.r` + (n mod RECORD_SLOTS); the black box is `cuff.b` + its part. */
export const FILE_RECORD = 'cuff.r';
export const FILE_BOX = 'cuff.b';
/** Name of the protocol after which the black box is kept as after a trip: docs/commissioning.md. */
export const COMMISSIONING = 'commissioning';
/** Parts of the black box, one written a tick; rows and blocks in each. */
export const BOX_PARTS = 16;
export const BOX_ROWS = RING_ROWS / BOX_PARTS;
export const BOX_BLOCKS = BOX_ROWS / BLOCK_ROWS;

/** Name of the slot of session `n`, 1 = the first ever. */
export function recordFile(n: number): string {
  return FILE_RECORD + (n % RECORD_SLOTS);
}

/**
 * Part `part` of the black box: readings, then what was sent, then setpoints, two bytes a value, low byte first. In front of part 0
 * version, period in ms and the block under way.
 */
export function boxText(r: Readonly<Recorder>, periodMs: number, part: number): string {
  const head = part === 0 ? `${BOX_VERSION},${periodMs},${r.base / BLOCK_ROWS}\n` : '';
  const row = part * BOX_ROWS;
  const block = part * BOX_BLOCKS;
  return (
    head + bytes(r.levels, row, BOX_ROWS) + bytes(r.outs, row, BOX_ROWS) + bytes(r.targets, block, BOX_BLOCKS)
  );
}

function bytes(values: Int16Array, from: number, count: number): string {
  let text = '';
  for (let i = from; i < from + count; i++) {
    const value = values[i] as number;
    text += String.fromCharCode(value & 255, (value >> 8) & 255);
  }
  return text;
}
