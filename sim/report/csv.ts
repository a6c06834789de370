/** The rows of a run as CSV (RFC 4180, comma, point, LF) and back. Empty = no value: vented, or not measured yet. */
import {
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  columnsFrom,
  logOf,
  phaseName,
  type RunHeader,
  type RunLog,
} from './run-log.ts';

function cell(name: ColumnName, value: number): string {
  if (name === 'setpoint' && value < 0) return '';
  if (!Number.isFinite(value)) return '';
  return COLUMNS[name].pack === 'pressure' ? String(Math.round(value * 1000) / 1000) : String(value);
}

/** One line a tick, pressures to 0.001 mmHg; the last column spells the phase. */
export function toCsv(log: RunLog): string {
  const lines = [[...COLUMN_NAMES.map((name) => COLUMNS[name].head), 'phase_name'].join(',')];
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
  const wanted = [...COLUMN_NAMES.map((name) => COLUMNS[name].head), 'phase_name'].join(',');
  if (head.trimEnd() !== wanted) throw new Error(`csv line 1: the head must be "${wanted}"`);
  const rows = lines.map((line) => line.trimEnd().split(','));
  const numbers = (name: ColumnName): number[] => {
    const at = COLUMN_NAMES.indexOf(name);
    return rows.map((cells, i) => {
      if (cells.length !== COLUMN_NAMES.length + 1) {
        throw new Error(`csv line ${i + 2}: ${cells.length} cells, needed ${COLUMN_NAMES.length + 1}`);
      }
      const word = cells[at] ?? '';
      if (word === '') return name === 'setpoint' ? -1 : Number.NaN;
      const value = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(word) ? Number(word) : Number.NaN;
      if (!Number.isFinite(value))
        throw new Error(`csv line ${i + 2}, ${COLUMNS[name].head}: "${word}" is no number`);
      return value;
    });
  };
  return logOf(header, columnsFrom(numbers), []);
}
