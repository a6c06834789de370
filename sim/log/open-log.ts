/**
 * A log out of bytes, whatever form it has: a device's store (JSON or a dump of its Storage) or the rows of a run (CSV). Takes nothing
 * that it is not sure of; what is wrong is told with its place. `npm run log` and the browser page read through this.
 */
import { BadInput } from '../../tools/input/bad-input.ts';
import { textOfBytes } from '../../tools/input/bytes-text.ts';
import { looksLikeJson, type Texts } from '../../tools/settings/json-store.ts';
import { fromCsv } from '../report/csv.ts';
import { phaseNames } from '../report/phase-names.ts';
import type { RunHeader, RunLog } from '../report/run-log.ts';
import { type BlackBox, blackBoxOf } from './black-box.ts';
import { envelopesOf, type Span } from './envelope.ts';
import { recordsOf, type SessionRecord } from './records.ts';
import { openStore, STORE_NAMES } from './store-texts.ts';

export interface OpenedStore {
  readonly kind: 'store';
  readonly texts: Texts;
  /** Oldest first. */
  readonly records: readonly SessionRecord[];
  /** Entries by the number of the session; of older sessions none are kept. */
  readonly envelopes: ReadonlyMap<number, readonly Span[]>;
  /** The box, or why there is none. */
  readonly box: BlackBox | string;
  /** What could not be read, each with its name. */
  readonly problems: readonly string[];
}

export interface OpenedRows {
  readonly kind: 'rows';
  readonly log: RunLog;
}

export type OpenedLog = OpenedStore | OpenedRows;

/** Period that is taken for rows of which there is one alone, ms. */
const LONE_ROW_MS = 50;

function rowsHeader(level: RunHeader['level'], tickMs: number, lopMmHg: number): RunHeader {
  return {
    version: '?',
    level,
    board: '?',
    sensor: '?',
    seed: 0,
    scenario: 'rows of a run',
    title: 'Rows of a run',
    command: '',
    tickMs,
    lopMmHg,
    plantName: 'not in the file',
    plant: {},
    settings: {},
    protocol: { name: '?', title: '', steps: [] },
    phases: phaseNames(),
  };
}

/** Rows as `--csv` writes them; `lopMmHg` 0 = unknown. Where "true" is the reading itself, nobody knew it. Throws with the line. */
export function logOfCsv(text: string, lopMmHg: number): RunLog {
  const log = fromCsv(text, rowsHeader('device', LONE_ROW_MS, lopMmHg));
  if (log.rows === 0)
    throw new BadInput(['line 2: no row below the head; the file was cut off, or nothing ran']);
  const { tMs, p2, measured } = { ...log.columns, measured: log.columns.raw };
  const told = p2.some((mmHg, row) => mmHg !== measured[row]);
  const tickMs = log.rows > 1 ? Math.round((tMs[1] as number) - (tMs[0] as number)) : LONE_ROW_MS;
  const late = tMs.findIndex((ms, row) => row > 0 && !(ms > (tMs[row - 1] as number)));
  if (late > 0) throw new BadInput([`csv line ${late + 2}, t_ms: not later than the line before`]);
  return { ...log, header: rowsHeader(told ? 'core' : 'device', tickMs, lopMmHg) };
}

function rows(bytes: Uint8Array): OpenedRows {
  const text = textOfBytes(bytes);
  try {
    return { kind: 'rows', log: logOfCsv(text, 0) };
  } catch (error) {
    throw error instanceof BadInput ? error : new BadInput([(error as Error).message]);
  }
}

function store(bytes: Uint8Array): OpenedStore {
  const { texts, problems } = openStore(bytes);
  const known = STORE_NAMES.filter((name) => texts[name] !== undefined);
  if (known.length === 0 && problems.length === 0) {
    const names = Object.keys(texts).slice(0, 3).join(', ');
    throw new BadInput([
      `nothing that a cuff keeps is in it${names === '' ? '' : `: found ${names}`}; a store has names like cuff.r1`,
    ]);
  }
  const found = recordsOf(texts);
  const box = blackBoxOf(texts);
  const envelopes = envelopesOf(texts);
  const hasBox = known.some((name) => name.startsWith('cuff.b'));
  const wrong = typeof box === 'string' && hasBox ? [box] : [];
  return {
    kind: 'store',
    texts,
    records: found.records,
    envelopes: envelopes.of,
    box,
    problems: [...problems, ...found.problems, ...envelopes.problems, ...wrong],
  };
}

/** Looks like our CSV, or like any text that somebody may have taken for it. */
function looksLikeText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 512).some((byte) => byte < 9 || byte === 0xff);
}

/** Throws BadInput with what is wrong and where; it does not name the file. */
export function openLog(bytes: Uint8Array): OpenedLog {
  if (bytes.length === 0) throw new BadInput(['the file is empty']);
  return !looksLikeJson(bytes) && looksLikeText(bytes) ? rows(bytes) : store(bytes);
}
