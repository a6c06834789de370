/** One short session of one set of settings on one plant, core in the loop with the supervisor on, and the few figures that tuning judges. */
import { FILE_SETTINGS } from '../../src/files.ts';
import { isPressurePhase, PHASE_IDLE, PHASE_READY, PHASE_WORK } from '../../src/phases.ts';
import { TRIP_NONE, tripName } from '../../src/safety/trips.ts';
import { ACTIVITY_LIFT, type Protocol, STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import { startSession } from '../../src/session/session.ts';
import { encodeSettings, LIMB_ARM, LIMB_LEG, LOP_ENTERED, type Settings } from '../../src/settings.ts';
import { CoreLevel } from '../core/core-level.ts';
import type { Exercise } from '../plant/limb-params.ts';
import { Rig } from '../plant/rig.ts';
import { metricsOf } from '../report/metrics.ts';
import { appendRow, createLog, finishLog, type RunHeader, type RunLog } from '../report/run-log.ts';
import type { AlikePlant } from './alike.ts';

/** Figures of one trial; shares in percent, all on the true cuff pressure. NaN = there was none of it. */
export interface Figures {
  /** Within 10 % of the setpoint while moving; within 5 % at rest. */
  readonly move10: number;
  readonly rest5: number;
  /** Above the setpoint within 3 s of the fill, mmHg; speed of the fill, mmHg/s; its time, s. */
  readonly overshoot: number;
  readonly fillPerS: number;
  readonly fillS: number;
  /** Mean of the wave's peaks, percent of LOP. */
  readonly peak: number;
  /** Pump: share of the time held, %, starts a minute, seconds in all. Valve: actions a minute held. */
  readonly duty: number;
  readonly starts: number;
  readonly pumpS: number;
  readonly actions: number;
  /** 1 = the supervisor ended it. */
  readonly trips: number;
}

export const FIGURE_NAMES: readonly (keyof Figures)[] = [
  'move10',
  'rest5',
  'overshoot',
  'fillPerS',
  'fillS',
  'peak',
  'duty',
  'starts',
  'pumpS',
  'actions',
  'trips',
];

/** Share of LOP that a movement is trained at here, permille: as in the benchmark. */
export function shareOf(motion: Exercise): number {
  return motion === 'legpress' ? 800 : 500;
}

const SETTLE_S = 12;
const MOVE_S = 75;
const REST_S = 25;

/** Sit with the cuff on, move, sit. */
export function trialProtocol(motion: Exercise, permille = shareOf(motion)): Protocol {
  const step = (kind: number, seconds: number): Protocol['steps'][number] => ({
    kind,
    ms: seconds * 1000,
    permille,
    mmHg: 0,
    rampMmHgPerS: 0,
  });
  return {
    id: 'trial',
    activity: ACTIVITY_LIFT,
    stage: 0,
    silent: true,
    steps: [step(STEP_REST, SETTLE_S), step(STEP_WORK, MOVE_S), step(STEP_REST, REST_S)],
  };
}

/** `base` made to fit a plant: limb and, where none is known, its occlusion pressure; and no shorter time than the arm is allowed. */
export function fitSettings(base: Settings, plant: AlikePlant['plant']): Settings {
  const known = base.lopMmHg > 0;
  const arm = plant.limb === 'arm';
  return {
    ...base,
    limb: arm ? LIMB_ARM : LIMB_LEG,
    lopMmHg: known ? base.lopMmHg : Math.round(plant.lopMmHg),
    lopSource: known ? base.lopSource : LOP_ENTERED,
    maxPressureS: Math.min(base.maxPressureS, arm ? 900 : 1200),
  };
}

const LIMIT_MS = 260_000;
/** What the vent shows is not judged here; a little of it shows in pictures. ms */
const AFTER_MS = 3000;

/** Runs the trial and returns its log. */
export function runTrial(on: AlikePlant, settings: Settings, protocol: Protocol, motion: Exercise): RunLog {
  const permille = protocol.steps[0]?.permille ?? 500;
  const rig = new Rig(
    {
      plant: on.plant,
      limb: on.limb,
      sensor: on.sensor,
      targetMmHg: (on.plant.lopMmHg * permille) / 1000,
    },
    on.seed,
  );
  const level = new CoreLevel(rig, { files: { [FILE_SETTINGS]: encodeSettings(settings) } });
  const log = createLog(headerOf(level, on, settings), 1 << 12);
  rig.setActivity('rest');
  let started = false;
  let working = false;
  let overAt = Number.POSITIVE_INFINITY;
  while (rig.nowMs < LIMIT_MS && rig.nowMs < overAt) {
    level.nextTick();
    const v = level.view;
    if (started) appendRow(log, rig.nowMs, v, { p2: rig.p2, p1: rig.p1, moving: working });
    if (!started) {
      if (v.tick < 200 || v.inhibits !== 0 || v.phase !== PHASE_IDLE) continue;
      started = true;
      startSession(level.core.session, protocol, settings.lopMmHg);
      continue;
    }
    const work = v.phase === PHASE_WORK;
    if (work !== working) rig.setActivity(work ? motion : 'rest');
    working = work;
    const going = isPressurePhase(v.phase) || v.phase === PHASE_READY;
    if (!going && overAt === Number.POSITIVE_INFINITY) overAt = rig.nowMs + AFTER_MS;
  }
  const trip = level.core.supervisor.trip;
  if (trip !== TRIP_NONE) log.events.push({ tMs: rig.nowMs, kind: 'trip', text: tripName(trip) });
  return finishLog(log);
}

function headerOf(level: CoreLevel, on: AlikePlant, settings: Settings): RunHeader {
  return {
    version: 'tune',
    level: 'core',
    board: 'jolt',
    sensor: 'mprls',
    seed: on.seed,
    scenario: 'trial',
    title: 'trial',
    command: '',
    tickMs: level.core.tick.period,
    lopMmHg: on.plant.lopMmHg,
    plantName: '',
    plant: { ...on.plant },
    settings: { ...settings },
    protocol: { name: 'trial', title: 'trial', steps: [] },
    phases: [],
  };
}

/** The figures of a trial's log. */
export function figuresOfTrial(log: RunLog): Figures {
  const m = metricsOf(log);
  const fill = m.fills[0];
  const heldMin = (m.moving.seconds + m.still.seconds) / 60;
  const lop = log.header.lopMmHg;
  const percent = (share: number | null): number => (share === null ? Number.NaN : 100 * share);
  const fillS = fill === undefined || fill.seconds === null ? Number.NaN : fill.seconds;
  return {
    move10: percent(m.moving.within10),
    rest5: percent(m.still.within5),
    overshoot: fill === undefined ? Number.NaN : fill.overshootMmHg,
    fillPerS: fill === undefined ? Number.NaN : (0.97 * fill.goalMmHg) / fillS,
    fillS,
    peak: m.waves.peakMmHg === null ? Number.NaN : (100 * m.waves.peakMmHg) / lop,
    duty: percent(m.heldPumpDuty),
    starts: heldMin > 0 ? m.pumpStarts / heldMin : Number.NaN,
    pumpS: m.pumpSeconds,
    actions: m.heldValveActionsPerMin ?? Number.NaN,
    trips: m.trips.length > 0 || log.events.some((event) => event.kind === 'trip') ? 1 : 0,
  };
}

/** Runs and judges in one go. */
export function trial(on: AlikePlant, base: Settings, motion: Exercise): Figures {
  const log = runTrial(on, fitSettings(base, on.plant), trialProtocol(motion), motion);
  return figuresOfTrial(log);
}
