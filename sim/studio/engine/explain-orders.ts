/** Orders to explain, in a worker of their own: it repeats a run up to a tick, which takes less than a second, and reads the core there. The newest question counts. */
import { explainTick } from './explain.ts';
import type { ExplainAsked } from './messages.ts';
import { say } from './post-message.ts';
import { Runner } from './runner.ts';
import { VERSION } from './version.ts';

const SLICE_MS = 40;

let asked: ExplainAsked | null = null;
let runner: Runner | null = null;
let runs = '';

const beat = new MessageChannel();
beat.port1.onmessage = () => work();

function work(): void {
  const now = runner;
  if (now === null || asked === null) return;
  const until = performance.now() + SLICE_MS;
  while (now.log.rows <= asked.row && !now.over && performance.now() < until) now.next();
  if (now.log.rows <= asked.row && !now.over) {
    beat.port2.postMessage(0);
    return;
  }
  say({
    kind: 'explained',
    id: asked.id,
    row: now.log.rows - 1,
    atMs: now.nowMs,
    lines: explainTick(now.core.core),
  });
  asked = null;
}

/** Answers as soon as it can, unless a newer question comes before. */
export function explainOrder(data: ExplainAsked): void {
  asked = data;
  const spec = JSON.stringify(data.spec);
  if (runner === null || spec !== runs || runner.log.rows > data.row) {
    runs = spec;
    try {
      runner = new Runner(data.spec, VERSION);
    } catch {
      runner = null;
      return;
    }
  }
  beat.port2.postMessage(0);
}
