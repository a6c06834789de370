import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBalance } from '../../src/safety/air-balance.ts';
import { BOOK_FULL, BOOK_OPEN, BOOK_WORN, judgeFull, keepBook } from '../../src/safety/book-rules.ts';
import { TRIP_PRESSURE_VANISHED } from '../../src/safety/rows/air.ts';
import { TRIP_BOOK_FULL } from '../../src/safety/rows/book.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import type { Tick } from '../../src/tick.ts';
import { heldBook } from './book-stand.ts';
import { BOOK_MS, BOOK_SHORT_MS, BOOK_STILL_MS } from './numbers.ts';

let s: Supervisor;
let t: Tick;
let b: AirBalance;

beforeEach(() => {
  const held = heldBook();
  s = held.s;
  t = held.t;
  b = held.b;
});

/** The book, its mean, and its late mean. */
function says(mmHg: number, mean = mmHg, late = mean): void {
  Object.assign(b, { bookMmHg: mmHg, bookMeanMmHg: mean, bookLateMmHg: late });
}

/** A round that comes `ms` after the last, with so much pump and bleed in it. */
function keep(ms = 0, pumped = 0, bled = 0): void {
  t.now += ms;
  keepBook(s, t, pumped, bled);
}

/** `ms` of bleeds in the last seconds: the limb moves. */
function moved(ms: number): void {
  s.bledMs = s.lagBledMs + ms;
}

/** The hold is `ms` old. */
function heldFor(ms: number): void {
  b.bookOpenedAt = t.now - ms;
}

describe('what is pumped in', () => {
  it.each<[string, number, number, number]>([
    ['counts by the pump’s figure at four fifths of the setpoint', 80, 500, 10],
    ['less by one part in 600 for each mmHg above it', 180, 600, 10],
    ['more below it', 20, 500, 11],
    ['a short pulse counts whole: some pumps coast on for longer than they take to start', 80, 20, 0.4],
    ['a pump at its end takes nothing', 740, 500, 0],
    ['nothing pumped is nothing', 80, 0, 0],
  ])('%s', (_name, at, pumped, mmHg) => {
    // the book says `at`, and the mean is what is read
    says(at);
    s.targetMmHg = 100;
    s.meanMmHg = 0;
    t.filteredMmHg = 0;
    Object.assign(b, { valveFromMmHg: 50 });
    keep(0, pumped);
    expect(b.bookMmHg).toBeCloseTo(at + mmHg, 9);
    expect(b.valveFromMmHg).toBeCloseTo(50 + mmHg, 9);
  });

  it('works against the wave of the limb', () => {
    // 120 by the book, 30 more than the mean in this moment: 70 above 80 mmHg
    t.filteredMmHg = 130;
    keep(0, 1000);
    expect(b.bookMmHg).toBeCloseTo(120 + 20 * (1 - 70 / 600), 9);
  });

  it('a proven loss goes off, by the time since the last round', () => {
    Object.assign(b, { provenMmHgPerS: 1 / 4, valveFromMmHg: 50 });
    keep(2000);
    expect([b.bookMmHg, b.valveFromMmHg, b.bookAt]).toEqual([119.5, 49.5, t.now]);
    keep(2000);
    expect([b.bookMmHg, b.valveFromMmHg]).toEqual([119, 49]);
  });

  it('without a book nothing is kept', () => {
    b.bookKept = false;
    keep(1000, 1000, 100);
    expect([b.bookMmHg, b.bookAt]).toEqual([120, t.now - 1000]);
  });
});

describe('what is let out', () => {
  it('goes off by what is known of the valve, against the wave of the limb', () => {
    keep(0, 0, 100);
    // twice the pump's 20 mmHg/s, and one part in 450 more for each mmHg above 100
    expect(b.bookMmHg).toBeCloseTo(120 - 4 * (1 + 20 / 450), 9);
    says(120);
    t.filteredMmHg = 125;
    keep(0, 0, 100);
    expect(b.bookMmHg).toBeCloseTo(120 - 4 * (1 + 45 / 450), 9);
  });

  it('a round without a bleed leaves a measure of the valve as it is', () => {
    Object.assign(b, { valveKnown: false, valveOpenS: 1 / 2, valveOverMmHg: 40, valveFromMmHg: 60 });
    keep(0, 0, 0);
    expect([b.bookMmHg, b.valveOpenS]).toEqual([120, 1 / 2]);
  });

  it('a measure lags by the time since the last round, until the valve is known', () => {
    Object.assign(b, { valveOpenS: 1, valveOpenLagS: 0 });
    keep(2000);
    expect(b.valveOpenLagS).toBe(0);
    b.valveKnown = false;
    keep(2000);
    expect(b.valveOpenLagS).toBe(1 / 2);
  });
});

