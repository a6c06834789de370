/** A made-up run with known shape for tests of the report. It is no simulation: levels and waves are written down here. */
import {
  addEvent,
  appendRow,
  createLog,
  finishLog,
  type RunHeader,
  type RunLog,
} from '../../sim/report/run-log.ts';
import type { View } from '../../src/ports.ts';

export const HEADER: RunHeader = {
  version: '0.0.0',
  level: 'core',
  board: 'jolt',
  sensor: 'MPRLS',
  seed: 1,
  scenario: 'made-up',
  title: 'Made up for the tests',
  command: 'npm run sim -- --scenario made-up',
  tickMs: 40,
  lopMmHg: 190,
  plantName: 'none',
  plant: { limb: 'thigh', pumpFlow: 40 },
  settings: { lopMmHg: 190, sharePermille: 500 },
  protocol: { name: 'made-up', title: 'Made up', steps: ['work 60 s', 'rest 20 s'] },
  phases: [
    { code: 0, name: 'idle', kind: 'idle' },
    { code: 1, name: 'ready', kind: 'idle' },
    { code: 2, name: 'fill', kind: 'fill' },
    { code: 3, name: 'work', kind: 'work' },
    { code: 4, name: 'rest', kind: 'rest' },
    { code: 5, name: 'released', kind: 'vent' },
    { code: 6, name: 'deflate', kind: 'vent' },
    { code: 7, name: 'done', kind: 'done' },
    { code: 8, name: 'tripped', kind: 'trip' },
  ],
};

export function view(over: Partial<View> = {}): View {
  return {
    tick: 0,
    now: 0,
    phase: 0,
    step: -1,
    leftMs: 0,
    setpoint: -1,
    measuredMmHg: 0,
    filteredMmHg: 0,
    pump: 0,
    bleedMs: 0,
    vent: 1,
    trip: 0,
    inhibits: 0,
    lamps: 0,
    ...over,
  };
}

interface Piece {
  readonly seconds: number;
  readonly phase: number;
  readonly step: number;
  readonly setpoint: number;
  readonly pressure: (s: number) => number;
  readonly moving?: boolean;
  readonly pump?: (s: number) => number;
  readonly bleedMs?: (s: number) => number;
  readonly vent?: number;
  readonly trip?: number;
  readonly lamps?: number;
}

export function runOf(pieces: readonly Piece[], header: RunHeader = HEADER): RunLog {
  const log = createLog(header, 16);
  let tMs = 0;
  for (const piece of pieces) {
    const ticks = Math.round((piece.seconds * 1000) / header.tickMs);
    for (let k = 0; k < ticks; k++) {
      tMs += header.tickMs;
      const s = (k * header.tickMs) / 1000;
      const p = piece.pressure(s);
      const raw = p + 0.06 * Math.sin(k * 12.9898);
      const shown = view({
        now: tMs,
        phase: piece.phase,
        step: piece.step,
        setpoint: piece.setpoint,
        measuredMmHg: raw,
        filteredMmHg: p,
        pump: piece.pump ? piece.pump(s) : 0,
        bleedMs: piece.bleedMs ? piece.bleedMs(s) : 0,
        vent: piece.vent ?? (piece.setpoint < 0 ? 1 : 0),
        trip: piece.trip ?? 0,
        lamps: piece.lamps ?? 0,
      });
      appendRow(log, tMs, shown, {
        p2: p,
        p1: raw + (shown.pump > 0 ? 6 : 0),
        moving: piece.moving ?? false,
      });
    }
  }
  return finishLog(log);
}

/** Looks like `rounds` of running with the cuff released between them; ends with a trip when asked. */
export function sessionLike(
  rounds: number,
  workS: number,
  withTrip: boolean,
  header: RunHeader = HEADER,
): RunLog {
  const pieces: Piece[] = [{ seconds: 4, phase: 0, step: -1, setpoint: -1, pressure: () => 0.2, lamps: 2 }];
  for (let round = 0; round < rounds; round++) {
    const work = (s: number): number =>
      95 +
      7 * Math.sin(2 * Math.PI * 1.4 * s) +
      2.5 * Math.sin(2 * Math.PI * 2.8 * s + 1) +
      2 * Math.sin(s / 9);
    pieces.push(
      {
        seconds: 8,
        phase: 2,
        step: round,
        setpoint: 95,
        pressure: (s) => 95 * (1 - Math.exp(-s / 2)),
        pump: () => 1000,
        lamps: 6,
      },
      { seconds: 4, phase: 2, step: round, setpoint: 95, pressure: () => 94.6, lamps: 6 },
      {
        seconds: workS,
        phase: 3,
        step: round,
        setpoint: 95,
        pressure: work,
        moving: true,
        pump: (s) => (Math.sin(2 * Math.PI * 1.4 * s) < -0.8 ? 700 : 0),
        bleedMs: (s) => (Math.sin(2 * Math.PI * 1.4 * s) > 0.95 ? 12 : 0),
        lamps: 2,
      },
      {
        seconds: 60,
        phase: 5,
        step: round,
        setpoint: -1,
        pressure: (s) => 95 * Math.exp(-s / 1.6),
        lamps: 4,
      },
    );
  }
  if (withTrip) {
    pieces.push({ seconds: 10, phase: 8, step: -1, setpoint: -1, pressure: () => 0.4, trip: 7, lamps: 9 });
  } else {
    pieces.push({ seconds: 10, phase: 7, step: -1, setpoint: -1, pressure: () => 0.4, lamps: 2 });
  }
  const log = runOf(pieces, header);
  addEvent(log, 3000, 'press', 'training button');
  if (withTrip) {
    const at = log.columns.trip.indexOf(7);
    addEvent(
      log,
      log.columns.tMs[at] ?? 0,
      'trip',
      'leak: Pressure stayed at 61 mmHg, far below the target of 95.',
    );
  }
  log.events.sort((a, b) => a.tMs - b.tMs);
  return log;
}
