/**
 * The two image slots. Each slot has a record of its own next to it; the slot with the higher serial whose image is whole is
 * the one in use. So switching is one write of one small file, and a power cut in it leaves the other slot in use.
 * Must never call an image whole whose check sum is not the one in its record.
 */
export const SLOT_A = 'cuff.a';
export const SLOT_B = 'cuff.b';
/** Ending of the record's name. */
export const RECORD = '.rec';

/** What a record says of its image; JSON in flash. */
export interface SlotRecord {
  /** Higher wins. */
  serial: number;
  /** Bytes, and CRC-32 of them. */
  length: number;
  crc: number;
  version: string;
}

const flash = require('Storage');

/** The record of `slot`, undefined when there is none or it is damaged. */
export function slotRecord(slot: string): SlotRecord | undefined {
  const record = flash.readJSON(slot + RECORD, true) as SlotRecord | undefined;
  if (record === undefined || record === null) return undefined;
  return record.serial >= 0 && record.length > 0 ? record : undefined;
}

/** The image in `slot` if it is what its record says, else undefined. A half-written file still has its full length: only the CRC proves it. */
export function wholeImage(slot: string, record: SlotRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  const image = flash.read(slot);
  if (image === undefined || image.length !== record.length) return undefined;
  return E.CRC32(image) === record.crc ? image : undefined;
}
