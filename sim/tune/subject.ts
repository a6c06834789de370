/** What is to be tuned: a simulated plant, commissioned here, or a log that was handed in; and its settings as they are. */
import { checkSettings, type Settings } from '../../src/settings.ts';
import { SettingsProblems } from '../../tools/settings/commands.ts';
import { parseSettingsFile } from '../../tools/settings/settings-file.ts';
import { BadOption } from '../setup/bad-option.ts';
import { choosePlant } from '../setup/plant-option.ts';
import { parsePairs } from '../setup/settings-option.ts';
import { identify } from './identify.ts';
import { readLogFile } from './read-log-file.ts';
import { baseFor, type Subject, simulatedSubject, withBottleRun } from './simulated-subject.ts';
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

function bottleTrace(path: string): Trace {
  const log = readLogFile(path);
  if (log.kind === 'trace') return log.trace;
  throw new BadLog(`${path}: a session record holds sums, no ticks`);
}

function simulated(options: SubjectOptions, given: string): Subject {
  const chosen = choosePlant(given, 'rest');
  return simulatedSubject(
    chosen,
    settingsOf(options, baseFor(chosen.plant.limb)),
    options.seed,
    options.bottleMl,
  );
}

function logged(options: SubjectOptions, path: string): Subject {
  const limb = options.limb === 'arm' ? 'arm' : 'thigh';
  const base = baseFor(limb);
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
