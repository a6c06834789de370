import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBalance } from '../../src/safety/air-balance.ts';
import {
  BOOK_FULL,
  BOOK_OPEN,
  BOOK_WORN,
  closeBook,
  createAirBook,
  fillBook,
  keepBook,
  openBook,
  proveLoss,
} from '../../src/safety/book-rules.ts';
import { TRIP_BOOK_FULL } from '../../src/safety/rows/book.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import type { Tick } from '../../src/tick.ts';
import { heldBook } from './book-stand.ts';
import { BOOK_SHORT_MS } from './numbers.ts';

let s: Supervisor;
let t: Tick;
let b: AirBalance;

beforeEach(() => {
  const held = heldBook();
  s = held.s;
  t = held.t;
  b = held.b;
});

describe('the book is opened', () => {
  beforeEach(() => {
    Object.assign(b, createAirBook());
    Object.assign(s, { heldSince: t.now - 4000 });
    Object.assign(b, { bookFillPumpMs: b.seenPumpMs, bookFillBledMs: b.seenBledMs });
  });

  it('4 s after the setpoint was reached, and counts from then', () => {
    s.heldSince = t.now - 3999;
    openBook(s, t);
    expect([b.bookKept, b.bookMmHg]).toEqual([false, 0]);
    s.heldSince = t.now - 4000;
    openBook(s, t);
    expect([b.bookKept, b.bookAt, b.bookOpenedAt]).toEqual([true, t.now, t.now - 4000]);
    expect([b.bookMmHg, b.bookMeanMmHg, b.bookLateMmHg]).toEqual([100, 100, 100]);
  });

  it.each<[string, number, number]>([
    ['the setpoint, where the mean says less', 70, 100],
    ['the mean, where it says more', 104, 104],
  ])('with %s', (_name, mean, mmHg) => {
    s.meanMmHg = mean;
    openBook(s, t);
    expect([b.bookMmHg, b.bookMeanMmHg, b.bookLateMmHg]).toEqual([mmHg, mmHg, mmHg]);
  });

  it.each<[string, number, number, number]>([
    ['and what was pumped in since the fill beyond creep, a tenth of the setpoint', 650, 0, 103],
    ['creep takes the rest', 400, 0, 100],
    ['what was let out counts as by the strongest valve, 140 mmHg/s', 650, 10, 101.6],
    ['and nothing less than the setpoint is left', 650, 100, 100],
  ])('%s', (_name, pumped, bled, mmHg) => {
    b.seenPumpMs += pumped;
    b.seenBledMs += bled;
    openBook(s, t);
    expect([b.bookMmHg, b.bookMeanMmHg, b.bookLateMmHg]).toEqual([mmHg, mmHg, mmHg]);
  });
});

describe('the book is opened with more', () => {
  beforeEach(() => {
    Object.assign(b, createAirBook());
    Object.assign(s, { heldSince: t.now - 4000 });
    Object.assign(b, { bookFillPumpMs: b.seenPumpMs, bookFillBledMs: b.seenBledMs });
  });

  it.each<[string, number, number]>([
    ['what the reading fell in the fill is added', 25, 125],
    ['however little', 1, 101],
    ['what it gained is not taken off', -8, 100],
  ])('%s', (_name, fell, mmHg) => {
    Object.assign(b, { fellMmHg: fell });
    openBook(s, t);
    expect([b.bookMmHg, b.bookMeanMmHg, b.bookLateMmHg]).toEqual([mmHg, mmHg, mmHg]);
  });
});

describe('what a fill pumps in near the setpoint', () => {
  beforeEach(() => {
    Object.assign(b, { bookKept: false, rateEnded: true, bookFillPumpMs: 9000, bookFillBledMs: 500 });
    Object.assign(s, { reached: false });
  });

  it.each<[string, number, number, number]>([
    ['50 mmHg beyond creep trip', 3000, 0, TRIP_BOOK_FULL],
    ['less does not', 2999, 0, 0],
    ['nor what the strongest valve lets out again', 3000, 1, 0],
  ])('%s', (_name, pumped, bled, trip) => {
    s.pumpMs += pumped;
    s.bledMs += bled;
    fillBook(s, t, pumped, bled);
    expect(s.trip).toBe(trip);
    expect([b.bookFillPumpMs, b.bookFillBledMs]).toEqual([9000, 500]);
  });
});

