/** The core's parts put together, once, at boot: vented, idle, knowing only what the store says. */
import { createRegulator, type Regulator } from './control/regulator.ts';
import { FILE_LOCK, FILE_PROGRESS, FILE_SETTINGS, FILE_ZERO } from './files.ts';
import { createGestures, type Gestures } from './interface/gestures.ts';
import { createLink, type LinkState } from './interface/link-state.ts';
import { CAP_LOP_PERMILLE } from './limits.ts';
import { createLop, type Lop } from './occlusion/lop.ts';
import type { Ports, Tick, View } from './ports.ts';
import { createRecorder, type Recorder } from './record/recorder.ts';
import type { Supervisor } from './safety/state.ts';
import { createSupervisor } from './safety/state.ts';
import { requireSupply, tighten } from './safety/supervisor.ts';
import { startLockout } from './safety/time-rules.ts';
import { createSensing, type Sensing } from './sensing/sensing.ts';
import { createZero, recallZero } from './sensing/zero.ts';
import { builtInProtocol, PROTOCOL_INTRO } from './session/library.ts';
import { decodeProgress, type Progress } from './session/progress.ts';
import { createSession, type Session } from './session/session.ts';
import { decodeSettings, defaultSettings, encodeSettings, LIMB_LEG, type Settings } from './settings.ts';
import { createTick } from './tick.ts';
import type { Ms } from './units.ts';

/** A store that has refused a write is not asked again for so long, ms. */
export const RETRY_MS = 60000;

/** `Core.leaseAt`: the outputs are off and have no lease. */
export const NO_LEASE = Number.POSITIVE_INFINITY;

/** Date, when a link has set it; lost with the power. */
export interface Clock {
  trusted: boolean;
  /** s since 1970 at boot. */
  baseS: number;
}

export interface Core {
  readonly ports: Ports;
  settings: Settings;
  /** Problems found in the stored settings; not empty = no session starts. */
  settingsProblems: string[];
  readonly tick: Tick;
  readonly sensing: Sensing;
  /** Written by functions of safety/ only. */
  readonly supervisor: Readonly<Supervisor>;
  readonly session: Session;
  readonly regulator: Regulator;
  readonly recorder: Recorder;
  readonly gestures: Gestures;
  readonly link: LinkState;
  /** Filled by `viewOf` alone. */
  readonly view: View;
  /** Inhibit bits as last looked at. */
  inhibits: number;
  /** Number of the other cuff's last stop, and when a packet of it was heard last, ms. */
  heardNumber: number;
  heardAt: Ms;
  /** Pattern shown and its number, lamp bits, and when these change by themselves, ms. */
  shown: number;
  shownNumber: number;
  lamps: number;
  lampsUntil: Ms;
  /** When the session was stepped last, ms, and the phase and step that the recorder has last been told of. */
  demandAt: Ms;
  notedPhase: number;
  notedStep: number;
  /** True while the store says that a session is open. */
  lockWritten: boolean;
  /** True while it says '1', from this power-up on; found '1' at boot: what was open then has not been noted yet. */
  lockOpen: boolean;
  wasOpen: boolean;
  /** When the store last refused to write the lock, ms: not asked again at once. */
  refusedAt: Ms;
  progress: Progress;
  readonly clock: Clock;
  readonly lop: Lop;
  /** True from the order to measure until its end; posture that was answered. */
  measuring: boolean;
  posture: number;
  /** Inhibit bits of the last press that was refused or asked back (one question at a time), when, and those that the wearer has answered. */
  declined: number;
  declinedAt: number;
  accepted: number;
  /** Number shown after a measurement that was refused or a choice: PATTERN_*, number, until when. */
  told: number;
  toldNumber: number;
  toldUntil: number;
  /** ADVICE_* of progress.ts; true where the occlusion pressure in use is estimated. */
  advice: number;
  estimated: boolean;
  /** Protocol chosen by hand for the next session, -1 = by settings and progression. */
  choice: number;
  /** The session that has ended is in the log; part of the black box to write next, -1 = none. */
  recorded: boolean;
  boxPart: number;
  /** Hazard that was known when the last record was written. */
  loggedHazard: number;
  readonly version: string;
  /** When the outputs' lease is to be renewed, ms; NO_LEASE = they are off. Pump duty that was written last. */
  leaseAt: Ms;
  sentPump: number;
  /** An exception was caught: vented for good, the watchdog is left to bite. */
  dead: boolean;
}

export interface CoreOptions {
  /** Control period, ms: TICK_MS on a board; an outside plant may choose 10..50. */
  periodMs: number;
  /** Firmware version, for the records. */
  version: string;
}

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
    view: {} as View,
    inhibits: 0,
    heardNumber: -1,
    heardAt: 0,
    shown: -1,
    shownNumber: 0,
    lamps: 0,
    lampsUntil: 0,
    demandAt: 0,
    notedPhase: 0,
    notedStep: -1,
    lockWritten: isLocked(ports),
    lockOpen: false,
    wasOpen: ports.store.read(FILE_LOCK) === '1',
    refusedAt: -RETRY_MS,
    progress: decodeProgress(ports.store.read(FILE_PROGRESS)),
    clock: { trusted: false, baseS: 0 },
    lop: createLop(ports.sensor.traits),
    measuring: false,
    posture: 0,
    declined: 0,
    declinedAt: 0,
    accepted: 0,
    told: 0,
    toldNumber: 0,
    toldUntil: 0,
    advice: 0,
    estimated: false,
    choice: -1,
    recorded: false,
    boxPart: -1,
    loggedHazard: 0,
    version: options.version,
    leaseAt: NO_LEASE,
    sentPump: 0,
    dead: false,
  };
  core.tick.readsTerminals = ports.monitor.readsTerminals;
  applySettings(core);
  if (core.lockWritten) startLockout(core.supervisor);
  recallZero(sensing.zero, ports.store.read(FILE_ZERO), core.lockWritten);
  return core;
}

/** Only a plain '0' says that all is over. */
function isLocked(ports: Ports): boolean {
  const lock = ports.store.read(FILE_LOCK);
  return lock !== undefined && lock !== '0';
}

/** Hand the settings to those who live by them; vented and idle only. */
export function applySettings(core: Core): void {
  applyLop(core, core.settings.lopMmHg);
  requireSupply(core.supervisor, core.settings.minRailMv);
}

/** Plan the next session with `lopMmHg`, which may only be lower than the one in the settings. */
export function applyLop(core: Core, lopMmHg: number): void {
  const s = core.settings;
  const lop = lopMmHg < s.lopMmHg ? lopMmHg : s.lopMmHg;
  tighten(core.supervisor, s.limb === LIMB_LEG, lop, s.maxMmHg, s.maxLopPermille, s.maxPressureS * 1000);
  core.tick.capMmHg = capOf(lop);
}

/** Pressure that no peak should pass, for a wearer of that occlusion pressure; the benchmark uses the same. */
export function capOf(lopMmHg: number): number {
  return (lopMmHg * CAP_LOP_PERMILLE) / 1000;
}

/**
 * Keep the settings in flash; vented only. False when the flash refused, or when those in it are damaged: defaults must not
 * take their place, new ones come from outside in service mode.
 */
export function saveSettings(core: Core): boolean {
  if (core.settingsProblems.length > 0) return false;
  return core.ports.store.write(FILE_SETTINGS, encodeSettings(core.settings));
}
