import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBalance } from '../../src/safety/air-balance.ts';
import { endWindow, judgeAir } from '../../src/safety/air-rules.ts';
import { addPulse, countedOf, dropPulse, endPulse, startPulse } from '../../src/safety/pulse-rules.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import type { Tick } from '../../src/tick.ts';
import { heldBook } from './book-stand.ts';

let s: Supervisor;
let t: Tick;
let b: AirBalance;

beforeEach(() => {
  const held = heldBook();
  s = held.s;
  t = held.t;
  b = held.b;
  s.heldSince = t.now;
});

/** A pulse of `ms` from 100 mmHg to here, 400 ms later; the pump makes 20 mmHg/s. The second before it the reading had fallen by `fell`. */
function pulseTo(mmHg: number, ms = 100, fell = 0): number {
  Object.assign(b, { pulseLostMs: 0, pulseEndMmHg: 100 + fell, pulseEndedAt: t.now });
  t.now += 1000;
  startPulse(s, t, 100);
  addPulse(s, ms);
  t.now += 400;
  t.filteredMmHg = mmHg;
  endPulse(s, t);
  return b.pulseLostMs * 8;
}

describe('what a pulse loses', () => {
  it.each([
    ['nothing, where the reading rises by all of it', 102, 100, 0],
    ['a part of it', 101.2, 100, 40],
    ['45 % at most', 101.11, 100, 44.5],
    ['nothing, where the reading does not answer', 101.09, 100, 0],
    ['nor where it falls', 99, 100, 0],
    ['nothing, where it rises by more', 104, 100, 0],
    ['is not known from one that gives less than 1 mmHg', 100, 49, 0],
    ['is known from one that gives 1 mmHg', 100.6, 50, 20],
  ])('%s', (_name, mmHg, ms, lost) => {
    expect(pulseTo(mmHg, ms)).toBeCloseTo(lost, 9);
  });

  it('a leak or a drift of 1 mmHg/s is not taken for it', () => {
    expect(pulseTo(101.6, 100, 1)).toBeCloseTo(0, 9);
    expect(pulseTo(100.8, 100, 1)).toBeCloseTo(40, 9);
  });

  it('is not known where the reading before the pulse is not', () => {
    pulseTo(101.2);
    const known = b.pulseLostMs;
    dropPulse(s);
    startPulse(s, t, 100);
    addPulse(s, 100);
    t.filteredMmHg = 102;
    endPulse(s, t);
    expect(b.pulseLostMs).toBe(known);
  });

  it('is learned from the second of two pulses, with the trend between them', () => {
    const pulse = (from: number, to: number): void => {
      startPulse(s, t, from);
      addPulse(s, 100);
      t.now += 400;
      t.filteredMmHg = to;
      endPulse(s, t);
      t.now += 1600;
    };
    pulse(100, 102);
    expect(b.pulseLostMs).toBe(0);
    // 1.6 mmHg were lost in 1.6 s: 0.4 of them in the 0.4 s of the pulse
    pulse(100.4, 101.2);
    expect(b.pulseLostMs * 8).toBeCloseTo(100 - 1200 / 20, 9);
  });

  it('is the mean of some', () => {
    Object.assign(b, { pulseLostMs: 40, pulseEndMmHg: 100, pulseEndedAt: t.now - 1000 });
    startPulse(s, t, 100);
    addPulse(s, 60);
    addPulse(s, 40);
    t.filteredMmHg = 101.6;
    endPulse(s, t);
    expect(b.pulseLostMs).toBeCloseTo(40 + (20 - 40) / 8, 9);
  });

  it('is not believed to have grown once the hold is a minute old; less is', () => {
    s.heldSince = t.now + 1400 - 60_001;
    expect(pulseTo(101.2)).toBe(0);
    Object.assign(b, { pulseLostMs: 40, pulseEndMmHg: 100, pulseEndedAt: t.now });
    t.now += 1000;
    startPulse(s, t, 100);
    addPulse(s, 100);
    t.filteredMmHg = 102;
    endPulse(s, t);
    expect(b.pulseLostMs).toBeCloseTo(35, 9);
  });

  it('is not learned from a limb that moved, nor twice from one pulse', () => {
    Object.assign(b, { pulseEndMmHg: 100, pulseEndedAt: t.now - 1000 });
    startPulse(s, t, 100);
    addPulse(s, 100);
    dropPulse(s);
    endPulse(s, t);
    expect(b.pulseLostMs).toBe(0);
    pulseTo(101.2);
    const once = b.pulseLostMs;
    endPulse(s, t);
    expect(b.pulseLostMs).toBe(once);
  });

  it('is taken off, up to 45 % of the round', () => {
    b.pulseLostMs = 50;
    expect(countedOf(s, 200)).toBe(150);
    expect(countedOf(s, 50)).toBeCloseTo(27.5, 9);
  });
});

