/**
 * A commissioning on a real device, from the first question until the device has its own settings back. While it lasts the device fills to
 * 150 mmHg at a press, for an occlusion pressure that belongs to nobody, as long as this program lives (src/session/bench-lease.ts). Must never leave
 * the settings of its run behind without saying so.
 */

import { defaultSettings } from '../../src/settings.ts';
import type { BoardBench } from './board-bench.ts';
import type { Part } from './lines.ts';
import { recordOf } from './record.ts';
import { asksService, commissionBuild, NO_EARLIER, type Report } from './wizard.ts';

/** What is true of a device whose commissioning was broken off, and what to do about it. */
export const NOT_FINISHED =
  'NOT FINISHED: no session starts on this device, and its commissioning run ends within 3 s of the last word of this program. Run the commissioning again: it gives your settings back at its end.';

/** Said where the settings of the supply are the defaults. */
export const ONE_CELL =
  'The settings minStartMv and minRailMv are for one LiPo cell. With four NiMH cells end this (Ctrl-C) and write 4700 and 4400 first (docs/commissioning.md): step 7 asks for a rail near minStartMv, which they do not have.';

/** Said where more has changed than was told. */
const ALSO = 'What has to do with it is measured again too.';

/** A report in which nothing was measured. */
const NOTHING: Report = { lines: [], passed: false, endedBy: 'it was broken off' };

/** The report goes onto the device, passed or not: a build that has not passed starts nothing else. */
export async function commissionDevice(bench: BoardBench, after: Part | undefined): Promise<Report> {
  const finish = async (report: Report): Promise<void> => {
    // nobody was asked: it has not passed then, and holds for nothing
    const parts = bench.who ?? { version: '', board: '', sensor: '' };
    await bench.finish(recordOf(report, Date.now() / 1000, parts));
  };
  try {
    const report = await commissionBuild(bench, after, async () => {
      const earlier = after === undefined ? NO_EARLIER : await bench.earlier();
      const parts = after === undefined ? undefined : [after, ...earlier.changed];
      if (earlier.changed.length > 0) bench.say(`Not as it was: ${earlier.changed.join(', ')}. ${ALSO}`);
      await bench.prepare(parts !== undefined && !parts.some(asksService));
      if (bench.minStartMv === defaultSettings().minStartMv) bench.say(ONE_CELL);
      return earlier;
    });
    if (!bench.borrowed) return report;
    bench.say('\nThe numbers go onto the device now.');
    await finish(report);
    return report;
  } catch (error) {
    if (bench.borrowed) await giveBack(bench, () => finish(NOTHING), error);
    throw error;
  }
}

/** Throws when the device still has the run and the settings that belong to nobody. */
async function giveBack(bench: BoardBench, finish: () => Promise<void>, cause: unknown): Promise<void> {
  const why = cause instanceof Error ? cause.message : String(cause);
  bench.say(`\nBroken off: ${why}\n${NOT_FINISHED}\nYour own settings go back now.`);
  try {
    await finish();
  } catch (error) {
    const again = error instanceof Error ? error.message : String(error);
    throw new Error(`${again}\n${NOT_FINISHED}`, { cause: error });
  }
  bench.say('Your own settings are back. This build has not passed.');
}
