/**
 * From an identified plant and an aim to a proposal: settings tried on plants like it, the best one confirmed on fresh ones. Proposes,
 * never applies; whatever goes wrong, the settings stay as they are.
 */
import { checkSettings, type Settings } from '../../src/settings.ts';
import type { Exercise } from '../plant/limb-params.ts';
import type { Aim, Tries } from './aims.ts';
import { type AlikePlant, alike } from './alike.ts';
import type { Identified } from './identify.ts';
import { type Difference, difference, pick } from './statistics.ts';
import type { Figures } from './trial.ts';
import type { RunTrials, Task } from './trial-task.ts';

export interface Change {
  readonly name: keyof Settings;
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

export interface Proposal {
  /** Empty = keep everything. */
  readonly changes: readonly Change[];
  /** Settings as proposed; the same object as before when nothing is. */
  readonly settings: Settings;
  /** Why nothing is proposed, when nothing is. */
  readonly kept: string | undefined;
  /** Trials on fresh plants like the identified one, with the settings as they are and as proposed. */
  readonly before: readonly Figures[];
  readonly after: readonly Figures[];
}

export interface ProposeOptions {
  readonly limb: 'thigh' | 'arm';
  readonly motion: Exercise;
  /** Plants that choose, and as many fresh ones that confirm. */
  readonly count: number;
  readonly seed: number;
  /** Points of either band that may be given away. */
  readonly give: number;
  readonly onTrial?: () => void;
  readonly run: RunTrials;
}

/** Fewer plants like it than this say nothing. */
const LEAST_PLANTS = 6;

function keep(settings: Settings, kept: string, before: readonly Figures[] = []): Proposal {
  return { changes: [], settings, kept, before, after: before };
}

async function tried(
  plants: readonly AlikePlant[],
  sets: readonly Settings[],
  options: ProposeOptions,
): Promise<Figures[][]> {
  const tasks: Task[] = plants.map((on) => ({ on, motion: options.motion, sets }));
  const results = await options.run(tasks, () => options.onTrial?.());
  return sets.map((_, i) => results.map((figures) => figures[i] as Figures));
}

/** Number of calls of `onTrial` that a whole proposal makes. */
export function plannedTrials(aim: Aim, options: ProposeOptions): number {
  return options.count * (aim.tries.length + 1);
}

interface Judged {
  readonly gain: Difference;
  readonly move: Difference;
  readonly rest: Difference;
  readonly moreTrips: number;
}

function judge(aim: Aim, before: readonly Figures[], after: readonly Figures[]): Judged {
  const cost = (list: readonly Figures[]): number[] => list.map((f) => aim.cost(f));
  const trips = (list: readonly Figures[]): number => list.reduce((sum, f) => sum + f.trips, 0);
  return {
    gain: difference(cost(after), cost(before)),
    move: difference(pick(before, 'move10'), pick(after, 'move10')),
    rest: difference(pick(before, 'rest5'), pick(after, 'rest5')),
    moreTrips: trips(after) - trips(before),
  };
}

/** Does no harm: no trip more, neither band worse by more than is given away, and everything a number. */
function harmless(j: Judged, give: number): boolean {
  return j.moreTrips <= 0 && j.move.mean >= -give && j.rest.mean >= -give && j.gain.count > 0;
}

/** Best value of one setting on the choosing plants, or undefined when none is better than what is set. */
async function bestValue(
  aim: Aim,
  tries: Tries,
  base: Settings,
  plants: readonly AlikePlant[],
  options: ProposeOptions,
): Promise<Settings | undefined> {
  const { name, values } = tries;
  const sets = values
    .filter((value) => value !== base[name])
    .map((value) => checkSettings(base, { [name]: value }).settings)
    .filter((settings) => settings !== undefined);
  const [before = [], ...results] = await tried(plants, [base, ...sets], options);
  let best: { settings: Settings; gain: number } | undefined;
  for (const [i, after] of results.entries()) {
    const j = judge(aim, before, after);
    const settings = sets[i];
    if (settings === undefined || !harmless(j, options.give)) continue;
    if (!(j.gain.mean > Math.max(aim.worth, best?.gain ?? 0))) continue;
    best = { settings, gain: j.gain.mean };
  }
  return best?.settings;
}

function reason(aim: Aim, j: Judged): string {
  const points = (d: Difference): string =>
    d.count === 0 ? 'not seen' : `${d.mean >= 0 ? '+' : ''}${d.mean.toFixed(1)} points`;
  return (
    `${aim.costName}: less by ${j.gain.mean.toFixed(1)} ± ${j.gain.error.toFixed(1)} ${aim.unit} on ${j.gain.count} fresh plants like it; ` +
    `time within ±10 % moving ${points(j.move)}, within ±5 % at rest ${points(j.rest)}`
  );
}

/** The whole way. Never throws for what the data or the plants say; a bug in the core would. */
export async function propose(
  seen: Identified,
  base: Settings,
  aim: Aim,
  options: ProposeOptions,
): Promise<Proposal> {
  const { limb, motion, count, seed } = options;
  const plants = alike(seen, limb, motion, base.lopMmHg, seed, count);
  const fresh = alike(seen, limb, motion, base.lopMmHg, seed + 1_000_003, count);
  if (Math.min(plants.length, fresh.length) < Math.min(LEAST_PLANTS, count))
    return keep(
      base,
      `only ${Math.min(plants.length, fresh.length)} plants like this one could be drawn: its figures are not those of a pump, valve and cuff that the simulator knows`,
    );
  let settings = base;
  for (const tries of aim.tries)
    settings = (await bestValue(aim, tries, settings, plants, options)) ?? settings;
  const names = aim.tries.map(({ name }) => name);
  const changed = names.filter((name) => settings[name] !== base[name]);
  const sets = changed.length > 0 ? [base, settings] : [base];
  const [before = [], after = before] = await tried(fresh, sets, options);
  if (changed.length === 0) {
    const what = names.length > 0 ? names.join(', ') : 'no setting';
    return keep(
      base,
      `nothing tried (${what}) is better than what is set by more than ${aim.worth} ${aim.unit}`,
      before,
    );
  }
  const j = judge(aim, before, after);
  const sure = j.gain.mean > 2 * j.gain.error && j.gain.mean > aim.worth;
  if (!sure || !harmless(j, options.give)) {
    return keep(
      base,
      `what looked best (${changed.map((name) => `${name} ${settings[name]}`).join(', ')}) did not hold up on fresh plants: ${reason(aim, j)}`,
      before,
    );
  }
  const why = reason(aim, j);
  const changes = changed.map((name) => ({ name, from: base[name], to: settings[name], why }));
  return { changes, settings, kept: undefined, before, after };
}
