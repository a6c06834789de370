/** What the screen "Tune" knows and does: a cuff, cuffs like it, a proposal. It proposes and applies nothing. */
import { signal } from '@preact/signals';
import type { Exercise } from '../../../plant/limb-params.ts';
import { AIMS, type AimName } from '../../../tune/aims.ts';
import type { AlikePlant } from '../../../tune/alike.ts';
import { type Proposal, plannedTrials, propose } from '../../../tune/propose.ts';
import type { RunTrials } from '../../../tune/trial-task.ts';
import type { CloudLine, Seen } from './messages.ts';
import { Stopped, TunePool } from './pool.ts';
import { AS_IT_IS, isOther, type WhatIf } from './what-if.ts';

export const MOVEMENTS: readonly Exercise[] = ['run', 'walk', 'cycle', 'legpress', 'curl'];
export const COUNTS: readonly number[] = [6, 24, 200];
/** Points of either band that a proposal may give away. */
const GIVE = 2;
const SEED = 1;

export interface Cloud {
  readonly lines: readonly CloudLine[];
  readonly wanted: number;
  readonly whatIf: WhatIf;
  readonly motion: Exercise;
}

/** What was chosen when the last cloud or proposal was asked for: a choice that is made later says nothing of it. */
export interface Choices {
  readonly motion: Exercise;
  readonly aim: AimName;
  readonly count: number;
  readonly whatIf: WhatIf;
}

export const seen = signal<Seen | null>(null);
export const motion = signal<Exercise>('run');
export const aim = signal<AimName>('band');
export const count = signal(24);
export const whatIf = signal<WhatIf>(AS_IT_IS);
/** The cuffs like it as they are, and with other parts; null = not asked for. */
export const asItIs = signal<Cloud | null>(null);
export const withOther = signal<Cloud | null>(null);
export const proposal = signal<Proposal | null>(null);
/** Null = nothing was asked for of this cuff. */
export const asked = signal<Choices | null>(null);
export const busy = signal<{ readonly what: string; readonly done: number; readonly of: number } | null>(
  null,
);
export const problem = signal('');

let pool: TunePool | null = null;

/** One thing at a time: what is asked for next ends what is under way. */
async function withPool(what: string, work: (on: TunePool) => Promise<void>): Promise<void> {
  pool?.stop();
  const mine = new TunePool();
  pool = mine;
  problem.value = '';
  busy.value = { what, done: 0, of: 0 };
  try {
    await work(mine);
  } catch (error) {
    if (!(error instanceof Stopped)) problem.value = (error as Error).message;
  } finally {
    mine.stop();
    if (pool === mine) {
      pool = null;
      busy.value = null;
    }
  }
}

export function stop(): void {
  pool?.stop();
}

function forget(): void {
  asItIs.value = null;
  withOther.value = null;
  proposal.value = null;
  asked.value = null;
}

function ask(): Choices {
  const choices = { motion: motion.value, aim: aim.value, count: count.value, whatIf: whatIf.value };
  asked.value = choices;
  return choices;
}

export function choosePlant(name: string): Promise<void> {
  return withPool('Commissioning this simulated cuff', async (on) => {
    forget();
    seen.value = await on.ask({ kind: 'plant', name, seed: SEED });
  });
}

export async function chooseLog(file: File, arm: boolean): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return withPool(`Reading ${file.name}`, async (on) => {
    const found = await on.ask({ kind: 'log', name: file.name, bytes, arm });
    forget();
    seen.value = found;
  });
}

async function drawn(on: TunePool, what: Seen, chosen: Choices): Promise<readonly AlikePlant[]> {
  const { identified, limb, settings } = what;
  if (identified === undefined) throw new Error('nothing could be identified');
  const { lopMmHg } = settings;
  const wanted = { motion: chosen.motion, lopMmHg, seed: SEED, count: chosen.count };
  const plants = await on.ask({ kind: 'alike', seen: identified, limb, ...wanted });
  if (plants.length === 0)
    throw new Error(
      'no cuff like this one could be drawn: the simulator knows no pump, valve and cuff of such figures',
    );
  return plants;
}

async function paint(
  on: TunePool,
  what: Seen,
  plants: readonly AlikePlant[],
  how: Pick<Choices, 'motion' | 'whatIf'>,
  into: typeof asItIs,
): Promise<void> {
  into.value = { lines: [], wanted: plants.length, ...how };
  await Promise.all(
    plants.map(async (plant) => {
      const line = await on.ask({ kind: 'cloud', on: plant, settings: what.settings, ...how });
      const now = into.value;
      if (now !== null) into.value = { ...now, lines: [...now.lines, line] };
      tell();
    }),
  );
}

function tell(): void {
  const now = busy.value;
  if (now !== null) busy.value = { ...now, done: now.done + 1 };
}

/** Cuffs like this one, painted as they are done: as they are and, where that is asked for, with other parts. */
export function paintClouds(): Promise<void> {
  return withPool('Running cuffs like this one', async (on) => {
    const what = seen.value;
    if (what === null) return;
    const chosen = ask();
    const { motion, whatIf: parts } = chosen;
    withOther.value = null;
    const plants = await drawn(on, what, chosen);
    busy.value = {
      what: 'Running cuffs like this one',
      done: 0,
      of: plants.length * (isOther(parts) ? 2 : 1),
    };
    await paint(on, what, plants, { motion, whatIf: AS_IT_IS }, asItIs);
    if (isOther(parts)) await paint(on, what, plants, { motion, whatIf: parts }, withOther);
  });
}

export function proposeNow(): Promise<void> {
  return withPool('Trying settings on cuffs like this one', async (on) => {
    const what = seen.value;
    const choices = ask();
    const chosen = AIMS.find(({ name }) => name === choices.aim);
    if (what?.identified === undefined || chosen === undefined) return;
    const run: RunTrials = (tasks, onDone) =>
      Promise.all(
        tasks.map(async (task) => {
          const figures = await on.ask({ kind: 'trial', task });
          onDone();
          return figures;
        }),
      );
    const options = {
      limb: what.limb,
      motion: choices.motion,
      count: Math.min(choices.count, 24),
      seed: SEED,
      give: GIVE,
      onTrial: tell,
      run,
    };
    busy.value = { what: 'Trying settings', done: 0, of: plannedTrials(chosen, options) };
    proposal.value = null;
    proposal.value = await propose(what.identified, what.settings, chosen, options);
  });
}
