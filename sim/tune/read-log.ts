/** A log of a device or of the simulator, out of bytes: what it is, and what can be read from it. */
import { FILE_SETTINGS } from '../../src/files.ts';
import { checkSettings, defaultSettings, type Settings } from '../../src/settings.ts';
import { BadInput } from '../../tools/input/bad-input.ts';
import { ROWS_BYTES, STORE_BYTES, textOfBytes } from '../../tools/input/bytes-text.ts';
import { readJson } from '../../tools/input/json.ts';
import type { Texts } from '../../tools/settings/json-store.ts';
import { understand } from '../../tools/settings/migrate.ts';
import { BadLog, type Trace, traceOfCsv, traceOfStore } from './trace.ts';

/** What a session record tells of how it went: sums, no ticks. */
export interface RecordFigures {
  readonly movePermille: number;
  readonly restPermille: number;
  readonly meanErrorMmHg: number;
  readonly pressureS: number;
  readonly pumpS: number;
  readonly pumpStarts: number;
  readonly bleeds: number;
  readonly weak: number;
  readonly trip: string;
}

export type ReadLog =
  | { readonly kind: 'trace'; readonly trace: Trace; readonly settings: Settings | undefined }
  | { readonly kind: 'record'; readonly record: RecordFigures; readonly settings: Settings | undefined };

const RECORD_NUMBERS = [
  'moveInPermille',
  'restInPermille',
  'meanErrorTenths',
  'pressureS',
  'pumpS',
  'pumpStarts',
  'bleeds',
  'weak',
] as const;

function recordOf(given: Record<string, unknown>, source: string): ReadLog {
  const bad = RECORD_NUMBERS.filter(
    (name) => typeof given[name] !== 'number' || !Number.isFinite(given[name]),
  );
  if (bad.length > 0)
    throw new BadLog(
      `${source}: a session record needs whole numbers in ${bad.join(', ')} (docs/log-format.md)`,
    );
  const number = (name: (typeof RECORD_NUMBERS)[number]): number => given[name] as number;
  return {
    kind: 'record',
    record: {
      movePermille: number('moveInPermille'),
      restPermille: number('restInPermille'),
      meanErrorMmHg: number('meanErrorTenths') / 10,
      pressureS: number('pressureS'),
      pumpS: number('pumpS'),
      pumpStarts: number('pumpStarts'),
      bleeds: number('bleeds'),
      weak: number('weak'),
      trip: typeof given['trip'] === 'string' ? given['trip'] : '',
    },
    settings: checkSettings(defaultSettings(), given['settings']).settings,
  };
}

/** A store holds the settings beside the black box. */
export function storeOf(texts: Texts, source: string): ReadLog {
  const kept = understand(texts[FILE_SETTINGS]);
  return {
    kind: 'trace',
    trace: traceOfStore(texts, source),
    settings: kept.state === 'good' || kept.state === 'migrated' ? kept.settings : undefined,
  };
}

/** What is wrong with a text, as a log that is no good. */
export function asLog<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof BadInput ? new BadLog(`${source}: ${error.message}`) : error;
  }
}

function fromJson(text: string, source: string): ReadLog {
  if (text.length > STORE_BYTES)
    throw new BadLog(`${source}: ${text.length} characters is too long for a store`);
  const given = asLog(source, () => readJson(text).value);
  const object = given as Record<string, unknown>;
  const values = Object.values(object);
  if (values.length > 0 && values.every((value) => typeof value === 'string'))
    return storeOf(object as Texts, source);
  return recordOf(object, source);
}

/** Reads a log by its content: CSV, store as JSON, or session record. Throws BadLog with what was found and what is expected. */
export function readLog(bytes: Uint8Array, source: string): ReadLog {
  if (bytes.length > ROWS_BYTES) throw new BadLog(`${source}: ${bytes.length} bytes is too long for a log`);
  const text = asLog(source, () => textOfBytes(bytes));
  if (/^\s*\{/.test(text)) return fromJson(text, source);
  return { kind: 'trace', trace: traceOfCsv(text, source), settings: undefined };
}
