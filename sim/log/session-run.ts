/**
 * A recorded session as a run for the chart: its phases, and what was asked for in each step. The readings themselves were not kept, so
 * none are drawn: a line that nobody has measured would be a lie.
 */
import { builtInProtocol, PROTOCOL_COUNT } from '../../src/session/library.ts';
import { type Protocol, stepSetpoint } from '../../src/session/protocol.ts';
import { decodeProtocol, protocolFile, STORED_COUNT } from '../../src/session/stored.ts';
import type { Texts } from '../../tools/settings/json-store.ts';
import { LiveRun } from '../report/live-run.ts';
import { phaseNames } from '../report/phase-names.ts';
import { type ColumnName, columnsFrom, type RunColumns } from '../report/run-log.ts';
import type { SessionRecord } from './records.ts';

/** One row a second. */
const ROW_MS = 1000;
/** Kinds of phases in which a setpoint was held or approached. */
const HELD: readonly string[] = ['fill', 'work', 'rest'];

function protocolOf(record: SessionRecord, texts: Texts): Protocol | undefined {
  const stored = Array.from({ length: STORED_COUNT }, (_, place) =>
    decodeProtocol(texts[protocolFile(place)]),
  );
  const builtIn = Array.from({ length: PROTOCOL_COUNT }, (_, i) => builtInProtocol(i));
  return [...stored, ...builtIn].find((protocol) => protocol?.id === record.protocol);
}

interface Second {
  readonly phase: number;
  readonly step: number;
  readonly setpoint: number;
}

function secondsOf(record: SessionRecord, protocol: Protocol | undefined): Second[] {
  const kinds = new Map(phaseNames().map(({ code, kind }) => [code, kind]));
  const seconds: Second[] = [];
  for (let i = 0; i + 2 < record.phases.length; i += 3) {
    const [phase = 0, step = -1, long = 0] = record.phases.slice(i, i + 3);
    const asked = protocol?.steps[step];
    const held = HELD.includes(kinds.get(phase) ?? '') && asked !== undefined;
    const setpoint = held ? stepSetpoint(asked, record.lop, record.less) : null;
    for (let s = 0; s < long; s++) seconds.push({ phase, step, setpoint: setpoint ?? -1 });
  }
  return seconds;
}

/** `texts` hold the wearer's own protocols, if the session was one of them. */
export function sessionRun(record: SessionRecord, texts: Texts): LiveRun {
  const seconds = secondsOf(record, protocolOf(record, texts));
  const values: Partial<Record<ColumnName, (s: Second, i: number) => number>> = {
    tMs: (_, i) => i * ROW_MS,
    p2: () => Number.NaN,
    p1: () => Number.NaN,
    raw: () => Number.NaN,
    p: () => Number.NaN,
    setpoint: (s) => s.setpoint,
    vent: (s) => (s.setpoint < 0 ? 1 : 0),
    phase: (s) => s.phase,
    step: (s) => s.step,
  };
  const columns: RunColumns = columnsFrom((name) => seconds.map(values[name] ?? (() => 0)));
  const run = new LiveRun({
    tickMs: ROW_MS,
    lopMmHg: record.lop,
    hasTruth: false,
    phases: phaseNames(),
    capacity: seconds.length,
    gapS: Number.POSITIVE_INFINITY,
  });
  run.append(columns, seconds.length);
  if (record.trip !== '')
    run.events.push({ tMs: Math.max(0, seconds.length - 1) * ROW_MS, kind: 'trip', text: record.trip });
  return run;
}
