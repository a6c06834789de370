/**
 * The firmware as a filter: one plant line in, one answer out. With `cmd` in the lines, sensing, supervisor, regulator and gate run in
 * the order of src/loop.ts and the line is the demand; in a session the whole loop runs and a wearer's finger starts it.
 */
import { regulate } from '../../src/control/regulator.ts';
import { type Core, capOf, createCore } from '../../src/core.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { press, release } from '../../src/interface/press.ts';
import { viewOf } from '../../src/interface/view.ts';
import { MAX_CUFF_MMHG } from '../../src/limits.ts';
import { tick } from '../../src/loop.ts';
import { LOP_DONE, lopStep, startLop } from '../../src/occlusion/lop.ts';
import { noticeText, refusalText } from '../../src/occlusion/reasons.ts';
import { gate, ventNow } from '../../src/safety/gate.ts';
import { forgetPressure } from '../../src/safety/hold.ts';
import { allowMeasurement, assess } from '../../src/safety/supervisor.ts';
import { TRIP_NONE, tripRow, tripText } from '../../src/safety/trips.ts';
import { sense } from '../../src/sensing/sensing.ts';
import { builtInProtocol, PROTOCOL_COUNT } from '../../src/session/library.ts';
import { PHASE_IDLE, phaseName } from '../../src/session/phases.ts';
import { postureOf } from '../../src/session/posture.ts';
import { createProgress, encodeProgress, sessionDone } from '../../src/session/progress.ts';
import {
  checkSettings,
  defaultSettings,
  encodeSettings,
  LIMB_ARM,
  LIMB_LEG,
  LOP_ENTERED,
} from '../../src/settings.ts';
import { type Answer, BadLine, type Hello, type LopAnswer, type Sample } from './messages.ts';
import { type OutsidePorts, outsidePorts } from './ports.ts';

/** Highest LOP that is believed: stands for one that is not known, so that only the hard limits bind. */
const UNKNOWN_LOP_MMHG = 300;
const PRESS_MS = 200;
/** A plant's target and its LOP are rounded, each by half a mmHg at most. */
const ROUNDING_MMHG = 1;
/** Sessions behind the wearer, so that no introduction comes first. */
const SESSIONS = 2;

function protocolIndex(name: string): number {
  const names = Array.from({ length: PROTOCOL_COUNT }, (_, i) => builtInProtocol(i).id);
  const index = names.indexOf(name);
  if (index < 0) throw new BadLine(`protocol: "${name}" is not allowed; protocol takes ${names.join(', ')}`);
  return index;
}

function filesOf(hello: Hello): Record<string, string> {
  const index = hello.protocol === null ? -1 : protocolIndex(hello.protocol);
  const changes = {
    limb: hello.limb === 'arm' ? LIMB_ARM : LIMB_LEG,
    lopMmHg: Math.round(hello.lopMmHg > 0 ? hello.lopMmHg : UNKNOWN_LOP_MMHG),
    lopSource: LOP_ENTERED,
    lopPosture: postureOf(builtInProtocol(index).activity),
    screening: 1,
    maxMmHg: 250,
    protocol: index + 1,
    ...(hello.limb === 'arm' ? { maxPressureS: 900 } : {}),
  };
  const { settings, problems } = checkSettings(defaultSettings(), changes);
  if (settings === undefined) throw new BadLine(problems.join('; '));
  const progress = createProgress();
  for (let i = 0; i < SESSIONS; i++) sessionDone(progress, true, 0);
  return { [FILE_SETTINGS]: encodeSettings(settings), [FILE_PROGRESS]: encodeProgress(progress) };
}

export class OutsideFirmware {
  readonly hello: Hello;
  readonly core: Core;
  readonly #outside: OutsidePorts;
  #firstS: number | null = null;
  #now = 0;
  #setpoint: number | null = null;
  #pressedMs = -1;

