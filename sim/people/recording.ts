/** The four real bleeds that may lie beside a checkout, as a source for measurements. There is no reference reading with them. */
import { readFileSync } from 'node:fs';
import { estimateBleed, readBleed } from '../../tools/recording.ts';

/** A recorded bleed at 25 samples a second, from its highest pressure on. */
export function loadBleed(file: string): number[] {
  return readBleed(readFileSync(file, 'utf8'), { time: 1, pressure: 2, offset: 0, scale: 1 });
}

/** Where the public recordings lie beside a checkout, if they are there. */
export const RECORDINGS = new URL('../../../shared/data/oscillometry/', import.meta.url).pathname;

/** Names of the four bleeds; 07 and 09 hold a false maximum of handling at 38-42 mmHg. */
export const BLEEDS = ['arm_03', 'arm_05', 'arm_07', 'arm_09'] as const;

/** Starts of the five cuts of a bleed, s after its highest pressure. */
export const CUT_STARTS = [4, 4.2, 4.4, 4.7, 5] as const;

/** Results of one bleed cut five ways, mmHg (0 = refused), and the heart rate of the first. */
export function cutFiveWays(name: string): { mmHg: number[]; heartRate: number } {
  const bleed = loadBleed(`${RECORDINGS}${name}.csv`);
  const findings = CUT_STARTS.map(
    (startS) => estimateBleed(bleed, { startS, windowS: 2.5, downTo: 30 }).finding,
  );
  return { mmHg: findings.map((f) => f.mmHg), heartRate: findings[0]?.heartRate ?? 0 };
}
