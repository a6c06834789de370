/**
 * The commissioning run: a session of its own that fills, holds, steps down by short bleeds, holds, and vents. It is an ordinary
 * protocol, run by the ordinary loop with the supervisor on; on a board it is loaded like any protocol (docs/protocols/commissioning.json).
 */
import { FILE_SETTINGS } from '../../src/files.ts';
import { MAX_LOP_PERMILLE } from '../../src/limits.ts';
import { isPressurePhase, PHASE_DONE, PHASE_IDLE, PHASE_TRIPPED } from '../../src/phases.ts';
import type { View } from '../../src/ports.ts';
import { COMMISSIONING } from '../../src/record/box.ts';
import { inhibitNames } from '../../src/safety/inhibits.ts';
import { tripText } from '../../src/safety/rows/all.ts';
import { TRIP_NONE } from '../../src/safety/trips.ts';
import { ACTIVITY_PASSIVE, type Protocol, STEP_REST } from '../../src/session/protocol.ts';
import { startSession } from '../../src/session/session.ts';
import { encodeSettings, LOP_ENTERED, type Settings } from '../../src/settings.ts';
import type { Texts } from '../../tools/settings/json-store.ts';
import { CoreLevel } from '../core/core-level.ts';
import { textsOf } from '../log/store-texts.ts';
import { type LimbParams, nominalLimb } from '../plant/limb-params.ts';
import type { Rig } from '../plant/rig.ts';
import type { Trace } from './trace.ts';

/** Setpoints after the first, as a share of it, in permille; 5 s each. Together with the holds it fits into the black box (80 s). */
const STEPS_DOWN = [720, 520, 370, 260, 180];
const HOLD_S = 30;
const STEP_S = 4;
/** Lowest setpoint that is asked for, mmHg. */
const LOWEST = 20;

/** Pressure of the run, mmHg: what the settings allow, 150 at most, 60 at least for anything to be seen. */
export function commissionMmHg(settings: Settings): number {
  const share = (settings.lopMmHg * Math.min(settings.maxLopPermille, MAX_LOP_PERMILLE)) / 1000;
  return Math.floor(Math.min(150, settings.maxMmHg, share));
}

/** Fill, hold, step down, release; then once more to the top and straight down. */
export function commissionProtocol(topMmHg: number): Protocol {
  const step = (mmHg: number, seconds: number): Protocol['steps'][number] => ({
    kind: STEP_REST,
    ms: seconds * 1000,
    permille: 0,
    mmHg,
    rampMmHgPerS: 0,
  });
  const lower = STEPS_DOWN.map((share) => Math.round((topMmHg * share) / 1000)).filter(
    (mmHg) => mmHg >= LOWEST,
  );
  return {
    id: COMMISSIONING,
    activity: ACTIVITY_PASSIVE,
    stage: 0,
    silent: true,
    steps: [
      step(topMmHg, HOLD_S),
      ...lower.map((mmHg) => step(mmHg, STEP_S)),
      step(0, 20),
      step(topMmHg, STEP_S),
    ],
  };
}

/** The limb that a cuff is commissioned on: a dummy, without pulse, breath, swelling or a will of its own. */
export function dummyLimb(): LimbParams {
  return {
    ...nominalLimb('rest'),
    pulseMmHg: 0,
    breathMmHg: 0,
    tremorMmHg: 0,
    swelling: 0,
    postureEveryS: 0,
  };
}

export interface Commissioned {
  readonly trace: Trace;
  /** Text of the trip that ended it, or undefined. */
  readonly trip: string | undefined;
  /** It ran to its end. */
  readonly complete: boolean;
  /** What kept it from starting, as the device names it; empty = it started. */
  readonly inhibits: readonly string[];
  /** What the device has in its store afterwards: the record of the run, and its black box. */
  readonly store: Texts;
}

const LIMIT_MS = 300_000;
/** A vent is watched for this long, ms: longer than it may take. */
const WATCH_MS = 45_000;

/** Runs it on a rig, `seen` called after each tick, with `settings` as they are; an unknown occlusion pressure is taken as the rig's. The cuff is on a resting limb. */
export function commission(
  rig: Rig,
  settings: Settings,
  source: string,
  seen: (view: View) => void = () => {},
): Commissioned {
  const known =
    settings.lopMmHg > 0
      ? settings
      : { ...settings, lopMmHg: Math.round(rig.lopMmHg), lopSource: LOP_ENTERED };
  const level = new CoreLevel(rig, { files: { [FILE_SETTINGS]: encodeSettings(known) } });
  rig.setActivity('rest');
  const t = level.core.tick;
  const rows: Record<'tMs' | 'mmHg' | 'setpoint' | 'pump' | 'bleedMs' | 'vent' | 'railMv', number[]> = {
    tMs: [],
    mmHg: [],
    setpoint: [],
    pump: [],
    bleedMs: [],
    vent: [],
    railMv: [],
  };
  let started = false;
  let overAt = Number.POSITIVE_INFINITY;
  let complete = false;
  while (rig.nowMs < LIMIT_MS && rig.nowMs < overAt) {
    level.nextTick();
    const v = level.view;
    seen(v);
    rows.tMs.push(rig.nowMs);
    rows.mmHg.push(v.measuredMmHg);
    rows.setpoint.push(v.setpoint);
    rows.pump.push(v.pump);
    rows.bleedMs.push(v.bleedMs);
    rows.vent.push(v.vent);
    rows.railMv.push(t.railMv);
    if (!started) {
      if (v.tick < 200 || v.inhibits !== 0 || v.phase !== PHASE_IDLE) continue;
      started = true;
      startSession(level.core.session, commissionProtocol(commissionMmHg(known)), known.lopMmHg);
    } else if (overAt === Number.POSITIVE_INFINITY) {
      complete = v.phase === PHASE_DONE;
      const over = complete || v.phase === PHASE_TRIPPED;
      if (over) overAt = rig.nowMs + (isPressurePhase(v.phase) ? 0 : complete ? 2000 : WATCH_MS);
    }
  }
  const s = level.core.supervisor;
  return {
    trace: { source, tickMs: t.period, ...rows },
    trip: s.trip === TRIP_NONE ? undefined : tripText(s.trip, s.measured, s.allowed),
    complete,
    store: textsOf(level),
    inhibits: started ? [] : inhibitNames(level.view.inhibits),
  };
}

/** The session as a protocol file that `npm run protocol` takes (docs/sessions.md). */
export function protocolFile(topMmHg: number): string {
  const phases = commissionProtocol(topMmHg).steps.map((step) => ({
    kind: 'rest',
    seconds: step.ms / 1000,
    cuff: step.mmHg > 0 ? { mmHg: step.mmHg } : 'off',
  }));
  const file = {
    cuffloop: 'protocol',
    version: 1,
    name: COMMISSIONING,
    title: 'Commissioning: fill, hold, step down by bleeds, vent; fill again, vent from the top',
    activity: 'passive',
    stage: 0,
    cues: false,
    phases,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
