/**
 * The envelope of a recorded session: lowest, mean and highest reading of every few seconds under pressure. Older firmware kept none. One that is
 * damaged is told and left out; nothing is drawn between two stretches.
 */
import {
  ENTRY_BYTES,
  ENVELOPE_SLOTS,
  ENVELOPE_VERSION,
  envelopeFile,
  FILE_ENVELOPE,
  STRETCH,
} from '../../src/record/envelope.ts';
import type { Texts } from '../../tools/settings/json-store.ts';

/** One entry. */
export interface Span {
  /** s since the session began; the last entry of a stretch may in truth be shorter. */
  readonly fromS: number;
  readonly toS: number;
  /** mmHg, by the device's own sensor, to the nearest 1.25. */
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** mmHg of a step. */
const STEP_MMHG = 5 / 4;
const HEAD = /^(\d+),(\d+),(\d+)$/;

interface Head {
  readonly n: number;
  readonly entryS: number;
  readonly bytes: readonly number[];
}

/** Throws with the reason. */
function headOf(text: string): Head {
  const cut = text.indexOf('\n');
  const [, version, n, ms] = HEAD.exec(text.slice(0, Math.max(0, cut))) ?? [];
  if (version === undefined) throw new Error('damaged');
  if (Number(version) !== ENVELOPE_VERSION)
    throw new Error(`it is of version ${version}; version ${ENVELOPE_VERSION} can be read`);
  const bytes = Array.from(text.slice(cut + 1), (c) => c.charCodeAt(0));
  if (bytes.length % ENTRY_BYTES !== 0 || !(Number(ms) >= 1000) || bytes.some((byte) => byte > 255))
    throw new Error('damaged');
  return { n: Number(n), entryS: Number(ms) / 1000, bytes };
}

function spansOf({ entryS, bytes }: Head): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (let i = 0; i < bytes.length; i += ENTRY_BYTES) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + ENTRY_BYTES);
    if (a === STRETCH) {
      at = b * 256 + c;
      const last = spans.at(-1);
      // the entry before was cut short when its phase ended
      if (last !== undefined && last.toS > at) spans[spans.length - 1] = { ...last, toS: at };
      continue;
    }
    const [low, mean, high] = [a * STEP_MMHG, b * STEP_MMHG, c * STEP_MMHG];
    spans.push({ fromS: at, toS: at + entryS, low, mean, high });
    at += entryS;
  }
  return spans;
}

export interface Envelopes {
  /** By the number of the session. */
  readonly of: ReadonlyMap<number, readonly Span[]>;
  readonly problems: readonly string[];
}

export function envelopesOf(texts: Texts): Envelopes {
  const found = new Map<number, readonly Span[]>();
  const problems: string[] = [];
  for (let slot = 0; slot < ENVELOPE_SLOTS; slot++) {
    const text = texts[FILE_ENVELOPE + slot];
    if (text === undefined) continue;
    try {
      const head = headOf(text);
      if (envelopeFile(head.n) !== FILE_ENVELOPE + slot) throw new Error('damaged');
      found.set(head.n, spansOf(head));
    } catch (error) {
      problems.push(`${FILE_ENVELOPE}${slot}: not readable as an envelope (${(error as Error).message})`);
    }
  }
  return { of: found, problems };
}

/** The entries that lie in a stretch of time, as one: its lowest, mean (each entry counts alike) and highest; undefined = none does. */
export function together(spans: readonly Span[], fromS: number, toS: number): Span | undefined {
  const within = spans.filter((span) => span.fromS >= fromS - 1 && span.toS <= toS + 1);
  if (within.length === 0) return undefined;
  return {
    fromS,
    toS,
    low: Math.min(...within.map(({ low }) => low)),
    mean: within.reduce((sum, { mean }) => sum + mean, 0) / within.length,
    high: Math.max(...within.map(({ high }) => high)),
  };
}
