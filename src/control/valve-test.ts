import type { Tick } from '../tick.ts';
import { SUCK_MAX } from './flow.ts';
import { enterRest } from './rest.ts';
import { MODE_TEST, type Regulator } from './state.ts';

/**
 * Open time of a test bleed in all, or a whole tick if that is longer: a sample must fall into it, or the suction stays unknown. And the
 * least fall, in thousandths of the target, that tells anything.
 */
const TEST_OPEN_MS = 50;
const TEST_LEAST = 6;
/** The reading is averaged over this long, before the bleed and after the flow has died down. */
const TEST_MEAN_MS = 320;
const TEST_DIE_MS = 140;

/** Starts the valve test: the mean of the next readings is the level before. */
export function enterTest(r: Regulator, t: Tick): void {
  const f = r.fill;
  r.mode = MODE_TEST;
  r.since = t.now + TEST_MEAN_MS;
  f.openMs = 0;
  f.leftMs = -1;
  f.sum = 0;
  f.count = 0;
}

function testDone(r: Regulator, t: Tick): void {
  r.fill.tested = true;
  r.air = 0;
  r.limb = t.measuredMmHg;
  enterRest(r, t);
}

function stepBleed(r: Regulator, t: Tick): void {
  const f = r.fill;
  t.bleedMs = f.leftMs < t.period ? f.leftMs : t.period;
  f.leftMs -= t.bleedMs;
  f.openMs += t.bleedMs;
  if (f.leftMs <= 0) r.since = t.now + TEST_DIE_MS + TEST_MEAN_MS;
}

function startBleed(r: Regulator, t: Tick): void {
  const f = r.fill;
  f.before = f.sum / f.count;
  f.leftMs = t.period > TEST_OPEN_MS ? t.period : TEST_OPEN_MS;
  f.opened = f.before;
  f.sum = 0;
  f.count = 0;
  stepBleed(r, t);
}

function judgeTest(r: Regulator, t: Tick): void {
  const f = r.fill;
  const fall = f.before - f.sum / f.count;
  if (fall * 1000 > TEST_LEAST * r.target) {
    r.down = fall / (f.openMs - r.deadMs);
    r.downFirst = r.down;
    r.downKnown = true;
    const suck = f.before - (fall * 8) / 10 - f.opened;
    r.suck = suck < 0 ? 0 : suck > SUCK_MAX ? SUCK_MAX : suck;
  }
  testDone(r, t);
}

/**
 * The valve test: a short bleed at rest tells how fast the valve empties the cuff. Behind a narrow hose the reading falls so far that it is
 * believed only when a second one is like it: then the valve stays open for another tick.
 */
export function stepTest(r: Regulator, t: Tick): void {
  const f = r.fill;
  if (f.leftMs >= 0 && t.fresh && t.measuredMmHg < f.opened) f.opened = t.measuredMmHg;
  if (f.leftMs === 0 && f.openMs <= TEST_OPEN_MS && !t.fresh) f.leftMs = t.period;
  if (f.leftMs > 0) {
    stepBleed(r, t);
    return;
  }
  if (t.fresh && r.since - t.now < TEST_MEAN_MS) {
    f.sum += t.measuredMmHg;
    f.count += 1;
  }
  if (t.now < r.since || f.count === 0) return;
  if (f.leftMs < 0) startBleed(r, t);
  else judgeTest(r, t);
}
