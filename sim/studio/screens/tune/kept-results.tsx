/** Results of "Tune" that are kept over a reload, whole: the cuff, the clouds as they were painted, and what was proposed. */
import { batch } from '@preact/signals';
import { BrowserShelf, Shelf } from '../../shell/shelf.ts';
import { ShelfView } from '../../shell/shelf-view.tsx';
import { aim, asItIs, type Cloud, count, motion, proposal, seen, stop, whatIf, withOther } from './model.ts';

/** A result of 200 cuffs takes some megabytes. */
const MOST = 8;

interface Result {
  readonly seen: typeof seen.value;
  readonly motion: typeof motion.value;
  readonly aim: typeof aim.value;
  readonly count: number;
  readonly whatIf: typeof whatIf.value;
  readonly asItIs: Cloud | null;
  readonly withOther: Cloud | null;
  readonly proposal: typeof proposal.value;
}

const shelf = new Shelf<Result>(new BrowserShelf('cuffloop-tuned'), MOST, Date.now);

/** Keeps what stands on the screen, under the choices that led to it. */
export function keepResult(): void {
  const now: Result = {
    seen: seen.value,
    motion: motion.value,
    aim: aim.value,
    count: count.value,
    whatIf: whatIf.value,
    asItIs: asItIs.value,
    withOther: withOther.value,
    proposal: proposal.value,
  };
  const clouds = [now.asItIs, now.withOther].filter((cloud) => cloud !== null);
  // what was ended early is no result
  if (clouds.some(({ lines, wanted }) => lines.length < wanted)) return;
  if (now.seen === null || (clouds.length === 0 && now.proposal === null)) return;
  const cuffs = now.asItIs === null ? '' : `, ${now.asItIs.lines.length} cuffs`;
  const proposed = now.proposal === null ? '' : `, ${now.proposal.changes.length} settings proposed`;
  const title = `${now.seen.source}, ${now.motion}${cuffs}${proposed}`;
  const key = JSON.stringify([now.seen.source, now.motion, now.aim, now.count, now.whatIf]);
  void shelf.keep(key, title, now);
}

function show(now: Result): void {
  stop();
  batch(() => {
    seen.value = now.seen;
    motion.value = now.motion;
    aim.value = now.aim;
    count.value = now.count;
    whatIf.value = now.whatIf;
    asItIs.value = now.asItIs;
    withOther.value = now.withOther;
    proposal.value = now.proposal;
  });
}

export function KeptResults() {
  return <ShelfView shelf={shelf} title="Results that are kept" open={({ value }) => show(value)} />;
}
