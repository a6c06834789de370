/** Results of "Tune" that are kept over a reload, whole: the cuff, the clouds as they were painted, and what was proposed. */
import { batch } from '@preact/signals';
import { crc32 } from '../../../../tools/crc32.ts';
import { BrowserShelf, Shelf } from '../../shell/shelf.ts';
import { ShelfView } from '../../shell/shelf-view.tsx';
import { aim, asItIs, asked, count, motion, proposal, seen, stop, whatIf, withOther } from './model.ts';
import { isResult, type Result } from './result.ts';

/** A result of 200 cuffs takes some megabytes. */
const MOST = 8;

const shelf = new Shelf<Result>(new BrowserShelf('cuffloop-tuned'), isResult, MOST, Date.now);

/** Two logs of one name, or one log on another limb, are two cuffs. */
function keyOf({ seen: what, ...now }: Result): string {
  const cuff = JSON.stringify([what.source, what.limb, what.settings, what.identified]);
  const sum = crc32(new TextEncoder().encode(cuff));
  return JSON.stringify([what.source, sum, now.motion, now.aim, now.count, now.whatIf]);
}

/** Keeps what stands on the screen, under the choices that led to it. */
export function keepResult(): void {
  if (seen.value === null || asked.value === null) return;
  const now: Result = {
    seen: seen.value,
    ...asked.value,
    asItIs: asItIs.value,
    withOther: withOther.value,
    proposal: proposal.value,
  };
  const clouds = [now.asItIs, now.withOther].filter((cloud) => cloud !== null);
  // what was ended early is no result
  if (clouds.some(({ lines, wanted }) => lines.length < wanted)) return;
  if (clouds.length === 0 && now.proposal === null) return;
  const cuffs = now.asItIs === null ? '' : `, ${now.asItIs.lines.length} cuffs`;
  const other = now.asItIs === null || now.asItIs.motion === now.motion ? '' : ` for ${now.motion}`;
  const proposed = now.proposal === null ? '' : `, ${now.proposal.changes.length} settings proposed${other}`;
  const title = `${now.seen.source}, ${now.asItIs?.motion ?? now.motion}${cuffs}${proposed}`;
  void shelf.keep(keyOf(now), title, now);
}

function show(now: Result): void {
  stop();
  batch(() => {
    seen.value = now.seen;
    motion.value = now.motion;
    aim.value = now.aim;
    count.value = now.count;
    whatIf.value = now.whatIf;
    asked.value = { motion: now.motion, aim: now.aim, count: now.count, whatIf: now.whatIf };
    asItIs.value = now.asItIs;
    withOther.value = now.withOther;
    proposal.value = now.proposal;
  });
}

export function KeptResults() {
  return <ShelfView shelf={shelf} title="Results that are kept" open={({ value }) => show(value)} />;
}
