/**
 * A recorded session as a run for the chart: its phases, what was asked for in each step, and the envelope where there is one: mean, lowest
 * and highest reading of every few seconds. Where none was kept, none is drawn: a line that nobody has measured would be a lie.
 */
import { builtInProtocol, PROTOCOL_COUNT } from '../../src/session/library.ts';
import { type Protocol, stepSetpoint } from '../../src/session/protocol.ts';
import { decodeProtocol, protocolFile, STORED_COUNT } from '../../src/session/stored.ts';
import type { Texts } from '../../tools/settings/json-store.ts';
import { LiveRun } from '../report/live-run.ts';
import { phaseNames } from '../report/phase-names.ts';
import { type ColumnName, columnsFrom, type RunColumns } from '../report/run-log.ts';
import type { Span } from './envelope.ts';
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

/** The first phase of a record is the wait before the session, which may have been hours: so much of it is shown, s. */
const WAIT_S = 5;

/** When the session begins, s of the run. */
function beginS(record: SessionRecord): number {
  return Math.min(WAIT_S, record.phases[2] ?? 0);
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
    const [phase = 0, step = -1] = record.phases.slice(i, i + 2);
    const long = i === 0 ? beginS(record) : (record.phases[i + 2] ?? 0);
    const asked = protocol?.steps[step];
    const held = HELD.includes(kinds.get(phase) ?? '') && asked !== undefined;
    const setpoint = held ? stepSetpoint(asked, record.lop, record.less) : null;
    for (let s = 0; s < long; s++) seconds.push({ phase, step, setpoint: setpoint ?? -1 });
  }
  return seconds;
}

/** Which entry each second lies in. */
function entries(record: SessionRecord, spans: readonly Span[], rows: number): (Span | undefined)[] {
  const at: (Span | undefined)[] = Array.from({ length: rows });
  for (const span of spans)
    at.fill(span, Math.round(span.fromS + beginS(record)), Math.round(span.toS + beginS(record)));
  return at;
}

/** `texts` hold the wearer's own protocols, if the session was one of them. */
export function sessionRun(record: SessionRecord, texts: Texts, spans: readonly Span[] = []): LiveRun {
  const seconds = secondsOf(record, protocolOf(record, texts));
  const entry = entries(record, spans, seconds.length);
  const values: Partial<Record<ColumnName, (s: Second, i: number) => number>> = {
    tMs: (_, i) => i * ROW_MS,
    p2: () => Number.NaN,
    p1: () => Number.NaN,
    raw: (_, i) => entry[i]?.mean ?? Number.NaN,
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
  run.low = Float64Array.from(entry, (span) => span?.low ?? Number.NaN);
  run.high = Float64Array.from(entry, (span) => span?.high ?? Number.NaN);
  if (record.trip !== '')
    run.events.push({ tMs: Math.max(0, seconds.length - 1) * ROW_MS, kind: 'trip', text: record.trip });
  return run;
}
