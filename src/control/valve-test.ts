/**
 * The valve test: a short bleed at rest tells how fast the valve empties the cuff, and how much its flow draws at the sensor. Behind a
 * narrow hose the reading falls so far that it is believed only when a second one is like it: then the valve stays open for another tick.
 * Must never open the valve for longer than two pieces of `TEST_OPEN_MS` or two ticks.
 */
import type { RegulateTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import { restartAir, setSuction } from './flow.ts';
import { MODE_TEST, setMode, setSince } from './mode.ts';
import { enterRest } from './rest.ts';
import { identifyValve } from './slopes.ts';
import type { ReadonlyRegulator } from './state.ts';

/**
 * Open time of a test bleed in all, ms, or a whole tick if that is longer: a sample must fall into it. docs/lab/control.md: with 20 ms the
 * slope was wrong by a factor of 2.
 */
const TEST_OPEN_MS: Ms = 50;
/** The least fall, thousandths of the setpoint, that tells anything. Set by bench:control on the project's draw. */
const FALL_LEAST = 6;
/** The reading is averaged over this long, ms, before the bleed and after the flow has died down. Set by bench:control on the project's draw. */
const READING_MEAN_MS = 320;
/** The flow dies down in this time, ms: several times the hose's 20 ms (plant model), and some of the gas's heat. */
const DIE_MS = 140;
/**
 * Tenths of the fall that the cuff has made when the reading is lowest. What the reading fell beyond that is suction. Set by bench:control
 * on the project's draw.
 */
const FALLEN_TENTHS = 8;

/** Used in the test only. Written in this file only. */
export interface ValveTestState {
  /** Open time given. */
  testOpenMs: Ms;
  /** Open time left; -1 = the bleed has not begun. */
  testLeftMs: Ms;
  /** Sum of the readings averaged. */
  testSumMmHg: MmHg;
  /** Number of the readings averaged. */
  testReadings: number;
  /** Mean reading before the bleed. */
  testStartMmHg: MmHg;
  /** Lowest reading with the valve open. */
  testLowestMmHg: MmHg;
  /** True once a test was made, whatever came of it. */
  valveTested: boolean;
}

type TestOwner = ReadonlyRegulator & { readonly fill: ValveTestState };

/** Starts the valve test: the mean of the next readings is the level before. */
export function enterTest(r: TestOwner, t: RegulateTick): void {
  const f = r.fill;
  setMode(r, MODE_TEST);
  setSince(r, t.now + READING_MEAN_MS);
  f.testOpenMs = 0;
  f.testLeftMs = -1;
  f.testSumMmHg = 0;
  f.testReadings = 0;
}

/** A tick's piece of the bleed. */
function stepBleed(r: TestOwner, t: RegulateTick): void {
  const f = r.fill;
  t.bleedMs = f.testLeftMs < t.period ? f.testLeftMs : t.period;
  f.testLeftMs -= t.bleedMs;
  f.testOpenMs += t.bleedMs;
  if (f.testLeftMs <= 0) setSince(r, t.now + DIE_MS + READING_MEAN_MS);
}

/** The level before is known: the valve opens. */
function startBleed(r: TestOwner, t: RegulateTick): void {
  const f = r.fill;
  f.testStartMmHg = f.testSumMmHg / f.testReadings;
  f.testLeftMs = t.period > TEST_OPEN_MS ? t.period : TEST_OPEN_MS;
  f.testLowestMmHg = f.testStartMmHg;
  f.testSumMmHg = 0;
  f.testReadings = 0;
  stepBleed(r, t);
}

/** The level after is known: slope = fall / open time, suction = what the reading fell beyond the cuff. */
function judgeTest(r: TestOwner, t: RegulateTick): void {
  const f = r.fill;
  const fall = f.testStartMmHg - f.testSumMmHg / f.testReadings;
  if (fall * 1000 > FALL_LEAST * r.targetMmHg) {
    identifyValve(r, fall / (f.testOpenMs - r.valveDeadMs));
    setSuction(r, f.testStartMmHg - (fall * FALLEN_TENTHS) / 10 - f.testLowestMmHg);
  }
  f.valveTested = true;
  restartAir(r, t.measuredMmHg);
  enterRest(r, t);
}

/** A tick of the test. */
export function stepTest(r: TestOwner, t: RegulateTick): void {
  const f = r.fill;
  if (f.testLeftMs >= 0 && t.fresh && t.measuredMmHg < f.testLowestMmHg) f.testLowestMmHg = t.measuredMmHg;
  if (f.testLeftMs === 0 && f.testOpenMs <= TEST_OPEN_MS && !t.fresh) f.testLeftMs = t.period;
  if (f.testLeftMs > 0) {
    stepBleed(r, t);
    return;
  }
  if (t.fresh && r.modeSinceMs - t.now < READING_MEAN_MS) {
    f.testSumMmHg += t.measuredMmHg;
    f.testReadings += 1;
  }
  if (t.now < r.modeSinceMs || f.testReadings === 0) return;
  if (f.testLeftMs < 0) startBleed(r, t);
  else judgeTest(r, t);
}
