/**
 * The commissioning, step by step: each makes the next one safe. The valve is proven to be open without power, and the outputs to fall by
 * hardware, before the pump runs. It ends at the first step that fails: what comes after is not measured, and has not passed.
 */
import { identify } from '../tune/identify.ts';
import type { Bench, Place, RunSeen } from './bench.ts';
import { electricLines } from './electric.ts';
import {
  type Earlier,
  LINE_IDS,
  LINE_RULES,
  type Line,
  type LineId,
  lineOf,
  linesAfter,
  lineText,
  type Part,
} from './lines.ts';

export interface Report {
  /** One a line id, in order. */
  readonly lines: readonly Line[];
  readonly passed: boolean;
  /** What ended it early, '' = nothing. */
  readonly endedBy: string;
}

interface Step {
  readonly title: string;
  /** What it measures. */
  readonly ids: readonly LineId[];
  readonly work: (bench: Bench) => Promise<Line[]>;
}

async function openUnpowered(bench: Bench): Promise<Line[]> {
  const open = await bench.yes(
    'open-unpowered',
    'Battery and USB off. Blow into the hose where the cuff goes. Does the air come out at the valve at once?',
  );
  return [lineOf('open-unpowered', open ? 1 : 0)];
}

async function atRest(bench: Bench): Promise<Line[]> {
  return [lineOf('rest', await bench.rest())];
}

/** Nothing but this valve limits the pressure of a pump straight on the battery: it is asked for only where the valve has opened by hand. */
async function relief(bench: Bench): Promise<Line[]> {
  const crack = await bench.number(
    'relief-crack',
    'Bottle, second gauge and relief valve on one line. Raise it slowly by the hand bulb: at what pressure does the relief valve begin to blow, mmHg (0 = it never did up to 340)?',
  );
  const cracked = lineOf('relief-crack', crack);
  if (!cracked.passed) return [cracked, lineOf('relief-full', Number.NaN)];
  const full = await bench.number(
    'relief-full',
    'The pump straight on the battery, blowing into bottle and relief valve for 10 s: what is the highest pressure, mmHg? Take the pump off at 340.',
  );
  return [cracked, lineOf('relief-full', full)];
}

async function stopVents(bench: Bench): Promise<Line[]> {
  return [lineOf('stop', await bench.stop())];
}

function lossOf(run: RunSeen): number {
  const seen = run.trace === undefined ? undefined : identify(run.trace).identified;
  return run.problem !== undefined ? Number.NaN : (seen?.lossPerMin ?? Number.NaN);
}

async function seenAt(
  bench: Bench,
  place: Place,
): Promise<{ run: RunSeen; seen: ReturnType<typeof identify>['identified'] }> {
  const run = await bench.run(place);
  if (run.problem !== undefined) bench.say(`  The run ended early: ${run.problem}`);
  const seen =
    run.trace === undefined || run.problem !== undefined ? undefined : identify(run.trace).identified;
  return { run, seen };
}

/** Mean reading of the first hold, mmHg. */
function holdOf(run: RunSeen): number {
  const t = run.trace;
  if (t === undefined) return Number.NaN;
  const top = Math.max(...t.setpoint);
  const held = t.mmHg.filter((mmHg, i) => t.setpoint[i] === top && Math.abs(mmHg - top) < top / 20);
  return held.length < 100 ? Number.NaN : held.reduce((sum, mmHg) => sum + mmHg, 0) / held.length;
}

/** What the device says of its own ticks in the run. A loop that is slower than its period is worth a word: it is held less well. */
function tickLines(bench: Bench, { pace }: RunSeen): Line[] {
  if (pace === undefined) return [lineOf('tick-longest', Number.NaN), lineOf('tick-mean', Number.NaN)];
  if (pace.meanMs > pace.periodMs)
    bench.say(
      `  Note: a tick takes ${pace.meanMs} ms in the mean, and the period is ${pace.periodMs}: ticks come late, and movement is held less well (docs/boards.md).`,
    );
  return [lineOf('tick-longest', pace.longestMs), lineOf('tick-mean', pace.meanMs)];
}

async function onBottle(bench: Bench): Promise<Line[]> {
  const { run, seen } = await seenAt(bench, 'bottle');
  const gauge = await bench.number(
    'gauge',
    'What did the second gauge show while the pressure was held, mmHg?',
  );
  return [
    lineOf('rise', seen?.risePerS ?? Number.NaN),
    lineOf('gauge', run.problem === undefined ? (100 * (holdOf(run) - gauge)) / gauge : Number.NaN),
    lineOf('noise', seen?.noiseMmHg ?? Number.NaN),
    lineOf('leak', seen?.lossPerMin ?? Number.NaN),
    ...tickLines(bench, run),
    lineOf('rail-least', (seen?.railMv?.least ?? Number.NaN) - bench.minRailMv),
  ];
}

