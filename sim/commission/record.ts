/**
 * The report as the device keeps it (src/session/commissioned.ts): every number, the date, the parts that it was measured on, and whether all of it passed.
 */
import { COMMISSION_VERSION, commissionText } from '../../src/session/commissioned.ts';
import { type BuildParts, changedSince } from '../../tools/cuff/commissioned-with.ts';
import { type Earlier, LINE_IDS, type LineId } from './lines.ts';
import type { Report } from './wizard.ts';

/** The text for the store; `dateS` s since 1970. */
export function recordOf(report: Report, dateS: number, parts: BuildParts): string {
  const numbers = report.lines
    .filter((line) => !Number.isNaN(line.value))
    .map((line) => `${line.id}:${Math.round(line.value * 100) / 100}`);
  const { version, board, sensor } = parts;
  return commissionText(
    [COMMISSION_VERSION, report.passed ? 1 : 0, Math.round(dateS), version, board, sensor, ...numbers].join(
      ',',
    ),
  );
}

export interface KeptReport extends BuildParts {
  readonly passed: boolean;
  readonly dateS: number;
  readonly values: Earlier['values'];
}

/** What a device has kept; undefined for none, or one that is damaged or of another version. */
export function keptReport(text: string | undefined): KeptReport | undefined {
  const body = text?.split('\n')[0] ?? '';
  if (text === undefined || commissionText(body) !== text) return undefined;
  const [kind, passed, dateS, version = '', board = '', sensor = '', ...numbers] = body.split(',');
  if (Number(kind) !== COMMISSION_VERSION) return undefined;
  const values: Partial<Record<LineId, number>> = {};
  for (const word of numbers) {
    const [id, value] = word.split(':');
    if (LINE_IDS.includes(id as LineId)) values[id as LineId] = Number(value);
  }
  return { passed: passed === '1', dateS: Number(dateS), version, board, sensor, values };
}

/** Nothing of a report that has not passed. */
export function earlierOf(kept: KeptReport | undefined, now: BuildParts): Earlier {
  if (kept?.passed !== true) return { values: {}, changed: [] };
  return { values: kept.values, changed: changedSince(kept, now) };
}
