/** Session records of a store, checked: what is damaged is told by its slot and left out. */
import * as z from 'zod';
import { FILE_RECORD, RECORD_SLOTS, RECORD_VERSION } from '../../src/record/box.ts';
import { HELD_HIGH, HELD_LOW, HELD_SWINGS, HELD_WEAK, HELD_WELL } from '../../src/record/held.ts';
import { nameToday } from '../../src/safety/rows/all.ts';
import { FELT_HARD, FELT_RIGHT, FELT_TOO_MUCH } from '../../src/session/progress.ts';
import { EXIT_COMPLETE, EXIT_RESTARTED, EXIT_STOPPED, EXIT_TRIPPED } from '../../src/session/session.ts';
import { readJson } from '../../tools/input/json.ts';
import type { Texts } from '../../tools/settings/json-store.ts';

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

export function recordsOf(texts: Texts): Records {
  const records: SessionRecord[] = [];
  const problems: string[] = [];
  for (let slot = 0; slot < RECORD_SLOTS; slot++) {
    const text = texts[FILE_RECORD + slot];
    if (text === undefined) continue;
    try {
      records.push(recordSchema.parse(readJson(text).value));
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

export function exitText(r: SessionRecord): string {
  if (r.exit === EXIT_COMPLETE) return 'complete';
  if (r.exit === EXIT_STOPPED) return 'stopped';
  if (r.exit === EXIT_RESTARTED) return 'power gone or restarted with the cuff in use';
  return r.exit === EXIT_TRIPPED ? `trip: ${r.trip}` : `exit ${r.exit}`;
}

export function feltText(felt: number): string {
  if (felt === FELT_RIGHT) return 'right';
  if (felt === FELT_HARD) return 'hard';
  return felt === FELT_TOO_MUCH ? 'too much' : 'not said';
}

const HELD_TEXTS: Readonly<Record<number, string>> = {
  [HELD_WEAK]:
    'the pump ran nearly all the time and was still too weak: charge the battery, strap the cuff tighter, look for a leak; then a stronger pump',
  [HELD_LOW]:
    'mostly too low: strap the cuff tighter so that less air has to move, look for a leak, charge the battery',
  [HELD_HIGH]:
    'mostly too high: the air does not get out fast enough; a wider hose or valve, or a calmer movement',
  [HELD_SWINGS]:
    'it swings further than pump and valve can follow: strap the cuff evenly, a wider hose, or a calmer movement',
};

/** What to do about a plant that could not be held, '' = nothing to say. */
export function heldText(r: SessionRecord): string {
  const text = HELD_TEXTS[r.held];
  return text === undefined
    ? ''
    : `${(r.moveInPermille / 10).toFixed(0)} % of the work in the band: ${text} (npm run tune says which)`;
}

/** Date where it was known, as YYYY-MM-DD. */
export function dateText(dateS: number): string {
  return dateS > 0 ? new Date(dateS * 1000).toISOString().slice(0, 10) : 'no date';
}
