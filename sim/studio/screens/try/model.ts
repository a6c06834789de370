/**
 * What the screen "Try" knows and does: the spec of the run, its rows as they come from the worker, and the run before as a ghost. The
 * components read signals and call these functions; nobody else talks to the worker.
 */
import { computed, signal } from '@preact/signals';
import { TICK_MS } from '../../../../src/limits.ts';
import { LiveRun } from '../../../report/live-run.ts';
import { phaseNames } from '../../../report/phase-names.ts';
import type { RunEvent } from '../../../report/run-log.ts';
import { plannedSeconds } from '../../../setup/protocols.ts';
import type { Face, FromRunner, Pace, ToRunner } from '../../engine/messages.ts';
import { FIRST_SPEC, fromWords, type Proof, specOf, type TrySpec, toWords } from '../../engine/try-spec.ts';
import { startWorker } from '../../engine/workers.ts';
import { keepInAddress, route } from '../../shell/route.ts';
import type { Asked, Deed } from './first-steps.ts';

/** Fills come on top of a protocol's own time, s. */
const FILLS_S = 75;

export type Over = Extract<FromRunner, { kind: 'over' }>;

export const spec = signal<TrySpec>(FIRST_SPEC);
export const pace = signal<Pace>(10);
export const playing = signal(true);
export const face = signal<Face | null>(null);
/** Null while the run goes on. */
export const over = signal<Over | null>(null);
/** Why the last change was refused; '' = it was not. */
export const problem = signal('');
/** What a link promised of its run, and what came of it. */
export const proof = signal<Proof | null>(null);
export const proven = signal<'' | 'same' | 'differs'>('');
/** Counted up with each block of rows, and with each run that takes the place of another. */
export const rowsCame = signal(0);
export const runsCame = signal(0);
/** Where the watching of the run began: 0, or the moment from which it goes on, s. */
export const watchedFromS = signal(0);
/** Row under the cursor, -1 = none. */
export const cursorRow = signal(-1);
/** Deeds of the reader, for who leads through the first minute. */
export const deeds = signal<ReadonlySet<Deed>>(new Set());
/** What the first minute asks for now; '' = nothing. */
export const nextDeed = signal<Asked | ''>('');
/** True while the reader guesses at a fault of the run: its faults are not told. */
export const secret = signal(false);
/** The address that repeats the run, once it was asked for; '' = not yet. */
export const link = signal('');
/** The link is on the clipboard. */
export const copied = signal(false);

export const resolved = computed(() => specOf(spec.value));

let worker: Worker | null = null;
let id = 0;
let run = emptyRun(FIRST_SPEC);
let ghost: LiveRun | null = null;
/** The run that is shown was looked at: it is worth being the next one's ghost. */
let settled = false;
let redraw: ReturnType<typeof setTimeout> | undefined;
let linkWanted = false;
/** What a trip is called while its name is not told. */
const SECRET_TRIP = 'a rule has tripped';
/** Faults and trips that are not told yet. */
let untold: RunEvent[] = [];

export function theRun(): LiveRun {
  return run;
}

export function theGhost(): LiveRun | null {
  return ghost;
}

function emptyRun(of: TrySpec): LiveRun {
  const { chosen, protocol } = specOf(of);
  return new LiveRun({
    tickMs: TICK_MS,
    lopMmHg: chosen.plant.lopMmHg,
    hasTruth: true,
    phases: phaseNames(),
    capacity: 26_000,
    plannedS: plannedSeconds(protocol.protocol) + FILLS_S,
  });
}

export function did(deed: Deed): void {
  if (!deeds.value.has(deed)) deeds.value = new Set([...deeds.value, deed]);
}

export function tell(message: ToRunner): void {
  worker?.postMessage(message);
}

interface Beginning {
  /** As fast as it goes up to here, ms. */
  readonly fastToMs: number;
  readonly pace: Pace;
  readonly playing: boolean;
  /** The faults of the run are not told until `reveal`. */
  readonly secret?: boolean;
}

/** The run that is shown was looked at, however far it has come. */
export function look(): void {
  settled = true;
}

/** Begins a run of `next`; false = it was refused, and nothing has changed. */
export function begin(next: TrySpec, how: Beginning): boolean {
  try {
    specOf(next);
  } catch (error) {
    problem.value = (error as Error).message;
    return false;
  }
  problem.value = '';
  if (how.secret === true) ghost = null;
  else if (settled && run.rows > 0) ghost = run;
  secret.value = how.secret === true;
  untold = [];
  settled = how.pace !== 'most' || !how.playing;
  spec.value = next;
  run = emptyRun(next);
  over.value = null;
  link.value = '';
  cursorRow.value = -1;
  pace.value = how.pace;
  playing.value = how.playing;
  watchedFromS.value = how.fastToMs / 1000;
  runsCame.value++;
  const { fastToMs, pace: at, playing: plays } = how;
  const order = { fastToMs, pace: at, playing: plays };
  tell({ kind: 'start', id: ++id, spec: next, ...order, proofRows: proof.value?.rows ?? 0 });
  return true;
}

/** The whole run with other settings: drawn anew as fast as it goes, shortly after the last change. */
export function redrawWith(next: TrySpec): void {
  clearTimeout(redraw);
  proof.value = null;
  proven.value = '';
  redraw = setTimeout(() => {
    if (begin(next, { fastToMs: 0, pace: 'most', playing: true })) keep(toWords(next, null));
  }, 25);
}

