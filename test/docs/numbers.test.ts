/** Numbers that pages state are those of the code. Each line is a page, and words of it with the number taken from where it is defined. */
import { describe, expect, it } from 'vitest';
import * as limits from '../../src/limits.ts';
import { AGREE_MMHG } from '../../src/occlusion/findings.ts';
import { MAX_RUN_MS } from '../../src/occlusion/lop.ts';
import { MAX_SPREAD_MMHG } from '../../src/occlusion/verdict.ts';
import { BOX_PARTS, RECORD_SLOTS } from '../../src/record/box.ts';
import { ENVELOPE_SLOTS } from '../../src/record/envelope.ts';
import { RING_ROWS } from '../../src/record/recorder.ts';
import { MAX_LESS_MMHG } from '../../src/session/progress.ts';
import { pageText } from './pages.ts';

const lopPercent = limits.MAX_LOP_PERMILLE / 10;
const highestMmHg = Math.min(
  limits.MAX_SETPOINT_MMHG,
  (limits.MAX_LOP_MMHG * limits.MAX_LOP_PERMILLE) / 1000,
);
const capPercent = limits.CAP_LOP_PERMILLE / 10;

const STATED: readonly (readonly [page: string, words: string])[] = [
  ['README.md', `${limits.MAX_LOP_MMHG} mmHg, so no target is above ${highestMmHg} mmHg`],
  ['README.md', `(${limits.MAX_MEASURE_MMHG} while LOP is measured)`],
  ['README.md', `${lopPercent} % of LOP, ${limits.MAX_LEG_MS / 60_000} min on a leg`],
  ['README.md', `${limits.MAX_ARM_MS / 60_000} min on an arm, then ${limits.RELEASE_MS / 60_000} min open`],
  ['README.md', `of a period of ${limits.TICK_MS} ms`],
  ['CHANGELOG.md', `Control period ${limits.TICK_MS} ms`],
  ['docs/architecture.md', `Every ${limits.TICK_MS} ms it reads the pressure`],
  ['docs/architecture.md', `${limits.CONVERT_MS} ms before the tick`],
  ['docs/architecture.md', `both outputs live for at most ${limits.LEASE_MS} ms more`],
  ['docs/architecture.md', `after ${limits.DOUBT_LIMIT_MS} ms of doubt`],
  ['docs/architecture.md', `(${capPercent} % of LOP)`],
  ['docs/control.md', `the cap (${capPercent} % of LOP)`],
  ['docs/glossary.md', `${capPercent} % of LOP`],
  ['docs/glossary.md', `ends it after ${limits.LEASE_MS} ms`],
  ['docs/lop.md', `at most ${MAX_RUN_MS / 1000} s under pressure`],
  ['docs/lop.md', `never asked for more than ${limits.MAX_MEASURE_MMHG} mmHg`],
  ['docs/lop.md', `agree within ${AGREE_MMHG} mmHg`],
  ['docs/lop.md', `more than ${MAX_SPREAD_MMHG} mmHg apart`],
  ['docs/log-format.md', `\`cuff.r0\` … \`cuff.r${RECORD_SLOTS - 1}\``],
  ['docs/log-format.md', `\`cuff.b0\` … \`cuff.b${BOX_PARTS - 1}\``],
  ['docs/log-format.md', `\`cuff.e0\` … \`cuff.e${ENVELOPE_SLOTS - 1}\``],
  ['docs/log-format.md', `${RING_ROWS.toLocaleString('en')} ticks under pressure`],
  ['docs/sessions.md', `${MAX_LESS_MMHG} at most`],
];

describe('numbers on pages', () => {
  it.each(STATED)('%s: %s', (page, words) => {
    expect(pageText(page).replace(/\s+/g, ' ').replaceAll('**', '')).toContain(words);
  });
});
