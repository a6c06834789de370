/** Outcomes that a person writes down by hand beside the device's records: no claim is made about them. */
import { existsSync } from 'node:fs';
import * as z from 'zod';
import { BadInput, placeText } from '../../tools/input/bad-input.ts';
import { HAND_WRITTEN_BYTES } from '../../tools/input/bytes-text.ts';
import { textOfFile } from '../../tools/input/file-text.ts';
import { type Json, readJson } from '../../tools/input/json.ts';
import { writeWhole } from '../../tools/settings/write-whole.ts';
import { BadStore } from './store-file.ts';

const note = z.strictObject({
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** Estimated VO2max, mL/min/kg. */
  vo2max: z.number().min(10).max(100).optional(),
  /** Height of a jump, cm. */
  jumpCm: z.number().min(1).max(150).optional(),
  text: z.string().max(400).optional(),
});

export type Note = z.infer<typeof note>;

export function notesPath(store: string): string {
  return store.replace(/(\.json)?$/, '.notes.json');
}

const ALLOWED = 'date YYYY-MM-DD; vo2max 10..100 mL/min/kg; jumpCm 1..150 cm; text of at most 400 characters';

function readText(path: string): Json {
  try {
    return readJson(textOfFile(path, HAND_WRITTEN_BYTES));
  } catch (error) {
    throw error instanceof BadInput ? new BadStore(`${path}: ${error.message}`) : error;
  }
}

/** The notes of a file, none where it is not there. Throws BadStore with every problem and its place. */
export function readNotes(path: string): Note[] {
  if (!existsSync(path)) return [];
  const json = readText(path);
  const result = z.array(note).safeParse(json.value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path: at, message }) => {
    const place = json.placeOf(at.map((key) => (typeof key === 'number' ? key : String(key))));
    return `${place === undefined ? '' : `${placeText(place)}: `}${at.join('.') || 'the file'}: ${message}`;
  });
  throw new BadStore(`${path}: ${problems.join('; ')}; allowed are ${ALLOWED}`);
}

/** Throws BadStore naming the field and what is allowed. */
export function addNote(path: string, given: Record<string, unknown>): void {
  const result = note.safeParse(given);
  if (!result.success) {
    throw new BadStore(
      `note: ${result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}; allowed are ${ALLOWED}`,
    );
  }
  const notes = [...readNotes(path), result.data].sort((a, b) => a.date.localeCompare(b.date));
  writeWhole(path, `${JSON.stringify(notes, null, 1)}\n`);
}
