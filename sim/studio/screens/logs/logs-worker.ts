/** The worker that reads logs and replays them, so that a large one never holds up the page. It keeps what it opened, by number. */

import { BadInput } from '../../../../tools/input/bad-input.ts';
import { jsonOfTexts } from '../../../../tools/settings/json-store.ts';
import { type OpenedLog, openLog } from '../../../log/open-log.ts';
import { fromBox, fromRun, type Recorded, replay } from '../../../log/replay.ts';
import { textsOf } from '../../../log/store-texts.ts';
import { Runner } from '../../engine/runner.ts';
import { FIRST_SPEC } from '../../engine/try-spec.ts';
import { VERSION } from '../../engine/version.ts';
import type { FromLogs, ToLogs } from './messages.ts';

const page = self as unknown as {
  onmessage: ((event: MessageEvent<ToLogs>) => void) | null;
  postMessage(message: FromLogs): void;
};

const opened = new Map<number, OpenedLog>();

function rowsOf(log: OpenedLog): Recorded[] {
  if (log.kind === 'rows') return fromRun(log.log);
  if (typeof log.box === 'string') throw new BadInput([log.box]);
  return fromBox(log.box);
}

/** What a simulated device has kept after a session in which the hose comes off: so early that its black box reaches back to the first tick. */
function exampleBytes(id: number): Uint8Array {
  const runner = new Runner({ ...FIRST_SPEC, fault: ['hose-off@62'] }, VERSION);
  while (!runner.over) {
    if (runner.log.rows % 500 === 0)
      page.postMessage({ kind: 'progress', id, share: runner.nowMs / runner.latestEndMs });
    runner.next();
  }
  return new TextEncoder().encode(jsonOfTexts(textsOf(runner.core)));
}

function open(id: number, bytes: Uint8Array): void {
  const log = openLog(bytes);
  opened.set(id, log);
  page.postMessage({ kind: 'opened', id, log });
}

function answer(order: ToLogs): void {
  const { id } = order;
  if (order.kind === 'open') open(id, order.bytes);
  else if (order.kind === 'example') open(id, exampleBytes(id));
  else {
    const log = opened.get(id);
    if (log === undefined) throw new BadInput(['this log is not open any more: open it again']);
    const told = (share: number): void => page.postMessage({ kind: 'progress', id, share });
    const { lopMmHg, arm } = order.order;
    page.postMessage({ kind: 'replayed', id, replay: replay(rowsOf(log), lopMmHg, arm, told) });
  }
}

page.onmessage = ({ data }) => {
  try {
    answer(data);
  } catch (error) {
    const problems = error instanceof BadInput ? error.problems : [(error as Error).message];
    page.postMessage({ kind: 'failed', id: data.id, problems });
  }
};
