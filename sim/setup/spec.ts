/** A run's options with what their names stand for on this machine: built-in things and files. */
import { existsSync } from 'node:fs';
import { FILE_LOCK, FILE_SETTINGS, FILE_ZERO } from '../../src/files.ts';
import { periodOf } from '../../tools/build/board-checks.ts';
import { choices, ROOT } from '../../tools/build/project.ts';
import { sensorTraits } from '../../tools/build/sensor-range.ts';
import { BadStore, readStore } from '../log/store-file.ts';
import { scenarioNamed, scenarioNames } from '../scenarios/library.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { BadOption, oneOf } from './bad-option.ts';
import { choosePlant } from './plant-option.ts';
import { chooseProtocol } from './protocol-option.ts';
import { type ChosenBoard, type RunOptions, type RunSpec, resolve } from './resolve.ts';
import { scenarioFile } from './scenario-file.ts';

function findScenario(given: string): Scenario {
  const named = scenarioNamed(given);
  if (named !== undefined) return named;
  if (given.endsWith('.json') || existsSync(given)) return scenarioFile(given);
  throw new BadOption(
    '--scenario',
    given,
    `no such scenario; allowed are ${scenarioNames().join(', ')}, or a JSON file`,
  );
}

/** What an earlier run has left, but for the settings; the device lay open for long since then, in whatever weather. */
function kept(store: string): Record<string, string> {
  if (!existsSync(store)) return {};
  try {
    const { [FILE_SETTINGS]: _settings, [FILE_LOCK]: _lock, [FILE_ZERO]: _zero, ...texts } = readStore(store);
    return texts;
  } catch (error) {
    if (error instanceof BadStore) throw new BadOption('--store', store, error.message);
    throw error;
  }
}

function findBoard(given: string): ChosenBoard {
  const name = oneOf('--board', given, choices('boards'));
  return { name, periodMs: periodOf(name) };
}

/** A sensor that the board has no pins for: the driver says what to take instead. */
function refuseUnwired({ board, sensor }: RunSpec): void {
  try {
    sensorTraits(sensor, ROOT, board);
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^--sensor [^:]*: /, '') : String(error);
    throw new BadOption('--sensor', sensor, `with --board ${board}: ${said}`);
  }
}

/** Throws BadOption on anything that is wrong. */
export function resolveSpec(options: RunOptions): RunSpec {
  const spec = resolve(options, {
    scenario: findScenario,
    plant: choosePlant,
    protocol: chooseProtocol,
    board: findBoard,
    store: kept,
  });
  // the reference board has pins for all of them
  if (options.board !== undefined && options.level === 'image') refuseUnwired(spec);
  return spec;
}