describe('in a fill', () => {
  it('from empty nothing is kept but how far pump and valve have come', () => {
    b.bookKept = false;
    Object.assign(s, { pumpMs: 12_000, bledMs: 700 });
    fillBook(s, t, 3000, 200);
    expect([b.bookFillPumpMs, b.bookFillBledMs, b.bookMmHg]).toEqual([12_000, 700, 120]);
  });

  it('that goes on from a hold pump and valve count', () => {
    s.pumpMs += 600;
    fillBook(s, t, 600, 0);
    // 40 mmHg above four fifths of the setpoint
    expect(b.bookMmHg).toBeCloseTo(120 + 12 * (1 - 40 / 600), 9);
    b.bookMmHg = 100;
    s.bledMs += 100;
    fillBook(s, t, 0, 100);
    expect(b.bookMmHg).toBeCloseTo(100 - 4, 9);
    expect([b.bookFillPumpMs, b.bookFillBledMs]).toEqual([0, 0]);
  });
});

describe('what a hold has lost, if the reading is right', () => {
  const lossAt = (mmHg: number, ms: number): number => {
    Object.assign(b, { bookMmHg: mmHg, bookMeanMmHg: mmHg, bookLateMmHg: mmHg, provenMmHgPerS: 0.3 });
    Object.assign(b, { bookOpenedAt: t.now - ms, lossMmHgPerS: 9 });
    keepBook(s, t, 0, 0);
    return b.lossMmHgPerS;
  };

  it('is what the book says above the setpoint, less 3 mmHg and a tenth of the setpoint, by its time', () => {
    expect(lossAt(140, 50_000)).toBeCloseTo(27 / 50, 9);
    expect(lossAt(113.5, 50_000)).toBeCloseTo(0.5 / 50, 9);
  });

  it('where it is no more than that, a third of what is let pass was too much', () => {
    expect(lossAt(113, 50_000)).toBeCloseTo(-0.1, 9);
    expect(lossAt(100, 50_000)).toBeCloseTo(-0.1, 9);
  });

  it('is nothing in the first 20 s', () => {
    expect(lossAt(140, BOOK_SHORT_MS - 1)).toBe(0);
    expect(lossAt(100, BOOK_SHORT_MS - 1)).toBe(0);
    expect(lossAt(140, BOOK_SHORT_MS)).toBeCloseTo(27 / 20, 9);
  });
});

describe('the zero after a hold', () => {
  beforeEach(() => {
    Object.assign(t, { outVent: true, measuredMmHg: 0, filteredMmHg: 0, doubtful: false });
    Object.assign(b, { lossMmHgPerS: 0.2, provenMmHgPerS: 0.1 });
  });

  it.each<[string, number, number, number]>([
    ['that is good proves three quarters of the loss', 0, 0.2, 0.1 + 0.15],
    ['takes back three quarters of what was let pass too much', 0, -0.04, 0.1 - 0.03],
    ['that has fallen by 1.5 mmHg proves nothing', -1.5, 0.2, 0.1],
    ['by less it proves it still', -1.49, 0.2, 0.1 + 0.15],
    ['that is above zero is good', 3, 0.2, 0.1 + 0.15],
    ['that is no number proves nothing', Number.NaN, 0.2, 0.1],
    ['proves half a mmHg/s at most', 0, 0.6, 0.5],
  ])('%s', (_name, zero, loss, proven) => {
    t.filteredMmHg = zero;
    b.lossMmHgPerS = loss;
    proveLoss(s, t);
    expect(b.provenMmHgPerS).toBeCloseTo(proven, 9);
    // once
    expect(b.lossMmHgPerS).toBe(0);
    proveLoss(s, t);
    expect(b.provenMmHgPerS).toBeCloseTo(proven, 9);
  });

  it('is waited for while it is doubtful', () => {
    t.doubtful = true;
    proveLoss(s, t);
    expect([b.provenMmHgPerS, b.lossMmHgPerS]).toEqual([0.1, 0.2]);
  });
});

describe('the book is closed', () => {
  it('on a vented cuff: the next hold begins with nothing, and what is proven stays', () => {
    Object.assign(b, { bookStage: BOOK_WORN, bookFullMs: 700, provenMmHgPerS: 0.1, lossMmHgPerS: 0.2 });
    closeBook(s);
    expect([b.bookMmHg, b.bookStage, b.bookFullMs, b.bookKept]).toEqual([0, BOOK_OPEN, 0, false]);
    expect([b.provenMmHgPerS, b.lossMmHgPerS]).toEqual([0.1, 0.2]);
  });

  it('with a measure of the valve that is not finished; one that is stays', () => {
    closeBook(s);
    expect([b.valveKnown, b.valveOpenS]).toEqual([true, 3]);
    b.valveKnown = false;
    closeBook(s);
    expect(b.valveOpenS).toBe(0);
  });

  it.each<[number, boolean]>([
    [BOOK_OPEN, false],
    [BOOK_WORN, true],
    [BOOK_FULL, true],
  ])('whether it has ended the hold is known: stage %d, %s', (stage, ended) => {
    for (const before of [true, false]) {
      Object.assign(b, { bookStage: stage, bookEnded: before });
      closeBook(s);
      expect(b.bookEnded).toBe(ended);
    }
  });
});
