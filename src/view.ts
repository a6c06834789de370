/**
 * What tools and harnesses see of the device. Filled when somebody asks, never in a tick. Names in quotes: the image keeps them.
 * Must never be filled in a tick.
 */
import type { Core } from './core.ts';
import type { View } from './ports.ts';

/** The state after the latest tick; the object is reused, so copy what must last. */
export function viewOf(core: Core): View {
  const v = core.view;
  const t = core.tick;
  const session = core.session;
  v['tick'] = t.count;
  v['now'] = t.now;
  v['phase'] = session.phase;
  v['step'] = session.step;
  v['leftMs'] = session.leftMs;
  v['setpoint'] = t.setpoint === null ? -1 : t.setpoint;
  v['measuredMmHg'] = t.measuredMmHg;
  v['filteredMmHg'] = t.filteredMmHg;
  v['pump'] = t.outPump;
  v['bleedMs'] = t.outBleedMs;
  v['vent'] = t.outVent ? 1 : 0;
  v['trip'] = core.supervisor.trip;
  v['inhibits'] = core.readiness.inhibits;
  v['lamps'] = core.lamps.lit;
  return v;
}
