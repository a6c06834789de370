/** One fault-free session, from power-up to its end; what a worker of the false alarm bench does over and over. */
import { PHASE_DEFLATE } from '../../src/phases.ts';
import { TickTiming, type TimingKind } from '../core/tick-timing.ts';
import { Random } from '../plant/random.ts';
import { drawFor } from './faults-draw.ts';
import { levelOf, SessionDriver } from './faults-run.ts';
import { SHAPES } from './faults-sessions.ts';

export interface AlarmResult {
  readonly index: number;
  readonly shape: string;
  /** 0 = none. */
  readonly trip: number;
  readonly measured: number;
  readonly allowed: number;
  readonly atMs: number;
  /** The device refused to start: inhibit bits; 0 = it started. */
  readonly refused: number;
  /** The pump is too weak for this pressure: the fill did not reach the setpoint. */
  readonly seconds: number;
  /** The build lets air out all the time by a fixed bleed: its commissioning refuses it, for its leak on the bottle. */
  readonly bleeds: boolean;
}

const LIMIT_MS = 400_000;
/** Sessions begin in this tick, and in each of the next three. */
const START_TICK = 200;
const TURNS = 4;

export interface AlarmOrder {
  readonly seed: number;
  readonly index: number;
  /** When its ticks come. */
  readonly ticks: TimingKind;
  readonly periodMs: number;
}

/** Runs session `index` of the bench with `seed`. The same order gives the same session. */
export function alarmSession({ seed, index, ticks, periodMs }: AlarmOrder): AlarmResult {
  const shape = SHAPES[index % SHAPES.length];
  if (shape === undefined) throw new RangeError('no shapes');
  const draw = drawFor(shape, seed, Math.floor(index / SHAPES.length), true);
  const timing = new TickTiming(ticks, periodMs, new Random(draw.seed));
  const level = levelOf(draw, shape, [], timing, periodMs);
  const driver = new SessionDriver(level, shape, START_TICK + (index % TURNS));
  while (level.rig.nowMs < LIMIT_MS && level.view.trip === 0) {
    driver.step();
    if (driver.over && level.view.phase !== PHASE_DEFLATE) break;
    if (!driver.started && level.rig.nowMs > 60_000) break;
  }
  const s = level.core.supervisor;
  return {
    index,
    shape: shape.name,
    trip: s.trip,
    measured: s.measured,
    allowed: s.allowed,
    atMs: level.rig.nowMs,
    refused: driver.started ? 0 : level.view.inhibits,
    seconds: level.rig.nowMs / 1000,
    bleeds: draw.plant.bleed > 0,
  };
}
