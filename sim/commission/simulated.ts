/**
 * A bench on which everything is simulated: the electrical part on the virtual board, the device's runs on the core in the loop, and a person who
 * answers what he sees on the second gauge and on the parts. What he sees is the truth of the plant, never what the device says.
 */
import { FILE_SETTINGS } from '../../src/files.ts';
import { VENTED_MMHG } from '../../src/limits.ts';
import { PHASE_IDLE } from '../../src/phases.ts';
import { INHIBIT_SENSOR, INHIBIT_ZERO, INHIBIT_ZERO_RANGE } from '../../src/safety/inhibits.ts';
import { startSession } from '../../src/session/session.ts';
import { defaultSettings, encodeSettings, LOP_ENTERED, type Settings } from '../../src/settings.ts';
import type { DrivePins } from '../../tools/build/drive-pins.ts';
import { type BoardLayout, JOLT_LAYOUT } from '../board/layout.ts';
import { VirtualBoard } from '../board/virtual-board.ts';
import { CoreLevel } from '../core/core-level.ts';
import { DRIVER_DROP_MV, type PlantParams } from '../plant/params.ts';
import { Rig } from '../plant/rig.ts';
import { onBottle } from '../tune/bottle.ts';
import { commission, dummyLimb } from '../tune/commission.ts';
import { commissionMmHg, commissionProtocol } from '../tune/commission-protocol.ts';
import { pumpFlowAt } from '../tune/observe.ts';
import type { Bench, Place, Question, RunSeen, ServiceConsole } from './bench.ts';
import type { Build } from './hidden.ts';
import { HEAT_S } from './lines.ts';
import { JOLT_PINS } from './pins.ts';
import { consoleOf } from './simulated-console.ts';
import { paceOfBuild } from './simulated-pace.ts';
import type { Supply } from './supplies.ts';
import { WiredRig } from './wired-rig.ts';

const BOTTLE_ML = 500;
/** A battery at its lowest leaves so much more than what the settings ask for, under load and at rest, mV. */
const LOW_LOADED_MV = 60;
const LOW_REST_MV = 20;
/** A person takes the pump off here, mmHg. */
const MOST_MMHG = 340;
const SETTLE_MS = 9000;
const PULL_DOWN_KOHM = 4.7;
/** What a person takes for half a second, ms. */
const HALF_SECOND_MS = 700;
/** The occlusion pressure that the runs are planned with: nobody is in the cuff. */
const PLACEHOLDER_LOP = 190;

/** The board of a simulated build. */
export interface SimulatedBoard {
  readonly layout: BoardLayout;
  readonly pins: DrivePins;
}

const REFERENCE: SimulatedBoard = { layout: JOLT_LAYOUT, pins: JOLT_PINS };

export class SimulatedBench implements Bench {
  readonly build: Build;
  readonly seed: number;
  readonly settings: Settings;
  readonly minRailMv: number;
  readonly minStartMv: number;

  get pins(): DrivePins {
    return this.#board.pins;
  }

  /** Everything that was said. */
  readonly said: string[] = [];
  /** Questions, in the order in which they came. */
  readonly asked: Question[] = [];
  #wired: WiredRig | undefined;
  #gauge = Number.NaN;

  readonly #board: SimulatedBoard;

  constructor(build: Build, seed: number, board: SimulatedBoard = REFERENCE) {
    this.#board = board;
    this.build = build;
    this.seed = seed;
    this.minRailMv = build.supply.minRailMv;
    this.minStartMv = build.supply.minStartMv;
    this.settings = {
      ...defaultSettings(),
      minRailMv: this.minRailMv,
      minStartMv: this.minStartMv,
      lopMmHg: PLACEHOLDER_LOP,
      lopSource: LOP_ENTERED,
    };
  }

  say(text: string): void {
    this.said.push(text);
  }

