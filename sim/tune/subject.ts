/** What is to be tuned: a simulated plant, commissioned here, or a log that was handed in; and its settings as they are. */
import { checkSettings, defaultSettings, LIMB_ARM, LIMB_LEG, type Settings } from '../../src/settings.ts';
import { SettingsProblems } from '../../tools/settings/commands.ts';
import { parseSettingsFile } from '../../tools/settings/settings-file.ts';
import { Rig } from '../plant/rig.ts';
import { BadOption } from '../setup/bad-option.ts';
import { choosePlant } from '../setup/plant-option.ts';
import { parsePairs } from '../setup/settings-option.ts';
import { onBottle, withBottle } from './bottle.ts';
import { commission, dummyLimb } from './commission.ts';
import { type Identification, type Identified, identify } from './identify.ts';
import { type RecordFigures, readLogFile } from './read-log.ts';
import { BadLog, type Trace } from './trace.ts';

export interface SubjectOptions {
  readonly plant?: string;
  readonly log?: string;
  /** Log of the same device on a rigid bottle, and the bottle's volume, mL. */
  readonly bottle?: string;
  readonly bottleMl: number;
  readonly limb: 'leg' | 'arm';
  readonly settings?: string;
  readonly set: string[];
  readonly seed: number;
}

export interface Subject {
  readonly source: string;
  readonly limb: 'thigh' | 'arm';
  readonly settings: Settings;
  readonly trace: Trace | undefined;
  readonly record: RecordFigures | undefined;
  /** What can be read from the trace, for a verdict even where something went wrong. */
  readonly seen: Identified | undefined;
  /** The same where nothing went wrong: what a proposal may rest on. */
  readonly identified: Identified | undefined;
  /** Why nothing was identified, or what else is wrong; then settings are kept. */
  readonly problems: readonly string[];
}

function fileSettings(path: string, base: Settings): Settings {
  try {
    return parseSettingsFile(path, base);
  } catch (error) {
    if (!(error instanceof SettingsProblems)) throw error;
    throw new BadOption('--settings', path, `not readable as JSON settings: ${error.problems.join('; ')}`);
  }
}

function settingsOf(options: SubjectOptions, base: Settings): Settings {
  const first = options.settings === undefined ? base : fileSettings(options.settings, base);
  const then = checkSettings(first, parsePairs(options.set));
  if (then.settings === undefined)
    throw new BadOption('--set', options.set.join(' '), then.problems.join('; '));
  return then.settings;
}

/** Adds what a run on a bottle tells; a bottle's log that is no good is a problem like any other. */
function withBottleRun(
  found: Identification,
  run: () => { readonly trace: Trace; readonly ml: number },
): Identification {
  if (found.identified === undefined) return found;
  const { trace, ml } = run();
  const bottle = identify(trace);
  if (bottle.identified === undefined)
    return { identified: undefined, problems: bottle.problems.map((text) => `on the bottle: ${text}`) };
  return { identified: withBottle(found.identified, bottle.identified, ml), problems: [] };
}

function bottleTrace(path: string): Trace {
  const log = readLogFile(path);
  if (log.kind === 'trace') return log.trace;
  throw new BadLog(`${path}: a session record holds sums, no ticks`);
}

function simulated(options: SubjectOptions, given: string): Subject {
  const chosen = choosePlant(given, 'rest');
  const limb = chosen.plant.limb;
  const base = { ...defaultSettings(), limb: limb === 'arm' ? LIMB_ARM : LIMB_LEG };
  const settings = settingsOf(options, base);
  const rig = new Rig({ plant: chosen.plant, limb: dummyLimb(), sensor: 'MPRLS' }, options.seed);
  // the simulated run is made with a full-speed fill: a limited one shows the limit, not the pump
  const run = commission(rig, { ...settings, fillMmHgPerS: 0 }, `simulated ${chosen.name}`);
  const found = withBottleRun(identify(run.trace), () => {
    const vessel = onBottle(chosen.plant, options.bottleMl);
    const onIt = new Rig({ plant: vessel, limb: dummyLimb(), sensor: 'MPRLS' }, options.seed);
    return {
      trace: commission(onIt, { ...settings, fillMmHgPerS: 0 }, 'bottle').trace,
      ml: options.bottleMl,
    };
  });
  const problems = run.inhibits.length > 0 ? [] : [...found.problems];
  if (run.inhibits.length > 0)
    problems.push(`the device would not start the commissioning run: ${run.inhibits.join(', ')}`);
  else if (run.trip !== undefined) problems.push(`the supervisor ended the commissioning run: ${run.trip}`);
  else if (!run.complete) problems.push('the commissioning run did not come to its end within 5 min');
  return {
    source: `simulated ${chosen.name}`,
    limb,
    settings,
    trace: run.trace,
    record: undefined,
    seen: run.inhibits.length > 0 ? undefined : found.identified,
    identified: problems.length === 0 ? found.identified : undefined,
    problems,
  };
}

function logged(options: SubjectOptions, path: string): Subject {
  const limb = options.limb === 'arm' ? 'arm' : 'thigh';
  const base = { ...defaultSettings(), limb: limb === 'arm' ? LIMB_ARM : LIMB_LEG };
  const nothing = {
    source: path,
    limb,
    trace: undefined,
    record: undefined,
    seen: undefined,
    identified: undefined,
  } as const;
  try {
    const log = readLogFile(path);
    if (log.kind === 'record') {
      const settings = settingsOf(options, log.settings ?? base);
      const problems = ['a session record holds sums, no ticks: nothing can be identified from it'];
      return { ...nothing, settings, record: log.record, problems };
    }
    const bottle = options.bottle;
    const alone = identify(log.trace);
    const found =
      bottle === undefined
        ? alone
        : withBottleRun(alone, () => ({ trace: bottleTrace(bottle), ml: options.bottleMl }));
    return {
      ...nothing,
      settings: settingsOf(options, log.settings ?? base),
      trace: log.trace,
      seen: found.identified,
      identified: found.identified,
      problems: found.problems,
    };
  } catch (error) {
    if (!(error instanceof BadLog)) throw error;
    return { ...nothing, settings: settingsOf(options, base), problems: [error.message] };
  }
}

/** Throws BadOption for wrong options; everything else that is wrong is in `problems`. */
export function subjectOf(options: SubjectOptions): Subject {
  if (options.log !== undefined && options.plant !== undefined)
    throw new BadOption('--log', options.log, 'does not go with --plant; choose one');
  if (options.bottle !== undefined && options.log === undefined)
    throw new BadOption(
      '--bottle',
      options.bottle,
      'goes with --log; a simulated device is put on a bottle by itself',
    );
  if (options.log !== undefined) return logged(options, options.log);
  return simulated(options, options.plant ?? 'nominal-thigh');
}
