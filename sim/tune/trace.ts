/**
 * What a device writes down of a run, whatever the file was: its own reading and its own commands, tick by tick. Never the plant's
 * truth: a log of a simulation is read as if it came from a real device.
 */

import type { Texts } from '../../tools/settings/json-store.ts';
import { blackBoxOf } from '../log/black-box.ts';

export interface Trace {
  /** What it was read from, for messages. */
  readonly source: string;
  readonly tickMs: number;
  /** Time, ms; the reading, mmHg, NaN where there was none; setpoint, -1 = vented. */
  readonly tMs: readonly number[];
  readonly mmHg: readonly number[];
  readonly setpoint: readonly number[];
  /** Commands from this tick to the next: pump, permille; open time of a bleed, ms; 1 = vented. */
  readonly pump: readonly number[];
  readonly bleedMs: readonly number[];
  readonly vent: readonly number[];
  /** Motor rail as the device read it, mV, where the log has it. */
  readonly railMv?: readonly number[];
}

/** A file or text that is no log of a run; says what was found and what was expected. */
export class BadLog extends Error {}

/** Columns that a CSV must have, and those it may have; as `--csv` of the simulator writes them, and a few names besides. */
const NEEDED = ['t_ms', 'sensor_mmhg', 'pump_permille', 'bleed_ms', 'vent'] as const;

/** Reads a CSV with a head line. Cells that are empty or no number are missing readings; too many of them are found out later. */
export function traceOfCsv(text: string, source: string): Trace {
  const lines = text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const head = (lines[0] ?? '').split(',').map((word) => word.trim());
  const missing = NEEDED.filter((name) => !head.includes(name));
  if (missing.length > 0) {
    throw new BadLog(
      `${source}: the head line has no ${missing.join(', ')}; a log needs ${NEEDED.join(', ')}, and may have setpoint_mmhg and rail_mv`,
    );
  }
  const twice = head.find((name, i) => head.indexOf(name) !== i);
  if (twice !== undefined) throw new BadLog(`${source}: line 1: the column ${twice} is there twice`);
  const rows = rowsOf(lines, head.length, source);
  const column = (name: string, none: number): number[] => {
    const at = head.indexOf(name);
    return rows.map((cells) => {
      const word = (cells[at] ?? '').trim();
      return word === '' || at < 0 ? none : cellNumber(word);
    });
  };
  const tMs = column('t_ms', Number.NaN);
  return {
    source,
    tickMs: usualStep(tMs),
    tMs,
    mmHg: column('sensor_mmhg', Number.NaN),
    setpoint: column('setpoint_mmhg', -1),
    pump: column('pump_permille', Number.NaN),
    bleedMs: column('bleed_ms', Number.NaN),
    vent: column('vent', Number.NaN),
    ...(head.includes('rail_mv') ? { railMv: column('rail_mv', Number.NaN) } : {}),
  };
}

/** Cells of each row. A row with another number of them is shifted, which no reading can show; the last one may have been cut off. */
function rowsOf(lines: readonly string[], columns: number, source: string): string[][] {
  const rows = lines.slice(1).map((line) => line.split(','));
  const wrong = rows.findIndex(
    (cells, i) => cells.length > columns || (cells.length < columns && i < rows.length - 1),
  );
  if (wrong >= 0)
    throw new BadLog(
      `${source}: row ${wrong + 1} has ${rows[wrong]?.length} cells, the head line ${columns}; numbers are written with a point`,
    );
  return rows;
}

/** A decimal number, NaN for everything else: 0x10 and Infinity are none. */
function cellNumber(word: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : Number.NaN;
}

function usualStep(tMs: readonly number[]): number {
  const steps = tMs.slice(1).map((t, i) => t - (tMs[i] as number));
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? Number.NaN;
}

/**
 * The black box of a device's store: the last 80 s under pressure before a trip, or of a commissioning run. Throws BadLog with the
 * reason when there is none.
 */
export function traceOfStore(texts: Texts, source: string): Trace {
  const box = blackBoxOf(texts);
  if (typeof box === 'string') throw new BadLog(`${source}: ${box}`);
  const { periodMs: tickMs, rows } = box;
  return {
    source,
    tickMs,
    tMs: rows.map((_, i) => i * tickMs),
    mmHg: rows.map((row) => row.mmHg),
    setpoint: rows.map((row) => row.setpoint),
    pump: rows.map((row) => row.pump),
    bleedMs: rows.map((row) => Math.max(0, row.bleedMs)),
    vent: rows.map((row) => (row.bleedMs < 0 ? 1 : 0)),
  };
}
