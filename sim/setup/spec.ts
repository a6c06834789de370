/** From options to everything a run needs, checked whole before anything starts. */
import { existsSync } from 'node:fs';
import { FILE_LOCK, FILE_PROGRESS, FILE_SETTINGS, FILE_ZERO } from '../../src/files.ts';
import { createProgress, encodeProgress, sessionDone } from '../../src/session/progress.ts';
import { FIRST_STORED } from '../../src/session/stored.ts';
import { encodeSettings, type Settings } from '../../src/settings.ts';
import { choices } from '../../tools/build/project.ts';
import { storedFile } from '../../tools/protocol/check.ts';
import { BadStore, readStore } from '../log/store-file.ts';
import type { Fault } from '../plant/faults.ts';
import type { RigSpec } from '../plant/rig.ts';
import { SENSORS, type SensorKind, type SensorParams } from '../plant/sensor-params.ts';
import type { LevelName } from '../run/level.ts';
import type { WearerPlan } from '../run/wearer.ts';
import { SCENARIOS, scenarioNames } from '../scenarios/library.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { BadOption, oneOf } from './bad-option.ts';
import { parseFaults } from './fault-option.ts';
import { type ChosenPlant, choosePlant } from './plant-option.ts';
import { type ChosenProtocol, chooseProtocol, highestSetpoint, motionOf } from './protocol-option.ts';
import { scenarioFile } from './scenario-file.ts';
import { chooseSettings, parsePairs } from './settings-option.ts';

/** Options as commander hands them over; what was not given is undefined. */
export interface RunOptions {
  scenario: string;
  plant?: string;
  protocol?: string;
  sensor?: string;
  /** A name of hal/boards; the reference board when left out. Another one at level image only. */
  board?: string;
  set: string[];
  fault: string[];
  motion?: string;
  seed: number;
  level: LevelName;
  /** Ticks take their time, level image only. */
  cost?: boolean;
  store?: string;
}

export const LEVELS: readonly LevelName[] = ['core', 'image', 'interpreter'];
export const MOTIONS = ['run', 'walk', 'cycle', 'legpress', 'curl', 'rest'] as const;
/** Sensors that the firmware has a driver for, and the part of the plant that plays them. */
export const SENSORS_BY_NAME: Readonly<Record<string, SensorKind>> = Object.fromEntries(
  (Object.keys(SENSORS) as SensorKind[]).flatMap((kind) => {
    const { driver } = SENSORS[kind];
    return driver === undefined ? [] : [[driver, kind]];
  }),
);
const REFERENCE_SENSOR = 'mprls';
const REFERENCE_BOARD = 'jolt';

export interface RunSpec {
  readonly scenario: Scenario;
  /** True when options changed what the scenario is about: then its expectations say nothing. */
  readonly changed: boolean;
  readonly chosen: ChosenPlant;
  readonly protocol: ChosenProtocol;
  readonly settings: Settings;
  readonly sensor: string;
  readonly board: string;
  readonly faults: readonly Fault[];
  readonly rig: RigSpec;
  readonly seed: number;
  readonly level: LevelName;
  /** Seed of the ticks' cost, undefined = they cost nothing. */
  readonly costSeed?: number;
  readonly plan: WearerPlan;
  /** File that the device's store comes from, where there is one, and goes to; null = none. */
  readonly store: string | null;
  /** What the device's flash holds at power-up. */
  readonly files: Readonly<Record<string, string>>;
}

function findScenario(given: string): Scenario {
  const named = SCENARIOS.find((scenario) => scenario.name === given);
  if (named !== undefined) return named;
  if (given.endsWith('.json') || existsSync(given)) return scenarioFile(given);
  throw new BadOption(
    '--scenario',
    given,
    `no such scenario; allowed are ${scenarioNames().join(', ')}, or a JSON file`,
  );
}

/** What the wearer does: as ordered, else what goes with an ordered protocol, else as the scenario says. */
function motionFor(base: Scenario, options: RunOptions): Scenario['work'] {
  if (options.motion !== undefined) return oneOf('--motion', options.motion, MOTIONS) as Scenario['work'];
  return options.protocol === undefined ? base.work : motionOf(chooseProtocol(options.protocol).protocol);
}

/** The scenario with the options laid over it. */
function overlay(base: Scenario, options: RunOptions): Scenario {
  return {
    ...base,
    plant: options.plant ?? base.plant,
    protocol: options.protocol ?? base.protocol,
    sensor: options.sensor ?? base.sensor,
    settings: { ...base.settings, ...parsePairs(options.set) },
    faults: [...base.faults, ...options.fault],
    work: motionFor(base, options),
  };
}

