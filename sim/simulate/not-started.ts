/** A run in which the device would not start: how long to wait for it, and why it did not. */

import { PHASE_POSTURE, PHASE_TRIPPED } from '../../src/phases.ts';
import { INHIBIT_ROWS } from '../../src/safety/inhibits.ts';
import { isWaiting } from '../level/session.ts';
import type { RunLog } from '../report/run-log.ts';
import type { RunSpec } from '../setup/resolve.ts';

/** A device that is well has its zero, and the wearer's press, after 10 s. */
const PATIENCE_MS = 60_000;

/** When to give up, ms: some time after the last thing that could still change the device's mind. */
export function startByMs(spec: RunSpec): number {
  const presses = spec.plan.presses ?? [];
  const changes = [
    ...presses.map((press) => press.atMs + (press.forMs ?? 0)),
    ...spec.faults.map((fault) => fault.untilMs ?? 0),
  ];
  return PATIENCE_MS + Math.max(0, ...changes);
}

function hasStarted(log: RunLog): boolean {
  const { phase } = log.columns;
  return phase.some((code) => !isWaiting(code) && code !== PHASE_POSTURE && code !== PHASE_TRIPPED);
}

/** Why no session was started, a line each; empty when one was, or when the scenario is about a device that trips first. */
export function whyNotStarted(spec: RunSpec, log: RunLog, refusals: readonly string[]): string[] {
  const tripIsTheStory = !spec.changed && spec.scenario.expect.trip !== 'none';
  if (hasStarted(log) || tripIsTheStory) return [];
  const trips = log.events.filter((event) => event.kind === 'trip').map((event) => event.text);
  const reasons = [
    ...trips,
    ...INHIBIT_ROWS.filter(({ name }) => refusals.includes(name)).map(
      ({ name, reason, remedy }) => `${name}: ${reason}: ${remedy}`,
    ),
  ];
  return reasons.length > 0 ? reasons : ['a start was asked for and given up; see the events of the run'];
}
