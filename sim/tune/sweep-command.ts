/** `npm run tune -- sweep`: progress, interruption, table, data. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import cliProgress from 'cli-progress';
import colors from 'picocolors';
import { checkSettings, defaultSettings, type Settings } from '../../src/settings.ts';
import type { Build } from '../bench/control-draw.ts';
import type { Exercise } from '../plant/limb-params.ts';
import { BadOption } from '../setup/bad-option.ts';
import { parsePairs } from '../setup/settings-option.ts';
import { type Swept, sweep } from './sweep.ts';
import { combinations, namesOf } from './sweep-plan.ts';
import { BadState } from './sweep-state.ts';
import type { Figures } from './trial.ts';

export interface SweepGiven {
  readonly n: number;
  readonly vary: string[];
  readonly set: string[];
  readonly motion: Exercise;
  readonly build: Build;
  readonly seed: number;
  readonly jobs?: number;
  readonly state: string;
  readonly fresh: boolean;
  readonly json?: string;
}

const COLUMNS: readonly (readonly [keyof Figures, string, 'low' | 'high'])[] = [
  ['move10', 'moving ±10 %', 'low'],
  ['rest5', 'rest ±5 %', 'low'],
  ['overshoot', 'overshoot mmHg', 'high'],
  ['peak', 'peaks % LOP', 'high'],
  ['pumpS', 'pump s', 'high'],
  ['starts', 'starts/min', 'high'],
  ['actions', 'valve/min', 'high'],
];

function baseOf(given: SweepGiven): Settings {
  const result = checkSettings(defaultSettings(), parsePairs(given.set));
  if (result.settings === undefined)
    throw new BadOption('--set', given.set.join(' '), result.problems.join('; '));
  return result.settings;
}

function tableLines(swept: Swept, names: readonly string[]): string[] {
  const width = Math.max(12, ...names.map((name) => name.length));
  const head = `  ${''.padEnd(width)}  ${COLUMNS.map(([, title]) => title.padStart(15)).join('')}${'trips %'.padStart(9)}`;
  const rows = swept.sets.map((set, i) => {
    const cells = COLUMNS.map(([name, , bad]) => {
      const s = set.figures[name];
      return `${s.median.toFixed(1)} / ${s[bad].toFixed(1)}`.padStart(15);
    });
    return `  ${(names[i] ?? '').padEnd(width)}  ${cells.join('')}${(100 * set.tripShare).toFixed(1).padStart(9)}`;
  });
  return [colors.dim('  median / worst 5 %'), colors.bold(head), ...rows];
}

/** Returns the exit code: 3 = stopped before the end. */
export async function sweepCommand(given: SweepGiven): Promise<number> {
  const sets = combinations(baseOf(given), given.vary);
  const bar = process.stderr.isTTY
    ? new cliProgress.SingleBar({
        format: '{bar} {value}/{total} cuffs  {eta_formatted} to go',
        hideCursor: true,
        clearOnComplete: true,
      })
    : null;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let begun = false;
  try {
    const swept = await sweep(sets, {
      ...given,
      onDone: (done, all) => {
        if (!begun) bar?.start(all, done);
        else bar?.update(done);
        begun = true;
      },
      stopped: () => stopped,
    });
    bar?.stop();
    console.log(
      colors.bold(`${given.motion}, ${swept.done} of ${given.n} cuffs (${given.build}), ${sets.length} sets`),
    );
    console.log(tableLines(swept, namesOf(sets)).join('\n'));
    if (given.json !== undefined) {
      mkdirSync(dirname(given.json), { recursive: true });
      writeFileSync(given.json, `${JSON.stringify(swept, null, 2)}\n`);
    }
    if (swept.complete) return 0;
    console.log(`Stopped. The same command goes on from ${given.state}.`);
    return 3;
  } catch (error) {
    if (!(error instanceof BadState)) throw error;
    throw new BadOption('--state', given.state, error.message);
  } finally {
    bar?.stop();
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}
