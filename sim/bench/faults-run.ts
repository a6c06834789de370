/** Runs one session of a shape on the core in the loop, with faults, and tells what the supervisor made of it. */

import { capDemand } from '../../src/demand.ts';
import { FILE_SETTINGS } from '../../src/files.ts';
import { isPressurePhase, PHASE_IDLE, PHASE_READY, PHASE_RELEASED, PHASE_WORK } from '../../src/phases.ts';
import { startSession } from '../../src/session/session.ts';
import { capOf } from '../../src/session/settings-in-use.ts';
import { defaultSettings, encodeSettings, LOP_MEASURED, type Settings } from '../../src/settings.ts';
import { CoreLevel } from '../core/core-level.ts';
import type { TickTiming } from '../core/tick-timing.ts';
import type { Fault } from '../plant/faults.ts';
import { Rig } from '../plant/rig.ts';
import type { FaultDraw } from './faults-draw.ts';
import { protocolOf, type SessionShape } from './faults-sessions.ts';

/** Settings of a wearer whose occlusion pressure is `lop`, as wide as they go. */
export function wideSettings(limb: 'thigh' | 'arm', lop: number): Settings {
  return {
    ...defaultSettings(),
    limb: limb === 'arm' ? 0 : 1,
    lopMmHg: Math.round(lop),
    lopSource: LOP_MEASURED,
    maxMmHg: 250,
    maxPressureS: limb === 'arm' ? 900 : 1200,
    minStartMv: 2600,
    minRailMv: 2400,
  };
}

/** A core on a rig of this draw, with faults given in time since power-up. */
export function levelOf(
  draw: FaultDraw,
  shape: SessionShape,
  faults: readonly Fault[],
  timing?: TickTiming,
  periodMs?: number,
): CoreLevel {
  const rig = new Rig(
    {
      plant: draw.plant,
      limb: draw.limb,
      sensor: draw.sensor,
      targetMmHg: (draw.plant.lopMmHg * shape.permille) / 1000,
      faults,
    },
    draw.seed,
  );
  const files = { [FILE_SETTINGS]: encodeSettings(wideSettings(shape.limb, draw.plant.lopMmHg)) };
  return new CoreLevel(rig, {
    files,
    ...(timing === undefined ? {} : { timing }),
    ...(periodMs === undefined ? {} : { periodMs }),
  });
}

/** Steps a level through its session; the shape's protocol takes the place of the library's. */
export class SessionDriver {
  readonly level: CoreLevel;
  readonly #shape: SessionShape;
  readonly #startTick: number;
  #started = false;
  #working = false;

  /** The session is started in tick `startTick`: which of the four turns of a round that is must not matter. */
  constructor(level: CoreLevel, shape: SessionShape, startTick = 200) {
    this.level = level;
    this.#shape = shape;
    this.#startTick = startTick;
    level.rig.setActivity('rest');
  }

  /** True once the session has ended or tripped. */
  get over(): boolean {
    const phase = this.level.view.phase;
    if (!this.#started || phase === PHASE_READY || phase === PHASE_IDLE) return false;
    return !isPressurePhase(phase) && phase !== PHASE_RELEASED;
  }

  get started(): boolean {
    return this.#started;
  }

  step(): void {
    const level = this.level;
    level.nextTick();
    const view = level.view;
    if (!this.#started) {
      if (view.tick < this.#startTick || view.inhibits !== 0 || view.phase !== PHASE_IDLE) return;
      this.#started = true;
      capDemand(level.core.tick, capOf(level.core.settings.lopMmHg));
      startSession(level.core.session, protocolOf(this.#shape), level.core.settings.lopMmHg);
      return;
    }
    const working = view.phase === PHASE_WORK;
    if (working === this.#working) return;
    this.#working = working;
    level.rig.setActivity(working ? this.#shape.work : this.#shape.rest);
  }
}