function planOf(scenario: Scenario): WearerPlan {
  const presses = scenario.presses.map((press) => ({
    button: press.button,
    atMs: Math.round(press.atS * 1000),
    forMs: Math.round((press.forS ?? 0.2) * 1000),
  }));
  return { work: scenario.work, rest: scenario.rest, presses, starts: true };
}

/** What the device remembers of a wearer who has completed `sessions` sessions. */
function progressAfter(sessions: number): string {
  const progress = createProgress();
  for (let i = 0; i < sessions; i++) sessionDone(progress, true, 0);
  return encodeProgress(progress);
}

function filesOf(scenario: Scenario, settings: Settings, protocol: ChosenProtocol): Record<string, string> {
  const own =
    protocol.index >= FIRST_STORED ? storedFile(protocol.protocol, protocol.index - FIRST_STORED) : null;
  return {
    [FILE_SETTINGS]: encodeSettings(settings),
    [FILE_PROGRESS]: progressAfter(scenario.sessions),
    ...(own === null ? {} : { [own.name]: own.text }),
  };
}

/** What an earlier run has left, but for the settings; the device lay open for long since then, in whatever weather. */
function kept(store: string | undefined): Record<string, string> {
  if (store === undefined || !existsSync(store)) return {};
  try {
    const { [FILE_SETTINGS]: _settings, [FILE_LOCK]: _lock, [FILE_ZERO]: _zero, ...texts } = readStore(store);
    return texts;
  } catch (error) {
    if (error instanceof BadStore) throw new BadOption('--store', store, error.message);
    throw error;
  }
}

/** The part that is wired up, in the room where the plant is. */
function partOf(sensor: string, chosen: ChosenPlant): SensorKind | SensorParams {
  const kind = SENSORS_BY_NAME[sensor] ?? 'MPRLS';
  return chosen.ambientMmHg === undefined ? kind : { ...SENSORS[kind], ambientMmHg: chosen.ambientMmHg };
}

/** At core level no driver runs: the simulator decodes the reference build's part alone. */
function sensorOf(given: string, level: LevelName): string {
  const sensor = oneOf('--sensor', given, Object.keys(SENSORS_BY_NAME));
  if (level === 'core' && sensor !== REFERENCE_SENSOR)
    throw new BadOption(
      '--sensor',
      sensor,
      `goes with --level image, not with core: that knows ${REFERENCE_SENSOR} only`,
    );
  return sensor;
}

/** Other boards than the reference are played by the virtual board alone. */
function boardOf(given: string | undefined, level: LevelName): string {
  const board = oneOf('--board', given ?? REFERENCE_BOARD, choices('boards'));
  if (board === REFERENCE_BOARD || level === 'image') return board;
  throw new BadOption('--board', board, `goes with --level image, not with ${level}`);
}

function costOf(options: RunOptions): { costSeed?: number } {
  if (options.cost !== true) return {};
  if (options.level !== 'image')
    throw new BadOption('--cost', 'true', `goes with --level image only, not with ${options.level}`);
  return { costSeed: options.seed };
}

/** Throws BadOption on anything that is wrong. */
export function resolveSpec(options: RunOptions): RunSpec {
  const base = findScenario(options.scenario);
  const scenario = overlay(base, options);
  const sensor = sensorOf(scenario.sensor, options.level);
  const chosen = choosePlant(scenario.plant, scenario.work);
  const faults = parseFaults(scenario.faults);
  const protocol = chooseProtocol(scenario.protocol);
  const settings = chooseSettings(chosen.plant, protocol, scenario.settings);
  const target = highestSetpoint(protocol.protocol, settings.lopMmHg);
  return {
    scenario,
    changed:
      ['plant', 'protocol', 'motion', 'sensor'].some(
        (key) => options[key as keyof RunOptions] !== undefined,
      ) ||
      options.set.length > 0 ||
      options.fault.length > 0,
    chosen,
    protocol,
    settings,
    sensor,
    board: boardOf(options.board, options.level),
    faults,
    seed: options.seed,
    level: options.level,
    ...costOf(options),
    rig: {
      plant: chosen.plant,
      limb: { ...chosen.limb, events: scenario.events },
      sensor: partOf(sensor, chosen),
      faults,
      ...(target > 0 ? { targetMmHg: target } : {}),
      ...(scenario.batteryMv === undefined ? {} : { batteryMv: scenario.batteryMv }),
    },
    plan: planOf(scenario),
    store: options.store ?? null,
    files: { ...filesOf(scenario, settings, protocol), ...kept(options.store) },
  };
}
