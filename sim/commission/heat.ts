/** Heats the valve on a real board: in service mode its coil is on, and nothing else. The pump stays off. */
import type { Bench } from './bench.ts';
import { electricTexts } from './electric-texts.ts';
import { HEAT_S } from './lines.ts';

/** Between two words to the person, ms. */
const TOLD_EVERY_MS = 60_000;

/** Seconds for which the coil was on, by the board's own count. The chip resets at the end. */
export async function heatValve(bench: Bench): Promise<number> {
  const texts = electricTexts(bench.pins);
  bench.say(`The valve is heated for ${HEAT_S / 60} min: leave the cuff off, the hose open, the cable in.`);
  return await bench.inService(async (console) => {
    await console.ask(texts.heat);
    for (let left = HEAT_S; left > 0; left -= TOLD_EVERY_MS / 1000) {
      bench.say(`  ${left / 60} min left`);
      await console.wait(TOLD_EVERY_MS);
    }
    const ms = await console.ask('global.cuffHeated');
    await console.ask(texts.stop);
    await console.hasReset();
    return typeof ms === 'number' ? ms / 1000 : Number.NaN;
  });
}
