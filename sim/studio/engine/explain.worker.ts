/** The worker that explains: it repeats a run up to a tick, which takes less than a second, and reads the core there. The newest question counts. */
import { type ExplainedLine, explainTick } from './explain.ts';
import { Runner } from './runner.ts';
import type { TrySpec } from './try-spec.ts';
import { VERSION } from './version.ts';

export interface ExplainAsked {
  readonly id: number;
  readonly spec: TrySpec;
  /** Row of the run, from 0. */
  readonly row: number;
}

export interface Explained {
  readonly id: number;
  readonly row: number;
  readonly atMs: number;
  readonly lines: readonly ExplainedLine[];
}

const SLICE_MS = 40;

const page = self as unknown as {
  onmessage: ((event: MessageEvent<ExplainAsked>) => void) | null;
  postMessage(message: Explained): void;
};

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
  page.postMessage({
    id: asked.id,
    row: now.log.rows - 1,
    atMs: now.nowMs,
    lines: explainTick(now.core.core),
  });
  asked = null;
}

page.onmessage = ({ data }) => {
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
};
