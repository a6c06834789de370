/** Runs the commissioning run (commission-protocol.ts) on a simulated cuff, by the ordinary loop with the supervisor on. */
import { FILE_SETTINGS } from '../../src/files.ts';
import { isPressurePhase, PHASE_DONE, PHASE_IDLE, PHASE_TRIPPED } from '../../src/phases.ts';
import type { View } from '../../src/ports.ts';
import { inhibitNames } from '../../src/safety/inhibits.ts';
import { tripText } from '../../src/safety/rows/all.ts';
import { TRIP_NONE } from '../../src/safety/trips.ts';
import { startSession } from '../../src/session/session.ts';
import { encodeSettings, LOP_ENTERED, type Settings } from '../../src/settings.ts';
import type { Texts } from '../../tools/settings/json-store.ts';
import { CoreLevel } from '../core/core-level.ts';
import { textsOf } from '../log/store-texts.ts';
import { type LimbParams, nominalLimb } from '../plant/limb-params.ts';
import type { Rig } from '../plant/rig.ts';
import { commissionMmHg, commissionProtocol } from './commission-protocol.ts';
import type { Trace } from './trace.ts';

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