  yes(id: Question): Promise<boolean> {
    this.asked.push(id);
    return Promise.resolve(this.#sees(id));
  }

  number(id: Question): Promise<number> {
    this.asked.push(id);
    return Promise.resolve(this.#reads(id));
  }

  #sees(id: Question): boolean {
    if (id === 'open-unpowered') return !this.build.shutUnpowered;
    if (id === 'valve-lets-go') return this.#letGo();
    const moved = this.#wired?.moved ?? { pump: false, valve: false };
    if (this.#wired !== undefined) this.#wired.moved = { pump: false, valve: false };
    if (id === 'pump-moves') return moved.pump && !moved.valve;
    if (id === 'valve-moves') return moved.valve && !moved.pump;
    if (id === 'nothing-moves') return !moved.valve && !moved.pump;
    return true;
  }

  /** The valve was on each time that it was switched on at last, and not for long. */
  #letGo(): boolean {
    const times = this.pins.feed === undefined ? 1 : 2;
    const held = (this.#wired?.heldMs ?? []).slice(-times);
    return held.length === times && held.every((ms) => ms > 100 && ms < HALF_SECOND_MS);
  }

  #reads(id: Question): number {
    const { relief } = this.build.plant;
    if (id === 'relief-crack') return relief === null || relief.crackMmHg > MOST_MMHG ? 0 : relief.crackMmHg;
    if (id === 'relief-full') return settledMmHg(this.build.plant);
    if (id === 'gauge') return this.#gauge;
    return 0;
  }

  async inService<T>(work: (console: ServiceConsole) => Promise<T>): Promise<T> {
    const wired = new WiredRig(this.#rig(onBottle(this.build.plant, BOTTLE_ML)), this.build.swapped);
    this.#wired = wired;
    const board = new VirtualBoard({ rig: wired, layout: this.#board.layout });
    this.#breakBoard(board);
    board.powerOn();
    return await work(consoleOf(board, wired));
  }

  #breakBoard(board: VirtualBoard): void {
    const { machine } = board;
    machine.fitPullDowns(this.build.noPullDown ? undefined : PULL_DOWN_KOHM);
    if (this.build.deadMonostable && machine.monostable !== undefined) machine.monostable.stuckHigh = true;
    if (this.build.deadWatchdog) machine.watchdog.enable = () => undefined;
    if (!this.build.deadLease) return;
    machine.utilityTimer.run = () => false;
    machine.utilityTimer.nextMs = () => Number.POSITIVE_INFINITY;
  }

  #rig(plant: PlantParams): Rig {
    const { sensor, faults } = this.build;
    const rig = new Rig({ plant, limb: dummyLimb(), sensor, faults, lopMmHg: PLACEHOLDER_LOP }, this.seed);
    rig.setActivity('rest');
    return rig;
  }

  #level(rig: Rig): CoreLevel {
    return new CoreLevel(rig, { files: { [FILE_SETTINGS]: encodeSettings(this.settings) } });
  }

  rest(): Promise<number> {
    const level = this.#level(this.#rig(onBottle(this.build.plant, BOTTLE_ML)));
    while (level.rig.nowMs < SETTLE_MS) level.nextTick();
    const refused = level.view.inhibits & (INHIBIT_SENSOR + INHIBIT_ZERO + INHIBIT_ZERO_RANGE);
    return Promise.resolve(refused === 0 ? level.view.filteredMmHg : Number.NaN);
  }

  stop(): Promise<number> {
    const rig = this.#rig(onBottle(this.build.plant, BOTTLE_ML));
    const level = this.#level(rig);
    while (level.rig.nowMs < SETTLE_MS || level.view.phase !== PHASE_IDLE) level.nextTick();
    startSession(level.core.session, commissionProtocol(commissionMmHg(this.settings)), PLACEHOLDER_LOP);
    const limit = rig.nowMs + 20_000;
    while (rig.p2 < 30 && rig.nowMs < limit) level.nextTick();
    if (rig.p2 < 30) return Promise.resolve(Number.NaN);
    level.button(1, true, rig.nowMs + 1);
    level.button(1, false, rig.nowMs + 120);
    const from = rig.nowMs;
    while (rig.p2 > VENTED_MMHG && rig.nowMs < from + 45_000) level.nextTick();
    return Promise.resolve(rig.p2 > VENTED_MMHG ? Number.NaN : (rig.nowMs - from) / 1000);
  }

  lowestRail(): Promise<number> {
    return Promise.resolve(this.#hot().batteryMv - DRIVER_DROP_MV);
  }

  /** The same build after 20 min with the coil on (its resistance is what it comes to), and the battery that was fitted for it. */
  #hot(): PlantParams {
    const { plant, neverLow, supply } = this.build;
    const hot = { ...plant, coilPull: plant.coilPull * (1 + plant.coilHeat), coilHeat: 0 };
    return neverLow || supply.regulated ? hot : { ...hot, batteryMv: lowestBattery(supply) };
  }

  /** What it does to the valve is in `#hot`. */
  heat(): Promise<number> {
    return Promise.resolve(HEAT_S);
  }

  run(place: Place): Promise<RunSeen> {
    const own = this.build.plant;
    const plant = place === 'cuff' ? own : onBottle(place === 'hot' ? this.#hot() : own, BOTTLE_ML);
    const rig = this.#rig(plant);
    const truth: number[] = [];
    const ran = commission(rig, this.settings, place, (view) => {
      if (view.setpoint === commissionMmHg(this.settings) && view.pump === 0) truth.push(rig.p2);
    });
    const late = truth.slice(100);
    this.#gauge = late.length === 0 ? Number.NaN : Math.round(late.reduce((a, b) => a + b, 0) / late.length);
    const stopped = ran.inhibits.length > 0 ? `it did not start: ${ran.inhibits.join(', ')}` : ran.trip;
    const problem = stopped ?? (ran.complete ? undefined : 'it did not come to its end');
    return Promise.resolve({ trace: ran.trace, problem, pace: paceOfBuild(this.build, this.seed) });
  }
}

/** The battery at its lowest, mV: the pump does not pull the rail below what the settings allow. */
function lowestBattery(supply: Supply): number {
  const loaded = (supply.minRailMv + LOW_LOADED_MV) / (1 - supply.sag);
  return Math.max(supply.minStartMv + LOW_REST_MV, loaded) + DRIVER_DROP_MV;
}

/** Where the pump's flow and the relief valve's meet; the person takes the pump off at MOST_MMHG. */
function settledMmHg(plant: PlantParams): number {
  const relief = plant.relief;
  for (let p = 1; p < MOST_MMHG; p++) {
    const out = relief === null ? 0 : (Math.max(0, p - relief.crackMmHg) * relief.flow) / 20;
    if (pumpFlowAt(plant, p) <= out) return p;
  }
  return MOST_MMHG;
}
