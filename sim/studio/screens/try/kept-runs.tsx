/** Runs of "Try" that are kept over a reload: the words that repeat each to the last bit, and the sum that proves it. A hidden fault is never kept. */
import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { clock } from '../../../report/figures.ts';
import { fromWords, toWords } from '../../engine/try-spec.ts';
import { addressOf } from '../../shell/route.ts';
import { BrowserShelf, Shelf } from '../../shell/shelf.ts';
import { ShelfView } from '../../shell/shelf-view.tsx';
import { over, resolved, secret, spec, theRun } from './model.ts';

/** As many as a list is still looked through. */
const MOST = 30;
/** A run that a knob replaces sooner was only on the way to another, ms. */
const STAYS_MS = 1500;

/** True for the words of a run that can be repeated. */
function isRun(value: unknown): value is string {
  try {
    return typeof value === 'string' && fromWords(value).proof !== null;
  } catch {
    return false;
  }
}

/** What is kept: the words of the address. */
const shelf = new Shelf<string>(new BrowserShelf('cuffloop-runs'), isRun, MOST, Date.now);

function keep(): void {
  const end = over.peek();
  if (end === null) return;
  const { set, fault, seed } = spec.peek();
  const { rows, t } = theRun();
  const what = [...set, ...fault].join(', ');
  const title = `${resolved.peek().title}, seed ${seed}, ${clock(t[rows - 1] ?? 0)}${what === '' ? '' : `: ${what}`}`;
  const words = toWords(spec.peek(), { rows: end.rows, sum: end.sum });
  void shelf.keep(toWords(spec.peek(), null), title, words);
}

export function KeptRuns() {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      clearTimeout(timer);
      // a fault that is hidden begins another run, and no timer outlives that
      if (over.value !== null && !secret.value) timer = setTimeout(keep, STAYS_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return (
    <ShelfView
      shelf={shelf}
      title="Runs that are kept"
      open={({ value }) => {
        location.hash = addressOf('try', value);
      }}
    />
  );
}
