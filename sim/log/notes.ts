/** Outcomes that a person writes down by hand beside the device's records: no claim is made about them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
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

export function readNotes(path: string): Note[] {
  if (!existsSync(path)) return [];
  return z.array(note).parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Throws BadStore naming the field and what is allowed. */
export function addNote(path: string, given: Record<string, unknown>): void {
  const result = note.safeParse(given);
  if (!result.success) {
    const allowed =
      'date YYYY-MM-DD; vo2max 10..100 mL/min/kg; jumpCm 1..150 cm; text of at most 400 characters';
    throw new BadStore(
      `note: ${result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}; allowed are ${allowed}`,
    );
  }
  const notes = [...readNotes(path), result.data].sort((a, b) => a.date.localeCompare(b.date));
  writeFileSync(path, `${JSON.stringify(notes, null, 1)}\n`);
}
