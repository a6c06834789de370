/** Lamps and the view: what the wearer and the tools see of a tick. Decides nothing. */
import type { Core } from '../core.ts';
import { TRIP_NONE } from '../safety/trips.ts';
import { PHASE_IDLE } from '../session/phases.ts';
import { lampsAt, PATTERN_HAZARD, PATTERN_INHIBITED } from './patterns.ts';

/** Fill the view and set the lamps. */
export function show(core: Core): void {
  const v = core.view;
  const t = core.tick;
  const s = core.session;
  v.now = t.now;
  v.phase = s.phase;
  v.step = s.step;
  v.leftMs = s.leftMs;
  v.setpoint = t.setpoint === null ? -1 : t.setpoint;
  v.raw = t.raw;
  v.p = t.p;
  v.pump = t.outPump;
  v.bleedMs = t.outBleedMs;
  v.vent = t.outVent ? 1 : 0;
  v.trip = core.supervisor.trip;
  light(core);
}

function light(core: Core): void {
  const lamps = lampsAt(patternOf(core), core.tick.now);
  if (lamps === core.view.lamps) return;
  core.view.lamps = lamps;
  core.ports.indicator.write(lamps);
}

function patternOf(core: Core): number {
  const phase = core.session.phase;
  if (core.supervisor.trip !== TRIP_NONE) return tripPattern(core, phase);
  return phase === PHASE_IDLE && core.view.inhibits !== 0 ? PATTERN_INHIBITED : phase;
}

function tripPattern(core: Core, phase: number): number {
  return core.supervisor.hazard !== TRIP_NONE ? PATTERN_HAZARD : phase;
}
