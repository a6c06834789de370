/** From options to everything a run needs, checked whole before anything starts. What a name stands for is asked of `sources`: files, or none. */
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { TICK_MS } from '../../src/limits.ts';
import { createProgress, encodeProgress, sessionDone } from '../../src/session/progress.ts';
import { FIRST_STORED } from '../../src/session/stored.ts';
import { encodeSettings, type Settings } from '../../src/settings.ts';
import { storedFile } from '../../tools/protocol/stored-file.ts';
import type { LevelName } from '../level/level.ts';
import type { WearerPlan } from '../level/wearer.ts';
import type { Fault } from '../plant/faults.ts';
import type { LimbParams } from '../plant/limb-params.ts';
import type { RigSpec } from '../plant/rig.ts';
import { SENSORS, type SensorKind, type SensorParams } from '../plant/sensor-params.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { BadOption, oneOf } from './bad-option.ts';
import { parseFaults } from './fault-option.ts';
import type { ChosenPlant } from './plants.ts';
import { type ChosenProtocol, highestSetpoint, motionOf } from './protocols.ts';
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

export interface ChosenBoard {
  readonly name: string;
  /** Control period, ms. */
  readonly periodMs: number;
}

/** What the names in options stand for. Each throws BadOption for a name that stands for nothing. */
export interface SpecSources {
  scenario(given: string): Scenario;
  /** `kind` is the movement of the session. */
  plant(given: string, kind: LimbParams['kind']): ChosenPlant;
  protocol(given: string): ChosenProtocol;
  /** Another board than the reference; left out where there is none. */
  board?(given: string): ChosenBoard;
  /** Texts that the device's store has besides those that the run itself gives it. */
  store(given: string): Readonly<Record<string, string>>;
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
const REFERENCE_BOARD: ChosenBoard = { name: 'jolt', periodMs: TICK_MS };

export interface RunSpec {
  readonly scenario: Scenario;
  /** What ran, in a line: the scenario's title, or the protocol's where options chose another session or movement. */
  readonly title: string;
  /** True when options changed what the scenario is about: then its expectations say nothing. */
  readonly changed: boolean;
  readonly chosen: ChosenPlant;
  readonly protocol: ChosenProtocol;
  readonly settings: Settings;
  readonly sensor: string;
  readonly board: string;
  readonly periodMs: number;
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

/** What the wearer does: as ordered, else what goes with an ordered protocol, else as the scenario says. */
function motionFor(base: Scenario, options: RunOptions, sources: SpecSources): Scenario['work'] {
  if (options.motion !== undefined) return oneOf('--motion', options.motion, MOTIONS) as Scenario['work'];
  return options.protocol === undefined ? base.work : motionOf(sources.protocol(options.protocol).protocol);
}

/** The scenario with the options laid over it. */
function overlay(base: Scenario, options: RunOptions, sources: SpecSources): Scenario {
  return {
    ...base,
    plant: options.plant ?? base.plant,
    protocol: options.protocol ?? base.protocol,
    sensor: options.sensor ?? base.sensor,
    settings: { ...base.settings, ...parsePairs(options.set) },
    faults: [...base.faults, ...options.fault],
    work: motionFor(base, options, sources),
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
function boardOf(options: RunOptions, sources: SpecSources): ChosenBoard {
  const given = options.board;
  if (given === undefined || given === REFERENCE_BOARD.name) return REFERENCE_BOARD;
  const board = sources.board?.(given);
  if (board === undefined) throw new BadOption('--board', given, `there is ${REFERENCE_BOARD.name} only`);
  if (options.level === 'image') return board;
  throw new BadOption('--board', given, `goes with --level image, not with ${options.level}`);
}

function costOf(options: RunOptions): { costSeed?: number } {
  if (options.cost !== true) return {};
  if (options.level !== 'image')
    throw new BadOption('--cost', 'true', `goes with --level image only, not with ${options.level}`);
  return { costSeed: options.seed };
}

function titleOf(base: Scenario, options: RunOptions, protocol: ChosenProtocol): string {
  if (options.protocol === undefined && options.motion === undefined) return base.title;
  return options.motion === undefined ? protocol.title : `${protocol.title}; movement: ${options.motion}`;
}

/** Throws BadOption on anything that is wrong. */
export function resolve(options: RunOptions, sources: SpecSources): RunSpec {
  const base = sources.scenario(options.scenario);
  const scenario = overlay(base, options, sources);
  const sensor = sensorOf(scenario.sensor, options.level);
  const chosen = sources.plant(scenario.plant, scenario.work);
  const faults = parseFaults(scenario.faults);
  const protocol = sources.protocol(scenario.protocol);
  const settings = chooseSettings(chosen.plant, protocol, scenario.settings);
  const target = highestSetpoint(protocol.protocol, settings.lopMmHg);
  const board = boardOf(options, sources);
  return {
    scenario,
    title: titleOf(base, options, protocol),
    changed:
      ['plant', 'protocol', 'motion', 'sensor', 'board'].some(
        (key) => options[key as keyof RunOptions] !== undefined,
      ) ||
      options.set.length > 0 ||
      options.fault.length > 0,
    chosen,
    protocol,
    settings,
    sensor,
    board: board.name,
    periodMs: board.periodMs,
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
    files: {
      ...filesOf(scenario, settings, protocol),
      ...(options.store === undefined ? {} : sources.store(options.store)),
    },
  };
}
