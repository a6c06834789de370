/** Session records of a store, checked: what is damaged is told by its slot and left out. */
import * as z from 'zod';
import { FILE_RECORD, RECORD_SLOTS, RECORD_VERSION } from '../../src/record/box.ts';
import { HELD_WELL } from '../../src/record/held.ts';
import { nameToday } from '../../src/safety/rows/all.ts';
import { readJson } from '../../tools/input/json.ts';
import type { Texts } from '../../tools/settings/json-store.ts';

// a browser page forbids what zod would compile, and says so at each try
z.config({ jitless: true });

const whole = z.number().int();
/** Records of older firmware have other names for some trips. */
const tripName = z.string().transform(nameToday);

const recordSchema = z.object({
  v: z.literal(RECORD_VERSION),
  n: whole.min(1),
  fw: z.string(),
  dateS: whole.min(0),
  poweredS: whole.min(0),
  protocol: z.string(),
  stage: whole,
  lop: whole,
  estimated: whole.default(0),
  asked: z.string().default(''),
  less: whole,
  exit: whole,
  step: whole,
  leftS: whole,
  pauses: whole,
  releases: whole.default(0),
  trip: tripName,
  hazard: tripName.default(''),
  measured: whole.nullable(),
  allowed: whole.nullable(),
  rows: whole.default(1),
  moveS: whole,
  moveInPermille: whole,
  restS: whole,
  restInPermille: whole,
  meanErrorTenths: whole,
  peak: whole,
  pressureS: whole,
  pumpS: whole,
  pumpStarts: whole,
  bleeds: whole,
  cycles: whole.default(0),
  low: whole.default(0),
  high: whole.default(0),
  weak: whole,
  tickMeanMs: whole.default(0),
  tickWorstMs: whole.default(0),
  tickLongestMs: whole.default(0),
  ticksLate: whole.default(0),
  stalls: whole.default(0),
  held: whole.default(HELD_WELL),
  phases: z.array(whole),
  felt: whole,
  settings: z.record(z.string(), z.number()),
});

export type SessionRecord = z.infer<typeof recordSchema>;

export interface Records {
  /** Oldest first. */
  readonly records: readonly SessionRecord[];
  readonly problems: readonly string[];
}

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'v' in value ? value.v : 'unknown';
}

export function recordsOf(texts: Texts): Records {
  const records: SessionRecord[] = [];
  const problems: string[] = [];
  for (let slot = 0; slot < RECORD_SLOTS; slot++) {
    const text = texts[FILE_RECORD + slot];
    if (text === undefined) continue;
    try {
      const { value } = readJson(text);
      const other = versionOf(value);
      if (other !== RECORD_VERSION) throw new Error(`it is of version ${other}`);
      records.push(recordSchema.parse(value));
    } catch (error) {
      const why =
        error instanceof z.ZodError
          ? error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')
          : (error as Error).message;
      problems.push(`${FILE_RECORD}${slot}: not readable as a record of version ${RECORD_VERSION} (${why})`);
    }
  }
  records.sort((a, b) => a.n - b.n);
  return { records, problems };
}
