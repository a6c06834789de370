/**
 * A LOP measurement as part of the device: what may be asked for while it runs, and what becomes of its result. The
 * measuring itself is in occlusion/. Must never put a result into the settings that is not believed.
 */
import type { ReadonlyRegulator } from '../control/state.ts';
import { type DateClock, dateIfKnown } from '../date.ts';
import { capDemand, demandQuiet, dropDemand } from '../demand.ts';
import { MAX_CUFF_MMHG, MAX_LOP_MMHG, MIN_LOP_MMHG } from '../limits.ts';
import { liftOf } from '../occlusion/extra.ts';
import { lopStep, resetLop, startLop } from '../occlusion/lop.ts';
import { createLop, LOP_DONE, type Lop } from '../occlusion/lop-state.ts';
import type { Outputs } from '../outputs.ts';
import { PHASE_LOP } from '../phases.ts';
import type { SensorTraits } from '../ports.ts';
import { type Recorder, resetRecorder } from '../record/recorder.ts';
import { allowMeasurement } from '../safety/supervisor.ts';
import type { Sensing } from '../sensing/sensing.ts';
import { LOP_MEASURED } from '../settings.ts';
import type { MmHg } from '../units.ts';
import { keepLop } from './lop-record.ts';
import { EXIT_NOT_READY, enterPhase, type Session, stopSession } from './session.ts';
import { applySettings, type SettingsParts, saveSettings } from './settings-in-use.ts';
import { beginStepless, MEASUREMENT } from './stepless.ts';

/** The measurement that was ordered, and the machinery that makes it. */
export interface Measurement {
  readonly lop: Lop;
  /** True from the order to measure until its end. */
  ordered: boolean;
  /** Posture that was answered, POSTURE_*. */
  posture: number;
  /** It has been begun in this tick and listens from the next one on: this tick is long. */
  waits: boolean;
}

/** What of the device a measurement uses. */
export interface MeasureParts extends SettingsParts {
  readonly measurement: Measurement;
  readonly session: Session;
  readonly sensing: Pick<Sensing, 'sensor' | 'lastMmHg'>;
  readonly recorder: Recorder;
  readonly regulator: Pick<ReadonlyRegulator, 'report'>;
  readonly outputs: Readonly<Outputs>;
  readonly date: Readonly<DateClock>;
}

export function createMeasurement(traits: SensorTraits): Measurement {
  return { lop: createLop(traits), ordered: false, posture: 0, waits: false };
}

/** The wearer has ordered a measurement in `posture`; the checks before a fill come first. */
export function orderMeasurement(m: Measurement, posture: number): void {
  m.posture = posture;
  m.ordered = true;
}

/** Begin, from the checks of PHASE_READY. */
export function beginMeasurement(device: MeasureParts): void {
  resetRecorder(device.recorder, device.regulator.report, device.supervisor.pumpMs, device.outputs);
  const settings = device.settings;
  allowMeasurement(device.supervisor, settings.maxMmHg);
  startLop(device.measurement.lop, {
    limb: settings.limb,
    careful: settings.lopCareful === 1,
    maxMmHg: settings.maxMmHg,
  });
  capDemand(device.tick, MAX_CUFF_MMHG);
  device.measurement.waits = true;
  enterPhase(device.session, PHASE_LOP);
}

/**
 * One tick of it: the demand; when it is over, the result goes into the settings. Gives the reason of a refusal that the
 * wearer is to be told, REFUSED_* of occlusion/verdict.ts; 0 = none, or not over yet.
 */
export function measure(device: MeasureParts): number {
  const m = device.measurement;
  const lop = m.lop;
  if (m.waits) {
    m.waits = false;
    return 0;
  }
  device.session.phaseMs += device.tick.dt;
  lop.liftMmHg = liftNow(device);
  lopStep(lop, device.tick);
  demandQuiet(device.tick, lop.setpoint, lop.quiet);
  listen(device);
  if (lop.state !== LOP_DONE || device.supervisor.pressurised) return 0;
  const mmHg = Math.round(lop.result.mmHg);
  const good = lop.result.refusal === 0 && mmHg >= MIN_LOP_MMHG && mmHg <= MAX_LOP_MMHG;
  const refusal = good ? 0 : lop.result.refusal;
  if (good) takeResult(device, mmHg);
  endMeasurement(device);
  return refusal;
}

/** What the extra readings since the last tick lift its own by. They are used up in any case. */
function liftNow(device: MeasureParts): MmHg {
  const extra = device.sensing.sensor.extra;
  if (extra === undefined || extra.count === 0) return 0;
  const count = extra.count;
  extra.count = 0;
  return device.tick.fresh ? liftOf(device.sensing.lastMmHg, extra.mmHg, count) : 0;
}

/** Extra readings while the cuff is held still for the measurement, and at no other time. */
function listen(device: MeasureParts): void {
  const extra = device.sensing.sensor.extra;
  const quiet = device.tick.quiet;
  if (extra !== undefined && extra.wanted !== quiet) extra.listen(quiet);
}

/** What it was measured with is written first: a power cut in between leaves no new pressure without its limb, cuff and date. */
function takeResult(device: MeasureParts, mmHg: number): void {
  device.settings.lopMmHg = mmHg;
  device.settings.lopSource = LOP_MEASURED;
  device.settings.lopPosture = device.measurement.posture;
  keepLop(device, dateIfKnown(device.date, device.tick.now));
  saveSettings(device);
}

/** A trip ends a measurement: it gets a record like a session's, and the black box. */
export function tripMeasurement(device: MeasureParts): void {
  endMeasurement(device);
  beginStepless(device.session, MEASUREMENT, device.settings.lopMmHg);
}

/** Over or given up: back to training limits, vented. */
export function endMeasurement(device: MeasureParts): void {
  device.measurement.ordered = false;
  dropDemand(device.tick);
  listen(device);
  resetLop(device.measurement.lop);
  applySettings(device);
  stopSession(device.session, EXIT_NOT_READY);
}
