/** What a cuff says of its occlusion pressure, in words. */
import { refusalText } from '../../src/occlusion/reasons.ts';
import type { Finding } from '../../src/occlusion/verdict.ts';
import { LOP_ENTERED, LOP_ESTIMATED, LOP_MEASURED } from '../../src/settings.ts';
import type { CuffLink } from './cuff-link.ts';

const POSTURES = ['lying', 'seated', 'standing'] as const;

function sourceOf(source: number): string {
  if (source === LOP_MEASURED) return 'measured by this cuff';
  if (source === LOP_ESTIMATED) return 'estimated by a formula';
  return source === LOP_ENTERED ? 'entered by hand' : 'source unknown';
}

/** The answer to ~L. */
export async function lopLines(link: CuffLink): Promise<string[]> {
  const fields = (await link.question('L'))
    .split(',')
    .map((word) => (word === '' ? Number.NaN : Number(word)));
  const [
    lop = 0,
    source = 0,
    posture = 0,
    ,
    mmHg = 0,
    spread = 0,
    rate = 0,
    refusal = 0,
    measured = 0,
    allowed = 0,
  ] = fields;
  const used =
    lop > 0
      ? `occlusion pressure ${lop} mmHg, ${sourceOf(source)}, ${POSTURES[posture] ?? ''}`
      : 'occlusion pressure not known: hold the button 2 s to measure it';
  if (refusal > 0)
    return [used, `last measurement: ${refusalText({ refusal, measured, allowed } as Finding)}`];
  if (!(mmHg > 0)) return [used];
  return [used, `last measurement: ${mmHg} mmHg, spread ${spread}, heart rate ${rate}`];
}
