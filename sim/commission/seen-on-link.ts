/**
 * What the wizard sees of a device over its link alone: its supply at rest, its ticks, how long the coil was on, and why nothing began. It starts nothing.
 */
import { PHASE_DONE, PHASE_TRIPPED, phaseName } from '../../src/phases.ts';
import type { LiveFrame, State } from '../../tools/board/frames.ts';
import type { CuffLink } from '../../tools/cuff/cuff-link.ts';
import { inhibitLines, paceOfAnswer, tripLine } from '../../tools/cuff/words.ts';
import type { Person, RunPace } from './bench.ts';

/** A board that has just started has read its rail by then, ms. */
const RAIL_PATIENCE_MS = 5000;

/** Motor rail at rest, mV: by the board's own reading; where it has none, by what the person types. */
export async function restingRail(link: CuffLink, person: Person): Promise<number> {
  const until = Date.now() + RAIL_PATIENCE_MS;
  let { railMv } = link.hello;
  while (!(railMv > 0) && Date.now() < until) railMv = (await link.greet()).railMv;
  if (railMv > 0) return railMv;
  return 1000 * (await person.number('low-volts', 'Voltage at the motor supply, nothing running, V?'));
}

/** A frame that was not fetched in time is missing: rather too little. */
export function coilSeconds(frames: readonly LiveFrame[], periodMs: number): number {
  const on = frames.flatMap((frame) => frame.rows).filter((row) => row.bleedMs >= 0).length;
  return (on * periodMs) / 1000;
}

/** What it has measured of its own ticks. */
export async function paceTold(link: CuffLink): Promise<RunPace> {
  return { ...paceOfAnswer(await link.question('P')), periodMs: link.hello.periodMs };
}

export function isOver(s: State): boolean {
  return s.phase === PHASE_DONE || s.phase === PHASE_TRIPPED;
}

/** What ended a run, or kept it from starting. */
export async function whyNot(link: CuffLink): Promise<string> {
  const state = await link.state();
  const trip = tripLine(await link.question('E'));
  if (trip !== '') return trip;
  return inhibitLines(state)[0] ?? `nothing was started; the device is in phase ${phaseName(state.phase)}`;
}