  /** Throws BadLine when the hello asks for what the firmware does not do. */
  constructor(hello: Hello, version: string) {
    this.hello = hello;
    this.#outside = outsidePorts(hello.ageMs, hello.run === 'lop', filesOf(hello));
    this.core = createCore(this.#outside.ports, { periodMs: hello.periodMs, version });
    if (hello.run !== 'lop') return;
    const { limb, maxMmHg } = this.core.settings;
    allowMeasurement(this.core.supervisor, maxMmHg);
    startLop(this.core.lop, { limb, careful: hello.careful, maxMmHg });
  }

  /** One control period. Throws BadLine when the plant's clock does not run forward. */
  answer(sample: Sample): Answer {
    this.#now = this.#timeOf(sample);
    this.#outside.takeBattery(sample.vb);
    const t = this.core.tick;
    const movedMs = t.outVent ? 0 : t.outPump > 0 ? this.hello.periodMs : t.outBleedMs;
    this.#outside.sensor.take(sample, this.#now, movedMs);
    if (this.hello.run === 'session') {
      if (sample.cmd !== null)
        throw new BadLine('cmd: not in a session; leave it out, or leave "run" out of the hello');
      this.#wear();
      tick(this.core, this.#now);
    } else if (this.hello.run === 'lop') {
      if (sample.cmd !== null)
        throw new BadLine('cmd: not in a measurement; leave it out, or leave "run" out of the hello');
      this.#commanded(() => this.#measure());
    } else {
      if (sample.cmd === 'hold' && this.#setpoint === null) forgetPressure(this.core.supervisor);
      if (sample.cmd === 'hold') this.#setpoint = sample.sp > 0 ? this.#taken(sample.sp) : null;
      if (sample.cmd === 'deflate') this.#setpoint = null;
      this.#commanded(() => {
        this.core.tick.setpoint = this.#setpoint;
        this.core.tick.capMmHg = capOf(this.core.settings.lopMmHg);
      });
    }
    return this.#said();
  }

  /** A setpoint above the ceiling by no more than the rounding of LOP and target is the ceiling; what is higher trips. */
  #taken(sp: number): number {
    const ceiling = this.core.supervisor.limits.ceilingMmHg;
    return sp > ceiling && sp <= ceiling + ROUNDING_MMHG ? ceiling : sp;
  }

  #timeOf(sample: Sample): number {
    this.#firstS ??= sample.t;
    const now = Math.round((sample.t - this.#firstS) * 1000) + this.hello.periodMs;
    if (now <= this.#now)
      throw new BadLine(`t: ${sample.t} s is not after the line before; t must grow by dt`);
    return now;
  }

  /** The order of src/loop.ts with the line in the session's place. */
  #commanded(demand: () => void): void {
    const core = this.core;
    const t = core.tick;
    t.dt = this.#now - t.now;
    t.now = this.#now;
    t.turn = t.count++ & 3;
    t.looked = t.turn === 0;
    if (t.looked) core.ports.monitor.look(t);
    core.sensing.zero.mmHg = 0;
    try {
      sense(core.sensing, t);
      assess(core.supervisor, t);
      t.filled = core.regulator.filled;
      demand();
      if (core.supervisor.trip !== TRIP_NONE) t.setpoint = null;
      regulate(core.regulator, t);
      gate(core.supervisor, t);
    } catch (error) {
      ventNow(t);
      throw error;
    }
  }

  /** The measurement's own demand; at its end vented. */
  #measure(): void {
    const { lop, tick: t } = this.core;
    t.capMmHg = MAX_CUFF_MMHG;
    if (lop.state !== LOP_DONE) lopStep(lop, t);
    if (lop.state !== LOP_DONE) return;
    t.setpoint = null;
    t.quiet = false;
  }

  #measured(): LopAnswer {
    const found = this.core.lop.result;
    if (found.refusal !== 0) return { refused: refusalText(found) };
    const whole = { mmHg: Math.round(found.mmHg), spreadMmHg: Math.round(found.spreadMmHg) };
    return { ...whole, heartRate: Math.round(found.heartRate), notice: noticeText(found) };
  }

  /** A finger on the button as soon as the device would start. */
  #wear(): void {
    const view = viewOf(this.core);
    if (this.#pressedMs >= 0) {
      if (this.#now - this.#pressedMs < PRESS_MS) return;
      release(this.core, 1, this.#now - 1);
      this.#pressedMs = -1;
      this.#started = true;
    } else if (!this.#started && view.phase === PHASE_IDLE && view.inhibits === 0 && view.now > 5000) {
      press(this.core, 1, this.#now - 1);
      this.#pressedMs = this.#now;
    }
  }

  #started = false;

  #said(): Answer {
    const { tick: t, supervisor } = this.core;
    const trip = supervisor.trip;
    const valve = t.outVent ? 1 : Math.min(1, t.outBleedMs / this.hello.periodMs);
    const answer: Answer = { pump: t.outPump / 1000, valve, state: this.#state() };
    if (trip !== TRIP_NONE) {
      const why = tripText(trip, supervisor.measured, supervisor.allowed);
      const tripped = { ...answer, trip: tripRow(trip).code, why };
      return this.hello.run === 'lop' ? { ...tripped, lop: { refused: why } } : tripped;
    }
    if (this.hello.run === 'lop' && this.core.lop.state === LOP_DONE)
      return { ...answer, lop: this.#measured() };
    return this.hello.run === 'session' && t.setpoint !== null ? { ...answer, setpoint: t.setpoint } : answer;
  }

  #state(): string {
    if (this.core.supervisor.trip !== TRIP_NONE) return 'tripped';
    if (this.hello.run === 'session') return phaseName(this.core.session.phase);
    if (this.hello.run === 'lop') return this.core.lop.state === LOP_DONE ? 'measured' : 'measuring';
    if (this.#setpoint === null) return 'vented';
    return this.core.tick.filled ? 'hold' : 'fill';
  }
}
