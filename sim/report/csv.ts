/** The rows of a run as CSV (RFC 4180, comma, point, LF) and back. Empty = no value: vented, or not measured yet. */
import { COLUMN_NAMES, logOf, phaseName, type RunColumns, type RunHeader, type RunLog } from './run-log.ts';

const HEADS: Readonly<Record<keyof RunColumns, string>> = {
  tMs: 't_ms',
  p2: 'true_cuff_mmhg',
  p1: 'true_pump_end_mmhg',
  raw: 'sensor_mmhg',
  p: 'smoothed_mmhg',
  setpoint: 'setpoint_mmhg',
  pump: 'pump_permille',
  bleedMs: 'bleed_ms',
  vent: 'vent',
  phase: 'phase',
  step: 'step',
  trip: 'trip',
  lamps: 'lamps',
  moving: 'moving',
};

const ANALOGUE: ReadonlySet<keyof RunColumns> = new Set(['p2', 'p1', 'raw', 'p', 'setpoint']);

function cell(name: keyof RunColumns, value: number): string {
  if (name === 'setpoint' && value < 0) return '';
  if (!Number.isFinite(value)) return '';
  return ANALOGUE.has(name) ? String(Math.round(value * 1000) / 1000) : String(value);
}

/** One line a tick, pressures to 0.001 mmHg; the last column spells the phase. */
export function toCsv(log: RunLog): string {
  const lines = [[...COLUMN_NAMES.map((name) => HEADS[name]), 'phase_name'].join(',')];
  for (let row = 0; row < log.rows; row++) {
    const cells = COLUMN_NAMES.map((name) => cell(name, log.columns[name][row] ?? Number.NaN));
    cells.push(phaseName(log.header, log.columns.phase[row] ?? 0).name);
    lines.push(cells.join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** Reads what `toCsv` wrote. Throws on a wrong head line, a wrong number of cells or a cell that is no number. */
export function fromCsv(text: string, header: RunHeader): RunLog {
  const [head = '', ...lines] = text.trimEnd().split('\n');
  const wanted = [...COLUMN_NAMES.map((name) => HEADS[name]), 'phase_name'].join(',');
  if (head.trimEnd() !== wanted) throw new Error(`csv line 1: the head must be "${wanted}"`);
  const rows = lines.map((line) => line.trimEnd().split(','));
  const numbers = (name: keyof RunColumns): number[] => {
    const at = COLUMN_NAMES.indexOf(name);
    return rows.map((cells, i) => {
      if (cells.length !== COLUMN_NAMES.length + 1) {
        throw new Error(`csv line ${i + 2}: ${cells.length} cells, needed ${COLUMN_NAMES.length + 1}`);
      }
      const word = cells[at] ?? '';
      if (word === '') return name === 'setpoint' ? -1 : Number.NaN;
      const value = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(word) ? Number(word) : Number.NaN;
      if (!Number.isFinite(value))
        throw new Error(`csv line ${i + 2}, ${HEADS[name]}: "${word}" is no number`);
      return value;
    });
  };
  const columns: RunColumns = {
    tMs: Float64Array.from(numbers('tMs')),
    p2: Float64Array.from(numbers('p2')),
    p1: Float64Array.from(numbers('p1')),
    raw: Float64Array.from(numbers('raw')),
    p: Float64Array.from(numbers('p')),
    setpoint: Float64Array.from(numbers('setpoint')),
    pump: Uint16Array.from(numbers('pump')),
    bleedMs: Uint8Array.from(numbers('bleedMs')),
    vent: Uint8Array.from(numbers('vent')),
    phase: Uint8Array.from(numbers('phase')),
    step: Int16Array.from(numbers('step')),
    trip: Uint8Array.from(numbers('trip')),
    lamps: Uint8Array.from(numbers('lamps')),
    moving: Uint8Array.from(numbers('moving')),
  };
  return logOf(header, columns, []);
}
