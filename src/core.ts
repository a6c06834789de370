/**
 * The core's parts put together, once, at boot: vented, idle, knowing only what the store says. Each part is a record of its
 * own, written by the files of its layer. Must never run in a tick.
 */
import { createRegulator } from './control/regulator.ts';
import type { ReadonlyRegulator } from './control/state.ts';
import { createDate } from './date.ts';
import { FILE_COMMISSIONED, FILE_DAY, FILE_LOCK, FILE_PROGRESS, FILE_SETTINGS, FILE_ZERO } from './files.ts';
import { createLink, createRelay } from './link/link-state.ts';
import type { LinkParts } from './link/parts.ts';
import { createOutputs, type Outputs } from './outputs.ts';
import { createPace } from './pace.ts';
import type { Ports, View } from './ports.ts';
import { createRecorder } from './record/recorder.ts';
import { INHIBIT_COMMISSION, INHIBIT_PARTS } from './safety/inhibits.ts';
import { createSupervisor } from './safety/state.ts';
import { startLockout } from './safety/time-rules.ts';
import { createSensing } from './sensing/sensing.ts';
import {
  createZero,
  DOUBT_CUT_OFF,
  DOUBT_HAZARD,
  DOUBT_NONE,
  DOUBT_RESTING,
  recallZero,
} from './sensing/zero.ts';
import { createBenchLease } from './session/bench-lease.ts';
import { isCommissioned, isOfParts } from './session/commissioned.ts';
import { createDay } from './session/day.ts';
import { builtInProtocol, PROTOCOL_INTRO } from './session/library.ts';
import { createLogbook } from './session/logbook.ts';
import { createMeasurement } from './session/measurement.ts';
import { decodeProgress } from './session/progress.ts';
import { createSession } from './session/session.ts';
import { applySettings } from './session/settings-in-use.ts';
import { decodeSettings, defaultSettings, type Settings, type SettingsResult } from './settings.ts';
import { createTick, type Tick } from './tick.ts';
import { createButtons } from './wearer/buttons.ts';
import { createGestures } from './wearer/gestures.ts';
import { createLamps } from './wearer/lamps.ts';
import { createLock, type Lock } from './wearer/lock-state.ts';
import { createNoted } from './wearer/noted-state.ts';
import { createReadiness } from './wearer/readiness.ts';
import { sessionDemand } from './wearer/session-demand.ts';

/** What asks for pressure: writes the demand through src/demand.ts. */
export type DemandSource = (core: Core) => void;

export interface Core extends LinkParts {
  readonly tick: Tick;
  /** Only the files of src/control write into it. */
  readonly regulator: ReadonlyRegulator;
  readonly outputs: Outputs;
  settingsProblems: string[];
  /** A session's or a measurement's demand; a bench or an outside plant hands in its own. */
  readonly demand: DemandSource;
  /** It is asked in every tick, not only in TURN_ASK and on a vented cuff. */
  readonly asksEachTick: boolean;
  /** An exception was caught: vented for good, the watchdog is left to bite. */
  dead: boolean;
  /** Filled by `viewOf` alone. */
  readonly view: View;
}

export interface CoreOptions {
  /** Control period, ms: the board's; an outside plant may choose 10..50. */
  periodMs: number;
  /** Firmware version, for the records. */
  version: string;
  /** Board, sensor and serial number, with commas between them; for whoever asks over the link. */
  who?: string;
  /** What asks for pressure instead of the wearer's session, in every tick. */
  demand?: DemandSource;
  /** INHIBIT_* bits of this image on this board, for good; none when left out. */
  barred?: number;
}

/** What a tick works with: the record, the judge, the sample, the regulator, the outputs. */
function createLoop(ports: Ports, options: CoreOptions, settings: Settings) {
  const sensing = createSensing(ports.sensor, createZero(ports.sensor.traits));
  return {
    tick: createTick(options.periodMs, ports.monitor.readsTerminals),
    supervisor: createSupervisor(sensing),
    sensing: sensing,
    regulator: createRegulator(settings, ports.sensor.traits),
    outputs: createOutputs(),
    pace: createPace(),
    ports: ports,
    demand: options.demand ?? sessionDemand,
    asksEachTick: options.demand !== undefined,
    dead: false,
    session: createSession(builtInProtocol(PROTOCOL_INTRO)),
    recorder: createRecorder(),
  };
}

/** What the wearer and the link see, and what is kept between sessions. */
function createWearerSide(ports: Ports, options: CoreOptions) {
  return {
    lamps: createLamps(),
    measurement: createMeasurement(ports.sensor.traits),
    gestures: createGestures(),
    buttons: createButtons(),
    readiness: createReadiness(barredBy(ports, options)),
    bench: createBenchLease(),
    lock: createLock(ports.store.read(FILE_LOCK), ports.store.isDamaged(FILE_LOCK)),
    logbook: createLogbook(),
    noted: createNoted(),
    link: createLink(),
    relay: createRelay(),
    progress: decodeProgress(ports.store.read(FILE_PROGRESS)),
    date: createDate(),
    day: createDay(ports.store.read(FILE_DAY)),
  };
}

export function createCore(ports: Ports, options: CoreOptions): Core {
  const stored = recallSettings(ports);
  const settings = stored.settings ?? defaultSettings();
  const parts = Object.assign(createLoop(ports, options, settings), createWearerSide(ports, options));
  const core: Core = Object.assign(parts, {
    settings: settings,
    settingsProblems: stored.problems,
    version: options.version,
    who: options.who === undefined ? ',,' : options.who,
    view: {} as View,
  });
  applySettings(core);
  if (core.lock.written) startLockout(core.supervisor);
  recallZero(core.sensing.zero, ports.store.read(FILE_ZERO), doubtOf(core.lock));
  return core;
}

/** What stands until the power goes: of the image, and of a build that has not passed its commissioning, or has with other parts. */
function barredBy(ports: Ports, options: Readonly<CoreOptions>): number {
  const text = ports.store.read(FILE_COMMISSIONED);
  const image = options.barred === undefined ? 0 : options.barred;
  if (ports.store.isDamaged(FILE_COMMISSIONED) || !isCommissioned(text)) return image + INHIBIT_COMMISSION;
  return isOfParts(text, partsOf(options)) ? image : image + INHIBIT_PARTS;
}

/** Firmware, board and sensor of an image; the core in the loop is no device and has none. */
function partsOf(options: Readonly<CoreOptions>): string {
  const who = options.who;
  return who === undefined ? ',,' : `${options.version},${who.substring(0, who.lastIndexOf(','))}`;
}

/** How far the first zero is doubted: nothing was open, only the limb's rest was owed, a session was cut off, or a hazard stood. */
function doubtOf(lock: Readonly<Lock>): number {
  if (lock.hazard) return DOUBT_HAZARD;
  if (lock.unclear) return DOUBT_CUT_OFF;
  return lock.written ? DOUBT_RESTING : DOUBT_NONE;
}

/** A new device has none in its store and starts with the defaults. */
function recallSettings(ports: Ports): SettingsResult {
  const text = ports.store.read(FILE_SETTINGS);
  return text === undefined ? { settings: undefined, problems: [] } : decodeSettings(text);
}