describe('in a hold at rest', () => {
  /** Rounds of `ms` with the pump on for so long in the first of them, and the reading after it. */
  const pulse = (ms: number, mmHg: number): void => {
    s.pumpMs += ms;
    for (let n = 0; n < 8; n++) {
      t.now += s.roundMs;
      Object.assign(t, { measuredMmHg: mmHg, filteredMmHg: mmHg });
      judgeAir(s, t);
    }
  };

  beforeEach(() => {
    Object.assign(b, { idleMs: 400, calmMmHg: 100, windowAt: 0 });
    Object.assign(s, { reached: true, meanMmHg: 100 });
  });

  it('pulses of which two fifths are lost count for the rest in the book, once that is known', () => {
    for (let n = 0; n < 40; n++) {
      pulse(100, 101.2);
      Object.assign(b, { calmMmHg: 100, pulseEndMmHg: 100 });
      s.heldSince = t.now;
    }
    expect(b.pulseLostMs).toBeGreaterThan(36);
    const from = b.bookMmHg;
    pulse(100, 101.2);
    expect(b.bookMmHg - from).toBeLessThan(1.4);
    expect(b.bookMmHg - from).toBeGreaterThan(0.5);
  });

  it('the reading after it is taken once', () => {
    Object.assign(b, { pulseEndMmHg: 100, pulseEndedAt: t.now - 1000 });
    pulse(100, 101.2);
    const { pulseEndedAt } = b;
    expect(b.pulseEndMmHg).toBe(101.2);
    Object.assign(t, { measuredMmHg: 100.4, filteredMmHg: 100.4 });
    t.now += s.roundMs;
    judgeAir(s, t);
    expect([b.pulseEndMmHg, b.pulseEndedAt]).toEqual([101.2, pulseEndedAt]);
  });

  it('a new fill ends it', () => {
    startPulse(s, t, 100);
    endWindow(s);
    expect(b.pulseFromMmHg).toBeNaN();
  });

  it('one that follows at once is another round of the same', () => {
    b.pulseLostMs = 50;
    s.pumpMs += 100;
    judgeAir(s, t);
    const from = b.bookMmHg;
    s.pumpMs += 100;
    judgeAir(s, t);
    expect(b.bookMmHg - from).toBeGreaterThan(1.8);
  });

  it('a bleed in between, or a limb that moves, teaches nothing', () => {
    s.pumpMs += 100;
    judgeAir(s, t);
    s.bledMs += 20;
    judgeAir(s, t);
    expect(b.pulseFromMmHg).toBeNaN();
    Object.assign(b, { idleMs: 400, calmMmHg: 100 });
    s.pumpMs += 100;
    judgeAir(s, t);
    b.idleMs = 400;
    Object.assign(t, { measuredMmHg: 110, filteredMmHg: 110 });
    judgeAir(s, t);
    expect([b.pulseFromMmHg, b.pulseLostMs]).toEqual([Number.NaN, 0]);
  });
});
