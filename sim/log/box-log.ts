/** A black box as the record of a run, so that the report's charts can draw it. It writes nothing. */
import { phaseNames } from '../report/phase-names.ts';
import { appendRow, createLog, finishLog, type RunLog } from '../report/run-log.ts';
import type { BlackBox } from './black-box.ts';
import type { SessionRecord } from './records.ts';

/** True pressures are not known to a device: the reading stands in their place, and the header's level says so. */
export function boxLog(box: BlackBox, r: SessionRecord | undefined): RunLog {
  const { periodMs: tickMs, rows } = box;
  const log = createLog({
    version: r?.fw ?? '?',
    level: 'device',
    board: 'device',
    sensor: 'of the device',
    seed: 0,
    scenario: 'black box',
    title: r === undefined ? 'Black box' : `Black box of session ${r.n}: ${r.trip}`,
    command: '',
    tickMs,
    lopMmHg: r?.lop ?? 0,
    plantName: 'the device that kept the log, real or simulated',
    plant: {},
    settings: r?.settings ?? {},
    protocol: { name: r?.protocol ?? '', title: r?.protocol ?? '', steps: [] },
    phases: phaseNames(),
  });
  const hold = phaseNames().find((p) => p.name === 'work')?.code ?? 3;
  const empty = phaseNames().find((p) => p.name === 'deflate')?.code ?? 6;
  for (const [i, row] of rows.entries()) {
    const view = {
      tick: i + 1,
      now: i * tickMs,
      phase: row.setpoint >= 0 ? hold : empty,
      step: r?.step ?? -1,
      leftMs: 0,
      setpoint: row.setpoint,
      measuredMmHg: row.mmHg,
      filteredMmHg: row.mmHg,
      pump: row.pump,
      bleedMs: Math.max(0, row.bleedMs),
      vent: row.bleedMs < 0 ? 1 : 0,
      trip: 0,
      inhibits: 0,
      lamps: 0,
    };
    appendRow(log, i * tickMs, view, { p2: row.mmHg, p1: row.mmHg, moving: false });
  }
  return finishLog(log);
}
