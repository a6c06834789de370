/** The report as the device keeps it (src/session/commissioned.ts): every number, the date, the firmware, and whether all of it passed. */
import { COMMISSION_VERSION, commissionText } from '../../src/session/commissioned.ts';
import { LINE_IDS, type LineId } from './lines.ts';
import type { Report } from './wizard.ts';

/** The text for the store; `dateS` s since 1970. */
export function recordOf(report: Report, dateS: number, version: string): string {
  const numbers = report.lines
    .filter((line) => !Number.isNaN(line.value))
    .map((line) => `${line.id}:${Math.round(line.value * 100) / 100}`);
  return commissionText(
    [COMMISSION_VERSION, report.passed ? 1 : 0, Math.round(dateS), version, ...numbers].join(','),
  );
}

export interface KeptReport {
  readonly passed: boolean;
  readonly dateS: number;
  readonly version: string;
  readonly values: Readonly<Partial<Record<LineId, number>>>;
}

/** What a device has kept; undefined for none, or one that is damaged or of another version. */
export function keptReport(text: string | undefined): KeptReport | undefined {
  const body = text?.split('\n')[0] ?? '';
  if (text === undefined || commissionText(body) !== text) return undefined;
  const [kind, passed, dateS, version = '', ...numbers] = body.split(',');
  if (Number(kind) !== COMMISSION_VERSION) return undefined;
  const values: Partial<Record<LineId, number>> = {};
  for (const word of numbers) {
    const [id, value] = word.split(':');
    if (LINE_IDS.includes(id as LineId)) values[id as LineId] = Number(value);
  }
  return { passed: passed === '1', dateS: Number(dateS), version, values };
}