/** The rail is looked at before, to spare the heating, and in the run itself: that one counts too. */
async function hot(bench: Bench): Promise<Line[]> {
  const before = await bench.lowestRail(bench.minStartMv + LINE_RULES['hot-rail'].max);
  const low = (mv: number): Line => lineOf('hot-rail', mv - bench.minStartMv);
  if (!low(before).passed) return [low(before)];
  const heated = lineOf('hot-coil', await bench.heat());
  if (!heated.passed) return [low(before), heated];
  const { run, seen } = await seenAt(bench, 'hot');
  const rail = Math.max(before, seen?.railMv?.idle ?? 0);
  return [low(rail), heated, lineOf('hot-hold', lossOf(run))];
}

async function onCuff(bench: Bench): Promise<Line[]> {
  const { seen } = await seenAt(bench, 'cuff');
  return [lineOf('cuff-loss', seen?.lossPerMin ?? Number.NaN), lineOf('vent', seen?.ventS ?? Number.NaN)];
}

async function damping(bench: Bench): Promise<Line[]> {
  const ml = await bench.number('damping-ml', 'Damping volume at the cuff, mL (0 = none)?');
  return [lineOf('damping-ml', ml)];
}

/** In this order. */
export const STEPS: readonly Step[] = [
  { title: 'The valve is open without power', ids: ['open-unpowered'], work: openUnpowered },
  {
    title: 'Each output alone, pull-downs, dead-man, watchdog (service mode)',
    ids: ['enables-off', 'enables-floating', 'pump-alone', 'valve-alone', 'dead-man', 'watchdog'],
    work: electricLines,
  },
  { title: 'Reading at rest', ids: ['rest'], work: atRest },
  { title: 'The relief valve', ids: ['relief-crack', 'relief-full'], work: relief },
  { title: 'STOP vents (bottle)', ids: ['stop'], work: stopVents },
  {
    title: 'The commissioning run on the bottle',
    ids: ['rise', 'gauge', 'noise', 'leak', 'tick-longest', 'tick-mean', 'rail-least'],
    work: onBottle,
  },
  {
    title: 'The same with the valve hot and the battery at its lowest',
    ids: ['hot-rail', 'hot-coil', 'hot-hold'],
    work: hot,
  },
  { title: 'The cuff, rolled on a dummy', ids: ['cuff-loss', 'vent'], work: onCuff },
  { title: 'Damping volume', ids: ['damping-ml'], work: damping },
];

/** True where a step of the list after a change of `part` opens service mode itself. */
export function asksService(part: Part): boolean {
  return part === 'board' || part === 'firmware' || part === 'pump' || part === 'valve';
}

/** No earlier report. */
export const NO_EARLIER: Earlier = { values: {}, changed: [] };

/**
 * `prepare` comes after the first question, and nothing is changed before it: it gives the values of an earlier report that still hold where only
 * `part` was changed, and what has changed besides.
 */
export async function commissionBuild(
  bench: Bench,
  part?: Part,
  prepare: () => Promise<Earlier> = () => Promise.resolve(NO_EARLIER),
): Promise<Report> {
  const found = new Map<LineId, Line>();
  let endedBy = '';
  if (!(await bench.yes('no-limb', 'Is the cuff OFF every limb, and will it stay off until the end?')))
    endedBy = 'The cuff is on a limb';
  const before = endedBy === '' ? await prepare() : NO_EARLIER;
  const wanted = linesAfter(part === undefined ? undefined : [part, ...before.changed]);
  for (const [i, step] of STEPS.entries()) {
    if (endedBy !== '' || !step.ids.some((id) => wanted.includes(id))) continue;
    bench.say(`\nStep ${i + 1} of ${STEPS.length}: ${step.title}`);
    const lines = await step.work(bench);
    for (const line of lines) {
      found.set(line.id, line);
      bench.say(lineText(line));
    }
    if (lines.some((line) => !line.passed)) endedBy = step.title;
  }
  const lines = LINE_IDS.map(
    (id) => found.get(id) ?? lineOf(id, wanted.includes(id) ? Number.NaN : (before.values[id] ?? Number.NaN)),
  );
  return { lines, passed: endedBy === '' && lines.every((line) => line.passed), endedBy };
}
