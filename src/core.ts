/** The core's parts put together, once, at boot: vented, idle, knowing only what the store says. */
import { createRegulator, type Regulator } from './control/regulator.ts';
import { createGestures, type Gestures } from './interface/gestures.ts';
import { createLink, type LinkState } from './interface/link.ts';
import { TICK_MS } from './limits.ts';
import type { Ports, Tick, View } from './ports.ts';
import { createRecorder, type Recorder } from './record/recorder.ts';
import type { Supervisor } from './safety/state.ts';
import { createSupervisor } from './safety/state.ts';
import { startLockout, tighten } from './safety/supervisor.ts';
import { createSensing, type Sensing } from './sensing/sensing.ts';
import { createZero } from './sensing/zero.ts';
import { builtInProtocol, PROTOCOL_INTRO } from './session/library.ts';
import { createSession, type Session } from './session/session.ts';
import { decodeSettings, defaultSettings, LIMB_LEG, type Settings } from './settings.ts';
import { createTick } from './tick.ts';

/** Files of the store. */
export const FILE_SETTINGS = 'cuff.set';
/** '1' from before the first inflation until a full release: found at boot, it starts the whole lock-out. */
export const FILE_LOCK = 'cuff.lock';
/** Number of sessions logged. */
export const FILE_COUNT = 'cuff.count';

export interface Core {
  readonly ports: Ports;
  settings: Settings;
  /** Problems found in the stored settings; not empty = no session starts. */
  settingsProblems: string[];
  readonly tick: Tick;
  readonly sensing: Sensing;
  readonly supervisor: Supervisor;
  readonly session: Session;
  readonly regulator: Regulator;
  readonly recorder: Recorder;
  readonly gestures: Gestures;
  readonly link: LinkState;
  readonly view: View;
  /** True while the store says that a session is open. */
  lockWritten: boolean;
  /** Sessions logged so far. */
  sessions: number;
  driverFaults: number;
  /** An exception was caught: vented for good, the watchdog is left to bite. */
  dead: boolean;
}

export interface CoreOptions {
  /** Control period, ms: TICK_MS on a board; an outside plant may choose 10..50. */
  periodMs: number;
}

export const BOARD_OPTIONS: CoreOptions = { periodMs: TICK_MS };

export function createCore(ports: Ports, options: CoreOptions): Core {
  const stored = ports.store.read(FILE_SETTINGS);
  const result =
    stored === undefined ? { settings: defaultSettings(), problems: [] } : decodeSettings(stored);
  const settings = result.settings ?? defaultSettings();
  const sensing = createSensing(ports.sensor, createZero(ports.sensor.traits));
  const core: Core = {
    ports: ports,
    settings: settings,
    settingsProblems: result.problems,
    tick: createTick(options.periodMs),
    sensing: sensing,
    supervisor: createSupervisor(sensing),
    session: createSession(builtInProtocol(PROTOCOL_INTRO)),
    regulator: createRegulator(settings, ports.sensor.traits),
    recorder: createRecorder(),
    gestures: createGestures(),
    link: createLink(),
    view: createView(),
    lockWritten: ports.store.read(FILE_LOCK) === '1',
    sessions: storedCount(ports.store.read(FILE_COUNT)),
    driverFaults: 0,
    dead: false,
  };
  applySettings(core);
  if (core.lockWritten) startLockout(core.supervisor);
  return core;
}

/** Hand the settings to those who live by them; vented and idle only. */
export function applySettings(core: Core): void {
  const s = core.settings;
  tighten(
    core.supervisor,
    s.limb === LIMB_LEG,
    s.lopMmHg,
    s.maxMmHg,
    s.maxLopPermille,
    s.maxPressureS * 1000,
  );
  core.supervisor.limits.minRailMv = s.minRailMv;
}

function storedCount(text: string | undefined): number {
  const count = text === undefined ? 0 : parseInt(text, 10);
  return count >= 0 ? count : 0;
}

function createView(): View {
  return {
    tick: 0,
    now: 0,
    phase: 0,
    step: -1,
    leftMs: 0,
    setpoint: -1,
    raw: Number.NaN,
    p: Number.NaN,
    pump: 0,
    bleedMs: 0,
    vent: 1,
    trip: 0,
    inhibits: 0,
    lamps: 0,
  };
}
