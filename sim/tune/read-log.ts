/** A file of a device or of the simulator: what it is, and what can be read from it. */
import { readFileSync } from 'node:fs';
import { FILE_SETTINGS } from '../../src/files.ts';
import { checkSettings, decodeSettings, defaultSettings, type Settings } from '../../src/settings.ts';
import { PAGE } from '../board/flash.ts';
import { readStore, type Texts } from '../log/store-file.ts';
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

/** Larger files are no log of ours: an hour of ticks is 10 MB. */
const MOST_BYTES = 64e6;

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
function storeOf(texts: Texts, source: string): ReadLog {
  const kept = texts[FILE_SETTINGS];
  return {
    kind: 'trace',
    trace: traceOfStore(texts, source),
    settings: kept === undefined ? undefined : decodeSettings(kept).settings,
  };
}

function fromJson(text: string, source: string): ReadLog {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new BadLog(`${source}: begins like JSON but is not: ${(error as Error).message}`);
  }
  const object = given as Record<string, unknown>;
  const values = Object.values(object);
  if (values.length > 0 && values.every((value) => typeof value === 'string'))
    return storeOf(object as Texts, source);
  return recordOf(object, source);
}

/** Reads a log by its content: CSV, store as JSON, or session record. Throws BadLog with what was found and what is expected. */
export function readLog(bytes: Uint8Array, source: string): ReadLog {
  if (bytes.length === 0) throw new BadLog(`${source}: the file is empty`);
  if (bytes.length > MOST_BYTES) throw new BadLog(`${source}: ${bytes.length} bytes is too long for a log`);
  const text = new TextDecoder().decode(bytes);
  if (/^\s*\{/.test(text)) return fromJson(text, source);
  return { kind: 'trace', trace: traceOfCsv(text, source), settings: undefined };
}

/** The same from a file, which may also be a dump of a board's flash. */
export function readLogFile(path: string): ReadLog {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new BadLog(`${path}: cannot be read: ${(error as Error).message}`);
  }
  const binary = bytes.length > 0 && bytes.length % PAGE === 0 && bytes.includes(0xff);
  return binary ? storeOf(readStore(path), path) : readLog(bytes, path);
}
