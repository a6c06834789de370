/** What the wizard sees of a device over its link alone: its supply at rest, and how long the coil was on. It starts nothing. */
import type { CuffLink } from '../../tools/cuff/cuff-link.ts';
import type { LiveFrame } from '../../tools/cuff/frames.ts';
import type { Person } from './bench.ts';

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
