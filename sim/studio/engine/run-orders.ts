/**
 * Orders to run, in a worker. It keeps the run's pace by its own clock, sends rows as they come, and listens between two slices of work, so
 * that a newer order is never kept waiting for longer than one of them.
 */
import type { Pace, ToRunner } from './messages.ts';
import { say } from './post-message.ts';
import { Runner } from './runner.ts';
import { VERSION } from './version.ts';

/** A slice of work, ms: short while somebody watches it live, longer while a whole run is wanted. */
const LIVE_SLICE_MS = 10;
const WHOLE_SLICE_MS = 60;
/** Between two slices while live, ms: every other frame, so that the page has time for more than the chart. A tick is 50 ms. */
const FRAME_MS = 33;
/** A second press of a double press comes within this, ms. */
const FINGER_AFTER_MS = 700;

let runner: Runner | null = null;
let id = 0;
let pace: Pace = 10;
let playing = true;
let fastToMs = 0;
/** Where the pace counts from: simulated and real time, ms. */
let fromSimMs = 0;
let fromRealMs = 0;
let workedMs = 0;
let proofRows = 0;
/** Real time until which the pace is 1: a finger's press would be a hold at ten times the speed. */
let fingerUntilMs = 0;
let waiting = 0;

const beat = new MessageChannel();
beat.port1.onmessage = () => work();

function soon(ms: number): void {
  clearTimeout(waiting);
  if (ms === 0) beat.port2.postMessage(0);
  else waiting = setTimeout(work, ms) as unknown as number;
}

function rebase(): void {
  fromSimMs = runner?.nowMs ?? 0;
  fromRealMs = performance.now();
}

/** True while the button is down and for a moment after it. */
function hasFinger(): boolean {
  if (fingerUntilMs === 0) return false;
  if (performance.now() < fingerUntilMs) return true;
  fingerUntilMs = 0;
  rebase();
  return false;
}

/** Simulated time up to which this slice may go, ms. */
function goalMs(now: Runner): number {
  if (now.nowMs < fastToMs) return fastToMs;
  if (!playing) return now.nowMs;
  if (hasFinger()) return fromSimMs + (performance.now() - fromRealMs);
  return pace === 'most' ? Number.POSITIVE_INFINITY : fromSimMs + (performance.now() - fromRealMs) * pace;
}

function send(now: Runner): void {
  const { block, rows, events } = now.take();
  const buffers = Object.values(block).map((column) => column.buffer as ArrayBuffer);
  say({ kind: 'rows', id, block, rows, events, face: now.face() }, buffers);
}

/** The figures are worked out by files that are fetched only now: nothing of them is needed for the first picture. */
async function end(now: Runner): Promise<void> {
  const of = id;
  const took = workedMs;
  runner = null;
  const { rows } = now.log;
  const sum = now.sum(rows);
  const { log, notStarted } = now.finish();
  const [{ figuresOf }, { metricsOf }] = await Promise.all([
    import('../../report/figures.ts'),
    import('../../report/metrics.ts'),
  ]);
  const figures = notStarted.length > 0 ? [] : figuresOf(log, metricsOf(log), null);
  say({ kind: 'over', id: of, sum, rows, notStarted, figures, workedMs: took });
}

/** A slice: ticks until the goal or the slice's time is reached, then what is new goes to the page. */
function work(): void {
  const now = runner;
  if (now === null) return;
  try {
    slice(now);
  } catch (error) {
    runner = null;
    say({ kind: 'failed', id, why: error instanceof Error ? error.message : String(error) });
  }
}

function slice(now: Runner): void {
  const fast = now.nowMs < fastToMs || (playing && pace === 'most' && fingerUntilMs === 0);
  const startedAt = performance.now();
  const until = startedAt + (fast ? WHOLE_SLICE_MS : LIVE_SLICE_MS);
  const goal = goalMs(now);
  const before = now.log.rows;
  while (!now.over && now.nowMs < goal) {
    now.next();
    if (now.log.rows === proofRows) say({ kind: 'sum', id, rows: proofRows, sum: now.sum(proofRows) });
    if ((now.log.rows & 15) === 0 && performance.now() >= until) break;
  }
  workedMs += performance.now() - startedAt;
  if (now.log.rows > before) send(now);
  if (now.over) {
    end(now).catch(reportError);
    return;
  }
  if (fast && now.nowMs >= fastToMs && pace !== 'most') rebase();
  // a computer that is too slow for the pace does not run after it
  else if (!fast && goal - now.nowMs > 1000) rebase();
  const more = now.nowMs < fastToMs || (playing && pace === 'most' && fingerUntilMs === 0);
  if (more) soon(0);
  else if (playing) soon(FRAME_MS);
}

function start(order: Extract<ToRunner, { kind: 'start' }>): void {
  id = order.id;
  ({ pace, playing, fastToMs, proofRows } = order);
  fingerUntilMs = 0;
  workedMs = 0;
  runner = null;
  try {
    runner = new Runner(order.spec, VERSION);
  } catch (error) {
    say({ kind: 'failed', id, why: error instanceof Error ? error.message : String(error) });
    return;
  }
  rebase();
  soon(0);
}

function act(now: Runner, order: ToRunner): void {
  if (order.kind === 'press') {
    rebase();
    fingerUntilMs = order.down ? Number.POSITIVE_INFINITY : performance.now() + FINGER_AFTER_MS;
    const press = now.button(order.button, order.down);
    if (press !== undefined) say({ kind: 'did', id, press: [press] });
  } else if (order.kind === 'presses') {
    say({ kind: 'did', id, press: now.presses(order.presses) });
  } else if (order.kind === 'sum') {
    say({ kind: 'sum', id, rows: now.log.rows, sum: now.sum(now.log.rows) });
  } else if (order.kind === 'fault') say({ kind: 'did', id, fault: now.fault(order.text) });
  else if (order.kind === 'event') say({ kind: 'did', id, event: now.event(order.event) });
}

/** Does what the page asks for. */
export function takeOrder(data: ToRunner): void {
  if (data.kind === 'start') start(data);
  else if (data.kind === 'pace') {
    ({ pace, playing } = data);
    rebase();
    soon(0);
  } else if (runner !== null) act(runner, data);
}
