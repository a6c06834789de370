/**
 * What a device writes down of a run, whatever the file was: its own reading and its own commands, tick by tick. Never the plant's
 * truth: a log of a simulation is read as if it came from a real device.
 */
import { RING_TICKS } from '../../src/record/recorder.ts';
import type { RunLog } from '../report/run-log.ts';

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

/** The device's side of a run log. */
export function traceOfLog(log: RunLog, source: string): Trace {
  const c = log.columns;
  const take = (column: ArrayLike<number>): number[] => Array.from(column).slice(0, log.rows);
  return {
    source,
    tickMs: log.header.tickMs,
    tMs: take(c.tMs),
    mmHg: take(c.raw),
    setpoint: take(c.setpoint),
    pump: take(c.pump),
    bleedMs: take(c.bleedMs),
    vent: take(c.vent),
  };
}

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
  const rows = lines.slice(1).map((line) => line.split(','));
  const column = (name: string, none: number): number[] => {
    const at = head.indexOf(name);
    return rows.map((cells) => {
      const word = (cells[at] ?? '').trim();
      return word === '' || at < 0 ? none : Number(word);
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

function usualStep(tMs: readonly number[]): number {
  const steps = tMs.slice(1).map((t, i) => t - (tMs[i] as number));
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? Number.NaN;
}

/** Values a tick in the black box, and bytes a value: docs/log-format.md. */
const FIELDS = 4;
const BYTES = 2;

/**
 * The black box: its 16 parts one after the other. The ring is put into order and what was never written is left out.
 * @param tickMs control period of the device
 */
export function traceOfBox(bytes: Uint8Array, tickMs: number, source: string): Trace {
  const cut = bytes.indexOf(10);
  const row = Number(new TextDecoder('latin1').decode(bytes.subarray(0, Math.max(0, cut))));
  const size = RING_TICKS * FIELDS * BYTES;
  if (cut < 1 || !Number.isInteger(row) || row < 0 || row >= RING_TICKS)
    throw new BadLog(`${source}: no black box; it begins with the ring's next row, 0..${RING_TICKS - 1}`);
  if (bytes.length - cut - 1 !== size) {
    throw new BadLog(
      `${source}: a black box has ${size} bytes after its first line, this file ${bytes.length - cut - 1}; put cuff.b0 to cuff.b15 together in this order`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + cut + 1, size);
  const value = (tick: number, field: number): number => view.getInt16((tick * FIELDS + field) * BYTES, true);
  const ticks: number[] = [];
  for (let i = 0; i < RING_TICKS; i++) {
    const tick = (row + i) % RING_TICKS;
    const written =
      value(tick, 0) !== 0 || value(tick, 1) !== 0 || value(tick, 2) !== 0 || value(tick, 3) !== 0;
    if (written || ticks.length > 0) ticks.push(tick);
  }
  const setpoint = ticks.map((tick) => value(tick, 1) / 10);
  return {
    source,
    tickMs,
    tMs: ticks.map((_, i) => i * tickMs),
    mmHg: ticks.map((tick) => value(tick, 0) / 10),
    setpoint: setpoint.map((mmHg) => (mmHg < 0 ? -1 : mmHg)),
    pump: ticks.map((tick) => value(tick, 2)),
    bleedMs: ticks.map((tick) => Math.max(0, value(tick, 3))),
    vent: ticks.map((tick) => (value(tick, 3) < 0 ? 1 : 0)),
  };
}