describe('the mean of the book', () => {
  it.each<[string, number, number]>([
    ['is the book where nothing was let out lately', 0, 128],
    ['so too after less than 1 ms', 0.9, 128],
    ['follows with 3 s after a bleed', 1, 122],
    ['and while the limb moves', 1000, 122],
  ])('%s', (_name, bled, mean) => {
    moved(bled);
    says(128, 120);
    keep(1000);
    expect(b.bookMeanMmHg).toBeCloseTo(mean, 9);
  });

  it.each<[string, number, number, number]>([
    ['a tenth of the setpoint below the reading, where that is below the setpoint', 80, 60, 70],
    ['or below the setpoint, where the reading is above it', 130, 60, 90],
    ['but what is more than that stays', 130, 92, 92],
  ])('the book never says less than %s', (_name, mean, book, least) => {
    s.meanMmHg = mean;
    says(book);
    keep();
    expect(b.bookMmHg).toBeCloseTo(least, 9);
  });

  it('the late mean follows with 8 s in a hold, and at once in a fill that goes on from one', () => {
    says(120, 120, 110);
    keep(2000);
    expect(b.bookLateMmHg).toBe(112);
    s.reached = false;
    keep(2000);
    expect(b.bookLateMmHg).toBe(120);
  });
});

describe('how full it is', () => {
  const stageAt = (mmHg: number): number => {
    says(mmHg);
    keep();
    return b.bookStage;
  };

  it.each<[number, number]>([
    [159.9, BOOK_OPEN],
    [160, BOOK_WORN],
    [174.9, BOOK_WORN],
    [175, BOOK_FULL],
    [Number.NaN, BOOK_FULL],
  ])('at %s of 100 to 200 mmHg it is open up to 60 %% of the margin, full from 75 %% on', (mmHg, stage) => {
    for (const before of [BOOK_OPEN, BOOK_WORN, BOOK_FULL]) {
      b.bookStage = before;
      expect(stageAt(mmHg)).toBe(stage);
    }
  });

  it('in the first 20 s no rest is asked for', () => {
    heldFor(BOOK_SHORT_MS - 1);
    expect([stageAt(170), stageAt(175)]).toEqual([BOOK_OPEN, BOOK_FULL]);
    heldFor(BOOK_SHORT_MS);
    expect(stageAt(170)).toBe(BOOK_WORN);
  });

  it('what is less than full has not been full for long', () => {
    b.bookFullMs = 700;
    stageAt(175);
    expect(b.bookFullMs).toBe(700);
    stageAt(170);
    expect(b.bookFullMs).toBe(0);
  });

  it('50 mmHg within some seconds trip, however wide the margin is', () => {
    Object.assign(s.limits, { airMmHg: 400 });
    says(149.9, 149.9, 100);
    keep();
    expect([b.bookStage, s.trip]).toEqual([BOOK_OPEN, 0]);
    says(150, 150, 100);
    keep();
    expect([s.trip, s.measured, s.allowed]).toEqual([TRIP_BOOK_FULL, 150, 400]);
  });
});

describe('a full book', () => {
  it('doubts the sample of a pump that runs, and no other', () => {
    t.doubtful = false;
    judgeFull(s, t);
    expect(t.doubtful).toBe(false);
    t.outPump = 1;
    judgeFull(s, t);
    expect(t.doubtful).toBe(true);
  });

  it('has 3 s for the release, counted by rounds', () => {
    b.bookFullMs = BOOK_MS - 161;
    judgeFull(s, t);
    judgeFull(s, t);
    expect([b.bookFullMs, s.trip]).toEqual([BOOK_MS - 1, 0]);
    b.bookFullMs = BOOK_MS - 80;
    judgeFull(s, t);
    expect([s.trip, s.measured, s.allowed]).toEqual([TRIP_BOOK_FULL, 120, 200]);
  });

  it('trips at once where more than 30 mmHg came within some seconds', () => {
    says(180, 180, 150);
    judgeFull(s, t);
    expect(s.trip).toBe(0);
    says(180, 180, 149.9);
    judgeFull(s, t);
    expect(s.trip).toBe(TRIP_BOOK_FULL);
  });

  it.each<[boolean, number, number, number]>([
    [true, BOOK_SHORT_MS - 1, 0, TRIP_BOOK_FULL],
    [true, BOOK_SHORT_MS, 0, 0],
    [false, BOOK_SHORT_MS - 1, 0, 0],
    [true, BOOK_SHORT_MS - 1, BOOK_STILL_MS - 1, TRIP_BOOK_FULL],
    [true, BOOK_SHORT_MS - 1, BOOK_STILL_MS, 0],
  ])(
    'after a hold that the book ended too (%s), %d ms old, valve open for %d ms, it trips with %d',
    (ended, ms, open, trip) => {
      b.bookEnded = ended;
      b.bookFillBledMs = 5000;
      s.bledMs = 5000 + open;
      heldFor(ms);
      judgeFull(s, t);
      expect(s.trip).toBe(trip);
    },
  );

  it('where the reading is far below the setpoint, pressure has vanished', () => {
    t.filteredMmHg = 34;
    b.bookFullMs = BOOK_MS;
    judgeFull(s, t);
    expect([s.trip, s.measured, s.allowed]).toEqual([TRIP_PRESSURE_VANISHED, 34, 100]);
  });
});
