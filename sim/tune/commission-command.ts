/** `npm run tune -- commission`: the verdict on a build, and the run's log. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import colors from 'picocolors';
import { commissionMmHg, protocolFile } from './commission-protocol.ts';
import { findingLines } from './print.ts';
import { type SubjectOptions, subjectOf } from './subject.ts';
import type { Trace } from './trace.ts';
import { findingsOf, isRefused, recordAdvice } from './verdict.ts';

export interface CommissionGiven extends SubjectOptions {
  readonly csv?: string;
  readonly protocol?: string;
  readonly json?: string;
  readonly quiet: boolean;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A trace as the CSV that `--log` reads. */
export function traceCsv(trace: Trace): string {
  const head = 't_ms,sensor_mmhg,setpoint_mmhg,pump_permille,bleed_ms,vent,rail_mv';
  const rows = trace.tMs.map((t, i) => {
    const mmHg = trace.mmHg[i] as number;
    const setpoint = trace.setpoint[i] as number;
    return [
      t,
      Number.isFinite(mmHg) ? Math.round(mmHg * 1000) / 1000 : '',
      setpoint < 0 ? '' : setpoint,
      trace.pump[i],
      trace.bleedMs[i],
      trace.vent[i],
      trace.railMv?.[i] ?? '',
    ].join(',');
  });
  return `${[head, ...rows].join('\n')}\n`;
}

/** Returns the exit code: 1 = refused, or nothing could be seen. */
export async function commissionCommand(given: CommissionGiven): Promise<number> {
  const subject = subjectOf(given);
  if (given.protocol !== undefined)
    write(
      given.protocol,
      protocolFile(commissionMmHg({ ...subject.settings, lopMmHg: subject.settings.lopMmHg || 300 })),
    );
  if (given.csv !== undefined && subject.trace !== undefined) write(given.csv, traceCsv(subject.trace));
  const seen = subject.seen;
  const findings = seen === undefined ? [] : findingsOf(seen, subject.settings.minRailMv);
  const refused = isRefused(findings);
  const good = subject.problems.length === 0 && !refused;
  if (!given.quiet) {
    console.log([colors.bold(`Commissioning: ${subject.source}`), ...findingLines(findings)].join('\n'));
    if (subject.record !== undefined) console.log(recordAdvice(subject.record).join('\n'));
    if (good) console.log('\n  Fit for the next step of docs/commissioning.md.');
  }
  for (const problem of subject.problems) console.error(`  not commissioned: ${problem}`);
  if (refused)
    console.error('  This build is refused. Nobody wears it until the lines marked REFUSE are good.');
  if (given.json !== undefined) {
    const data = {
      source: subject.source,
      ok: good,
      refused,
      problems: subject.problems,
      findings,
      identified: seen ?? null,
    };
    write(given.json, `${JSON.stringify(data, null, 2)}\n`);
  }
  return good ? 0 : 1;
}
