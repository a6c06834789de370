/**
 * Occlusion pressure and posture. Legs need more pressure the more upright one is: 187 mmHg lying, 204 seated,
 * 242 standing (Hughes 2018, PeerJ 4697, means of 18 people). A pressure is never raised for that; it is lowered
 * when it was taken more upright than the session will be, and the wearer is asked in both cases. Arms show no
 * such step (10.3389/fphys.2024.1409702). Must never raise a pressure.
 */
import { LIMB_LEG, LOP_MEASURED, type Settings } from '../settings.ts';
import type { MmHg } from '../units.ts';
import { ACTIVITY_PASSIVE, ACTIVITY_RUN, ACTIVITY_WALK } from './protocol.ts';

export const POSTURE_LYING = 0;
export const POSTURE_SEATED = 1;
export const POSTURE_STANDING = 2;

const MEANS: ReadonlyArray<number> = [187, 204, 242];

/** The posture that a session is done in; for a passive one the one with the lowest occlusion pressure. */
export function postureOf(activity: number): number {
  if (activity === ACTIVITY_RUN || activity === ACTIVITY_WALK) return POSTURE_STANDING;
  return activity === ACTIVITY_PASSIVE ? POSTURE_LYING : POSTURE_SEATED;
}

/** True when the occlusion pressure was taken in another posture than the session's. */
export function isOtherPosture(settings: Settings, activity: number): boolean {
  return settings.limb === LIMB_LEG && settings.lopPosture !== postureOf(activity);
}

/** Occlusion pressure that a session may be planned with, mmHg: as it was taken, or lower. */
export function lopFor(settings: Settings, activity: number): MmHg {
  const wanted = postureOf(activity);
  if (settings.limb !== LIMB_LEG || !(wanted < settings.lopPosture)) return settings.lopMmHg;
  return Math.floor((settings.lopMmHg * (MEANS[wanted] as number)) / (MEANS[settings.lopPosture] as number));
}

/** True when the pressure of a session rests on anything but a measurement by this cuff in the right posture. */
export function isEstimated(settings: Settings, activity: number): boolean {
  return settings.lopMmHg > 0 && (settings.lopSource !== LOP_MEASURED || isOtherPosture(settings, activity));
}

const NAMES: ReadonlyArray<string> = ['lying', 'seated', 'standing'];

/** Real share of occlusion on a leg, percent, when `percent` of a pressure taken in posture `from` is worn in `to`, by the means above. */
export function shareWorn(percent: number, from: number, to: number): number {
  return Math.floor((percent * (MEANS[from] as number)) / (MEANS[to] as number) + 1 / 2);
}

/** What changes on a leg when a pressure taken in posture `from` is worn in `to`, in words; '' when nothing does. */
export function postureText(percent: number, from: number, to: number): string {
  if (from === to) return '';
  const words =
    'LOP taken ' + NAMES[from] + ', session ' + NAMES[to] + ': ' + percent + ' % of it would be about ';
  const rule =
    from < to
      ? ' % there, so the session is lighter than it says; the pressure is not raised'
      : ' % there, HARDER than it says; the device lowers the LOP by that ratio';
  return words + shareWorn(percent, from, to) + rule + '. Measure ' + NAMES[to] + ' for the true figure.';
}
