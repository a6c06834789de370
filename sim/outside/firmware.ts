/**
 * The firmware as a filter: one plant line in, one answer out. The whole tick runs each time; with `cmd` in the lines the line is
 * the demand, in a measurement the firmware's own, in a session a wearer's finger starts it.
 */
import { type Core, createCore } from '../../src/core.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { tick } from '../../src/loop.ts';
import { noticeText, refusalText } from '../../src/occlusion/reasons.ts';
import { uncertaintyMmHg } from '../../src/occlusion/uncertainty.ts';
import { PHASE_IDLE, phaseName } from '../../src/phases.ts';
import { tripRow, tripText } from '../../src/safety/rows/all.ts';
import { TRIP_NONE } from '../../src/safety/trips.ts';
import { builtInProtocol, PROTOCOL_COUNT } from '../../src/session/library.ts';
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
import { viewOf } from '../../src/view.ts';
import { press, release } from '../../src/wearer/press.ts';
import { LedCore } from '../core/led-core.ts';
import { type Answer, BadLine, type Hello, type LopAnswer, type Sample } from './messages.ts';
import { type OutsidePorts, outsidePorts } from './ports.ts';

/** Highest LOP that is believed: stands for one that is not known, so that only the hard limits bind. */
const UNKNOWN_LOP_MMHG = 300;
const PRESS_MS = 200;
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
  /** The core that the lines or a measurement lead; null in a session. */
  readonly #led: LedCore | null;
  #firstS: number | null = null;
  #now = 0;
  #holds = false;
  #pressedMs = -1;
  #started = false;

  /** Throws BadLine when the hello asks for what the firmware does not do. */
  constructor(hello: Hello, version: string) {
    this.hello = hello;
    this.#outside = outsidePorts(hello.ageMs, hello.run === 'lop', hello.periodMs, filesOf(hello));
    const { ports } = this.#outside;
    this.#led = hello.run === 'session' ? null : new LedCore(ports, hello.periodMs, version);
    this.core = this.#led?.core ?? createCore(ports, { periodMs: hello.periodMs, version });
    if (hello.run !== 'lop') return;
    this.core.settings.lopCareful = hello.careful ? 1 : 0;
    this.#led?.measure();
  }

  /** One control period. Throws BadLine when the plant's clock does not run forward. */
  answer(sample: Sample): Answer {
    this.#now = this.#timeOf(sample);
    if (this.hello.run !== 'hold' && sample.cmd !== null) {
      const where = this.hello.run === 'lop' ? 'measurement' : 'session';
      throw new BadLine(`cmd: not in a ${where}; leave it out, or leave "run" out of the hello`);
    }
    this.#outside.takeBattery(sample.vb);
    const t = this.core.tick;
    const movedMs = t.outVent ? 0 : t.outPump > 0 ? this.hello.periodMs : t.outBleedMs;
    this.#outside.sensor.take(sample, this.#now, movedMs);
    if (sample.cmd === 'hold') this.#hold(sample.sp > 0 ? sample.sp : null);
    if (sample.cmd === 'deflate') this.#hold(null);
    if (this.hello.run === 'session') this.#wear();
    tick(this.core, this.#now);
    return this.#said();
  }

  #hold(sp: number | null): void {
    this.#holds = sp !== null;
    this.#led?.hold(sp);
  }

  #timeOf(sample: Sample): number {
    this.#firstS ??= sample.t;
    const now = Math.round((sample.t - this.#firstS) * 1000) + this.hello.periodMs;
    if (now <= this.#now)
      throw new BadLine(`t: ${sample.t} s is not after the line before; t must grow by dt`);
    return now;
  }

  #measured(): LopAnswer {
    const found = this.core.measurement.lop.result;
    if (found.refusal !== 0) return { refused: refusalText(found) };
    const whole = {
      mmHg: Math.round(found.mmHg),
      spreadMmHg: Math.round(found.spreadMmHg),
      offMmHg: Math.round(uncertaintyMmHg(found)),
    };
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

  #said(): Answer {
    const { tick: t, supervisor } = this.core;
    const trip = supervisor.trip;
    const valve = t.outVent ? 1 : Math.min(1, t.outBleedMs / this.hello.periodMs);
    const answer: Answer = { pump: t.outPump / 1000, valve, state: this.#state() };
    if (trip !== TRIP_NONE) {
      const why = tripText(trip, supervisor.measured, supervisor.allowed);
      const tripped = { ...answer, trip: tripRow(trip).name, why };
      return this.hello.run === 'lop' ? { ...tripped, lop: { refused: why } } : tripped;
    }
    if (this.hello.run === 'lop' && this.#led?.measured) return { ...answer, lop: this.#measured() };
    return this.hello.run === 'session' && t.setpoint !== null ? { ...answer, setpoint: t.setpoint } : answer;
  }

  #state(): string {
    if (this.core.supervisor.trip !== TRIP_NONE) return 'tripped';
    if (this.hello.run === 'session') return phaseName(this.core.session.phase);
    if (this.hello.run === 'lop') return this.#led?.measured ? 'measured' : 'measuring';
    if (!this.#holds) return 'vented';
    return this.core.regulator.filled ? 'hold' : 'fill';
  }
}
