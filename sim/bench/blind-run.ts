/** One case of `npm run bench:blind` on one sampled build: the whole core, buttons and lock-out and all, judged by the true pressure. */
import { FILE_LOCK, FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { TICK_MS, VENTED_MMHG } from '../../src/limits.ts';
import {
  isPressurePhase,
  PHASE_DEFLATE,
  PHASE_DONE,
  PHASE_FILL,
  PHASE_IDLE,
  PHASE_REST,
  PHASE_TRIPPED,
  PHASE_WORK,
} from '../../src/phases.ts';
import { encodeProtocol, FIRST_STORED, protocolFile } from '../../src/session/stored.ts';
import { encodeSettings } from '../../src/settings.ts';
import { PATTERN_HAZARD } from '../../src/wearer/patterns.ts';
import { CoreLevel } from '../core/core-level.ts';
import { MemoryStore } from '../core/store.ts';
import { TickTiming } from '../core/tick-timing.ts';
import type { Fault } from '../plant/faults.ts';
import { Random } from '../plant/random.ts';
import { Rig } from '../plant/rig.ts';
import type { BlindBuild } from './blind-build.ts';
import { type BlindCase, SESSIONS, type When } from './blind-cases.ts';
import { wideSettings } from './faults-run.ts';
import { protocolOf, type SessionShape } from './faults-sessions.ts';

export interface BlindResult {
  readonly name: string;
  readonly build: number;
  /** The fault was planted: the session got so far. */
  readonly planted: boolean;
  /** First trip after the fault, 0 = none, and the time to it, ms; -1 = none. */
  readonly trip: number;
  readonly delayMs: number;
  /** Longest time above LOP without a break, and highest pressure, by the true cuff pressure from the fault on; ms, mmHg. */
  readonly aboveMs: number;
  readonly peakMmHg: number;
  /** Highest mean over 3 s as a share of LOP, and the same until the first trip. */
  readonly meanShare: number;
  /** The lamp said "open the cuff by hand" at some time after the fault. */
  readonly told: boolean;
  /** The lock-out was given back, or the next fill begun, with more than 15 mmHg in the cuff. */
  readonly freed: boolean;
  readonly refilled: boolean;
  /** True pressure at the end, mmHg. */
  readonly leftMmHg: number;
}

const MEAN_MS = 3000;
const AFTER_TRIP_MS = 60_000;
const KEEN_MS = 900_000;
const OFF_MS = 3000;
const PRESS_EVERY_MS = 2500;
const START_BY_MS = 90_000;
/** Longest stretch of an arm's session, s: it may have 15 min under pressure, the fill included. */
const ARM_S = 840;

function shapeOf(c: BlindCase, build: BlindBuild): SessionShape {
  const arm = build.plant.limb === 'arm';
  const work = arm ? 'curl' : c.session === 'long' ? 'run' : 'legpress';
  const whole = SESSIONS[c.session] ?? [];
  const steps = arm ? whole.map(([what, s]) => [what, Math.min(s, ARM_S)] as const) : whole;
  const rest = work === 'run' ? 'stand' : 'rest';
  return { name: 'blind', limb: build.plant.limb, kind: work, work, rest, permille: c.permille, steps };
}

/** Plays one case and watches. */
class BlindRun {
  readonly #case: BlindCase;
  readonly #build: BlindBuild;
  readonly #shape: SessionShape;
  readonly #rig: Rig;
  readonly #store: MemoryStore;
  #level: CoreLevel;
  #plantedAt = -1;
  #cutAt = Number.POSITIVE_INFINITY;
  #phaseSince = 0;
  #phase = PHASE_IDLE;
  #pressAt = 0;
  #working = false;
  #trip = 0;
  #tripAt = -1;
  #aboveMs = 0;
  #longestMs = 0;
  #peak = 0;
  #mean = 0;
  #meanPeak = 0;
  #told = false;
  #freed = false;
  #refilled = false;
  #full = false;
  #starts = 0;

  constructor(c: BlindCase, build: BlindBuild) {
    this.#case = c;
    this.#build = build;
    this.#shape = shapeOf(c, build);
    const { plant } = build;
    const settings = { ...wideSettings(plant.limb, plant.lopMmHg), protocol: FIRST_STORED + 1, screening: 1 };
    this.#store = new MemoryStore({
      [FILE_SETTINGS]: encodeSettings(settings),
      [FILE_PROGRESS]: '1,20,20,5,0,0,0',
      [protocolFile(0)]: encodeProtocol(protocolOf(this.#shape)),
    });
    this.#rig = new Rig(
      {
        plant,
        limb: build.limb[this.#shape.kind],
        sensor: build.sensor,
        targetMmHg: (plant.lopMmHg * c.permille) / 1000,
      },
      build.seed,
    );
    this.#rig.setActivity(this.#shape.rest);
    this.#level = this.#powerUp();
  }

  #powerUp(): CoreLevel {
    const timing = new TickTiming('late', TICK_MS, new Random(this.#build.seed));
    this.#phaseSince = this.#rig.nowMs;
    this.#phase = PHASE_IDLE;
    return new CoreLevel(this.#rig, { store: this.#store, timing });
  }

  run(): BlindResult {
    while (!this.#over()) {
      this.#level.nextTick();
      if (this.#rig.nowMs >= this.#cutAt) this.#restart();
      this.#live();
      if (this.#plantedAt < 0 && this.#due(this.#case.when)) this.#plant();
      if (this.#plantedAt >= 0) this.#watch();
    }
    return {
      name: this.#case.name,
      build: this.#build.index,
      planted: this.#plantedAt >= 0,
      trip: this.#trip,
      delayMs: this.#tripAt < 0 ? -1 : this.#tripAt - this.#plantedAt,
      aboveMs: this.#longestMs,
      peakMmHg: this.#peak,
      meanShare: this.#meanPeak / this.#build.plant.lopMmHg,
      told: this.#told,
      freed: this.#freed,
      refilled: this.#refilled,
      leftMmHg: this.#rig.p2,
    };
  }

  /** The power is off for some seconds; then a new core starts on the same flash and the same cuff. */
  #restart(): void {
    const atMs = this.#rig.nowMs;
    this.#cutAt = Number.POSITIVE_INFINITY;
    this.#rig.addFault({ kind: 'supply-lost', atMs, untilMs: atMs + OFF_MS });
    this.#rig.pump = 0;
    this.#rig.valve = 0;
    this.#rig.advanceTo(atMs + OFF_MS + 1);
    this.#level = this.#powerUp();
  }

  #due(when: When): boolean {
    const now = this.#rig.nowMs;
    const view = this.#level.view;
    const since = now - this.#phaseSince;
    if (when.phase === 'start') return view.phase === PHASE_IDLE && view.tick > 150;
    if (when.phase === 'fill')
      return (
        view.phase === PHASE_FILL && view.filteredMmHg >= when.share * view.setpoint && view.setpoint > 0
      );
    const phase = when.phase === 'rest' ? PHASE_REST : when.phase === 'work' ? PHASE_WORK : PHASE_DEFLATE;
    return view.phase === phase && since >= when.ms;
  }

  #plant(): void {
    this.#plantedAt = this.#rig.nowMs;
    for (const fault of this.#case.faults) this.#rig.addFault({ ...fault, atMs: this.#rig.nowMs } as Fault);
    if (this.#case.cutMs !== undefined) this.#cutAt = this.#rig.nowMs + this.#case.cutMs;
  }

  /** The wearer: moves when told to, presses start, and, when keen, presses again whatever it was. */
  #live(): void {
    const view = this.#level.view;
    const now = this.#rig.nowMs;
    if (view.phase !== this.#phase) {
      if (view.phase === PHASE_FILL) this.#starts++;
      this.#phase = view.phase;
      this.#phaseSince = now;
    }
    const working = view.phase === PHASE_WORK;
    if (working !== this.#working) this.#rig.setActivity(working ? this.#shape.work : this.#shape.rest);
    this.#working = working;
    if (now < this.#pressAt || view.tick < 200) return;
    const waitsForPlant = this.#case.when.phase === 'start' && this.#plantedAt < 0;
    const starts = view.phase === PHASE_IDLE && (this.#starts === 0 || this.#case.keen === true);
    const again = view.phase === PHASE_TRIPPED && this.#case.keen === true;
    if ((!starts && !again) || waitsForPlant) return;
    this.#pressAt = now + PRESS_EVERY_MS;
    this.#level.button(1, true, now + 1);
    this.#level.button(1, false, now + 201);
  }

  #watch(): void {
    const { core } = this.#level;
    const p = this.#rig.p2;
    const now = this.#rig.nowMs;
    const ms = core.tick.dt;
    const lop = this.#build.plant.lopMmHg;
    this.#aboveMs = p > lop ? this.#aboveMs + ms : 0;
    this.#longestMs = Math.max(this.#longestMs, this.#aboveMs);
    this.#peak = Math.max(this.#peak, p);
    this.#mean += ((p - this.#mean) * ms) / MEAN_MS;
    this.#meanPeak = Math.max(this.#meanPeak, this.#mean);
    if (core.supervisor.trip !== 0 && this.#tripAt < 0) {
      this.#tripAt = now;
      this.#trip = core.supervisor.trip;
    }
    if (core.lamps.shown === PATTERN_HAZARD) this.#told = true;
    if (this.#full && p > VENTED_MMHG && core.outputs.sentPump > 0) this.#refilled = true;
    if (isPressurePhase(core.session.phase)) this.#full = false;
    else if (p > VENTED_MMHG && this.#phaseSince < now - 20_000) this.#full = true;
    if (p > VENTED_MMHG && this.#tripAt >= 0 && this.#store.read(FILE_LOCK) === '0') this.#freed = true;
  }

  #over(): boolean {
    const now = this.#rig.nowMs;
    const phase = this.#level.view.phase;
    if (this.#plantedAt < 0)
      return now > START_BY_MS + 600_000 || phase === PHASE_DONE || this.#level.core.supervisor.trip !== 0;
    const since = now - this.#plantedAt;
    if (this.#case.keen === true) return since > KEEN_MS || this.#starts > 12;
    if (this.#tripAt >= 0) return now > this.#tripAt + AFTER_TRIP_MS;
    if (this.#starts === 0) return since > AFTER_TRIP_MS;
    if (this.#case.cutMs !== undefined) return since > 2 * AFTER_TRIP_MS;
    return !isPressurePhase(phase) && now - this.#phaseSince > AFTER_TRIP_MS;
  }
}

export function runBlind(c: BlindCase, build: BlindBuild): BlindResult {
  return new BlindRun(c, build).run();
}
