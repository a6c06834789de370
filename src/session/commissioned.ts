/**
 * Whether this build has passed its commissioning: a text that `npm run cuff -- commission` writes in service mode when every line was measured
 * and good, for one firmware on one board with one sensor. And which run may be made before that. Must never take a text that is damaged, of
 * another version or of other parts for a pass.
 */
import { COMMISSIONING } from '../record/box.ts';
import { checksum } from '../settings.ts';
import { ACTIVITY_PASSIVE, type Protocol, STEP_REST } from './protocol.ts';

/**
 * Version of the text: version, 1 = passed, date in s, firmware, board, sensor; then the numbers that were measured, `name:value`, all with commas
 * between them.
 */
export const COMMISSION_VERSION = 2;
/** Words of the text before the parts, and the parts. */
const FIRST_PART = 3;
const PARTS_END = 6;
/** A run on a bottle or a dummy limb holds no more than this, mmHg, and lasts no longer than this in all, ms. */
const MOST_MMHG = 150;
const MOST_MS = 20 * 60000;

/** True for a whole text that says "passed". */
export function isCommissioned(text: string | undefined): boolean {
  const lines = text === undefined ? [] : text.split('\n');
  if (lines.length !== 2) return false;
  const body = lines[0] as string;
  if (checksum(body).toString() !== lines[1]) return false;
  const words = body.split(',');
  return parseInt(words[0] as string, 10) === COMMISSION_VERSION && words[1] === '1';
}

/** True where a whole text was written for these parts: firmware, board and sensor, with commas between them. */
export function isOfParts(text: string | undefined, parts: string): boolean {
  const body = text === undefined ? '' : (text.split('\n')[0] as string);
  return body.split(',').slice(FIRST_PART, PARTS_END).join(',') === parts;
}

/** The text of `body`, whole. */
export function commissionText(body: string): string {
  return `${body}\n${checksum(body)}`;
}

/** True for the run of a build that nobody wears: it needs no commissioning before it. A session of training is none, whatever its name. */
export function isCommissioningRun(p: Readonly<Protocol>): boolean {
  if (p.id !== COMMISSIONING || p.activity !== ACTIVITY_PASSIVE) return false;
  let ms = 0;
  for (let i = 0; i < p.steps.length; i++) {
    const step = p.steps[i] as Protocol['steps'][number];
    if (step.kind !== STEP_REST || step.permille !== 0 || !(step.mmHg <= MOST_MMHG)) return false;
    ms += step.ms;
  }
  return ms <= MOST_MS;
}
