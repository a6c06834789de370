/** What is in a board's Storage, as far as flashing needs to know. */
import type { SlotRecord } from '../../hal/boot/slots.ts';
import { crc32 } from '../crc32.ts';
import type { Conversation } from './conversation.ts';

/** Names of hal/boot/slots.ts and of Espruino, which only a board can load. */
export const SLOTS = ['cuff.a', 'cuff.b'] as const;
export type Slot = (typeof SLOTS)[number];
export const RECORD = '.rec';
export const LOADER = '.bootcde';
/** Start-up state that is not of this project: programs that run before ours or in its place, and what `save()` keeps. */
const OTHER_BOOT = ['.boot0', '.boot1', '.boot2', '.boot3', '.bootrst', '.bootPowerOn', '.varimg'];

export interface FileSum {
  length: number;
  crc: number;
}

export interface SlotContents {
  image: FileSum;
  record: SlotRecord | undefined;
  /** What the loader would say. */
  whole: boolean;
}

export interface Contents {
  slots: Record<Slot, SlotContents>;
  loader: FileSum;
  /** Other start-up programs on the board. */
  otherBoot: string[];
  /** Largest file that could be written, bytes. */
  free: number;
  /** Names and sizes of everything, largest first. */
  files: { name: string; length: number }[];
}

const SUM = 'function(n){var d=S.read(n);return d?{length:d.length,crc:E.CRC32(d)}:{length:0,crc:0}}';

export async function readContents(conversation: Conversation): Promise<Contents> {
  const sums = (await conversation.ask(
    `(function(){var S=require("Storage"),f=${SUM};return{a:f("cuff.a"),b:f("cuff.b"),l:f("${LOADER}"),free:S.getFree()}})()`,
    10_000,
    3,
  )) as { a: FileSum; b: FileSum; l: FileSum; free: number };
  const records = (await conversation.ask(
    `["cuff.a","cuff.b"].map(function(n){var r=require("Storage").readJSON(n+"${RECORD}",true);return r===undefined?null:r})`,
    4000,
    3,
  )) as unknown[];
  const files = await listFiles(conversation);
  return {
    slots: { 'cuff.a': slot(sums.a, records[0]), 'cuff.b': slot(sums.b, records[1]) },
    loader: sums.l,
    otherBoot: files.map((f) => f.name).filter((name) => OTHER_BOOT.includes(name)),
    free: sums.free,
    files,
  };
}

async function listFiles(conversation: Conversation): Promise<{ name: string; length: number }[]> {
  const names = (await conversation.ask(
    'require("Storage").list().map(function(n){var d=require("Storage").read(n);return [n,d?d.length:0]})',
    10_000,
    3,
  )) as [string, number][];
  return names.map(([name, length]) => ({ name, length })).sort((a, b) => b.length - a.length);
}

function slot(image: FileSum, found: unknown): SlotContents {
  const r = found as SlotRecord | null;
  const record = r !== null && typeof r === 'object' && r.serial >= 0 && r.length > 0 ? r : undefined;
  const whole = record !== undefined && record.length === image.length && record.crc === image.crc;
  return { image, record, whole };
}

/** The slot that the loader would run. */
export function slotInUse(contents: Contents): Slot | undefined {
  const [a, b] = [contents.slots['cuff.a'], contents.slots['cuff.b']];
  if (a.whole && b.whole) return serialOf(b) > serialOf(a) ? 'cuff.b' : 'cuff.a';
  return a.whole ? 'cuff.a' : b.whole ? 'cuff.b' : undefined;
}

function serialOf(s: SlotContents): number {
  return s.record === undefined ? -1 : s.record.serial;
}

/** Where the next image goes, and the serial that makes the loader prefer it. */
export function nextSlot(contents: Contents): { slot: Slot; serial: number } {
  const serials = SLOTS.map((name) => serialOf(contents.slots[name]));
  return {
    slot: slotInUse(contents) === 'cuff.a' ? 'cuff.b' : 'cuff.a',
    serial: Math.max(...serials, 0) + 1,
  };
}

export function sumOf(text: string): FileSum {
  return { length: text.length, crc: crc32(text) };
}

export function sameSum(a: FileSum, b: FileSum): boolean {
  return a.length === b.length && a.crc === b.crc;
}