/** While the reader guesses, a fault is not told, and of a trip only that there was one: its name would tell the fault. */
function told(event: RunEvent): RunEvent[] {
  if (!secret.value || (event.kind !== 'fault' && event.kind !== 'trip')) return [event];
  untold.push(event);
  return event.kind === 'trip' ? [{ ...event, text: SECRET_TRIP }] : [];
}

/** The reader has guessed: what was kept back is told. */
export function reveal(): void {
  const shown = run.events.filter(({ text }) => text !== SECRET_TRIP);
  run.events.splice(0, run.events.length, ...shown, ...untold);
  untold = [];
  secret.value = false;
  rowsCame.value++;
}

function took(message: Extract<FromRunner, { kind: 'did' }>): void {
  const { press, fault, event } = message;
  const now = spec.value;
  spec.value = {
    ...now,
    press: [...now.press, ...(press ?? [])],
    fault: fault === undefined ? now.fault : [...now.fault, fault],
    event: event === undefined ? now.event : [...now.event, event],
  };
}

function summed(rows: number, sum: string): void {
  const promised = proof.value;
  if (promised !== null && promised.rows === rows) proven.value = promised.sum === sum ? 'same' : 'differs';
  if (linkWanted) showLink({ rows, sum });
}

function hear({ data }: MessageEvent<FromRunner>): void {
  if (data.id !== id) return;
  if (data.kind === 'rows') {
    run.append(data.block, data.rows);
    run.events.push(...data.events.flatMap(told));
    face.value = data.face;
    if (data.face.trip !== 0 && deeds.value.has('fault')) did('trip');
    rowsCame.value++;
  } else if (data.kind === 'did') took(data);
  else if (data.kind === 'sum') summed(data.rows, data.sum);
  else if (data.kind === 'over') {
    settled = true;
    playing.value = false;
    // nothing more is to come: the chart ends where the run has ended
    run.plannedS = 0;
    over.value = data;
    if (proof.value !== null && proven.value === '') proven.value = 'differs';
  } else problem.value = data.why;
}

/** When the screen is opened: the run of the address, else the first one, already on its way. */
export function open(): void {
  if (worker === null) {
    worker = startWorker('run');
    worker.onmessage = hear;
    worker.onerror = (event) => {
      problem.value = `The worker that runs the firmware has ended: ${event.message}. The rows so far are kept; start again.`;
    };
    if (!openAddress()) {
      const why = problem.value;
      begin(FIRST_SPEC, { fastToMs: 0, pace: 10, playing: true });
      problem.value = why;
    }
  } else if (playing.value) tell({ kind: 'pace', pace: pace.value, playing: true });
}

/** Name of this screen in an address; it is also the one of an address that names none. */
const SCREEN = 'try';
/** What the address says of the run that is shown. */
let addressed = '';

function keep(words: string): void {
  addressed = words;
  keepInAddress(SCREEN, words);
}

/** Takes up the run of the address where it names one that is not shown already. */
export function openAddress(): boolean {
  const { screen, rest: words } = route.peek();
  if ((screen !== SCREEN && screen !== '') || words === '' || words === addressed) return false;
  addressed = words;
  try {
    const opened = fromWords(words);
    proof.value = opened.proof;
    proven.value = '';
    return begin(opened.spec, { fastToMs: 0, pace: 'most', playing: true });
  } catch (error) {
    problem.value = `The address is no run: ${(error as Error).message}`;
    return false;
  }
}

/** When the screen is left: nobody watches, so nothing runs. */
export function leave(): void {
  tell({ kind: 'pace', pace: pace.value, playing: false });
}

export function choosePace(next: Pace): void {
  if (over.value !== null) {
    begin(spec.value, { fastToMs: 0, pace: next, playing: true });
    return;
  }
  settled = true;
  pace.value = next;
  playing.value = true;
  tell({ kind: 'pace', pace: next, playing: true });
}

export function playOrPause(): void {
  if (over.value !== null) {
    begin(spec.value, { fastToMs: 0, pace: pace.value === 'most' ? 10 : pace.value, playing: true });
    return;
  }
  playing.value = !playing.value;
  tell({ kind: 'pace', pace: pace.value, playing: playing.value });
}

/** The same session from its beginning, without what was done to it. */
export function startAgain(): void {
  const fresh = { ...spec.value, press: [], fault: [], event: [] };
  proof.value = null;
  proven.value = '';
  begin(fresh, { fastToMs: 0, pace: pace.value === 'most' ? 10 : pace.value, playing: true });
  keep(toWords(fresh, null));
}

/** The link comes at once or with the sum of the rows so far. While the reader guesses there is none: it would name the fault. */
export function askForLink(): void {
  if (secret.value) return;
  const end = over.value;
  if (end !== null) {
    showLink({ rows: end.rows, sum: end.sum });
    return;
  }
  linkWanted = true;
  tell({ kind: 'sum' });
}

function showLink(of: Proof): void {
  linkWanted = false;
  keep(toWords(spec.value, of));
  link.value = location.href;
  copied.value = false;
  // the address stands in the field in any case: a browser may refuse the clipboard
  navigator.clipboard?.writeText(link.value).then(
    () => {
      copied.value = true;
    },
    () => undefined,
  );
}
