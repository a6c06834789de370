/** What a vented cuff is asked at rest, and its answers in words: the same at a terminal and on the page. */
import { TRIP_NONE } from '../../src/safety/trips.ts';
import { changedLine, partsIn } from './commissioned-with.ts';
import type { CuffLink } from './cuff-link.ts';
import { COMMISSIONED_TEXT } from './kept.ts';
import { lopLines } from './lop-words.ts';
import { paceLine, tripLine } from './words.ts';

/** Last trip, ticks, occlusion pressure and what comes next, a line each. Older firmware is asked for what it knows. */
export async function restLines(link: CuffLink): Promise<string[]> {
  const { link: version, periodMs } = link.hello;
  const trip = version >= 2 ? await link.question('E') : '';
  const tripped = trip !== '' && Number(trip.split(',')[0]) !== TRIP_NONE ? tripLine(trip) : '';
  const pace = version >= 3 ? paceLine(await link.question('P'), periodMs) : '';
  const changed = version >= 2 ? changedLine(partsIn(await link.text(COMMISSIONED_TEXT)), link.hello) : '';
  const next = (await link.question('N')).split(',').slice(2).join(',');
  return [tripped, changed, pace, ...(await lopLines(link)), next].filter((line) => line !== '');
}
