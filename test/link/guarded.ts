/** What a link must leave as it is, and devices to say anything to. */
import { receive } from '../../src/link/link.ts';
import { Device } from '../loop/device.ts';

export const PHASES = ['idle', 'fill', 'work', 'paused'] as const;

/** All that a link must not touch, written out: not even the lease of a build that has not passed its commissioning. */
export function guarded(d: Device): string {
  return JSON.stringify([guardedBesideLease(d), d.core.bench]);
}

/** What `~C` must not touch either. */
export function guardedBesideLease(d: Device): string {
  const { settings, settingsProblems, supervisor, tick, session, lock, progress, sensing, regulator } =
    d.core;
  return JSON.stringify([
    settings,
    settingsProblems,
    supervisor,
    tick.setpoint,
    tick.capMmHg,
    tick.quiet,
    tick.outPump,
    tick.outBleedMs,
    tick.outVent,
    session,
    lock,
    progress,
    sensing,
    regulator.report,
    d.core.readiness,
    d.core.measurement.ordered,
    d.files,
  ]);
}

/** A device in this phase. */
export function deviceIn(phase: (typeof PHASES)[number]): Device {
  const d = new Device();
  if (phase === 'idle') return d.settle();
  if (phase === 'fill') return d.fill();
  if (phase === 'work') return d.work();
  d.work();
  receive(d.core, '~S\n');
  return d.run(400);
}
