import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBalance } from '../../src/safety/air-balance.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import {
  bleedBook,
  createValveStrength,
  endMeasure,
  lagMeasure,
  noteAir,
} from '../../src/safety/valve-strength.ts';
import { heldBook } from './book-stand.ts';

let s: Supervisor;
let b: AirBalance;

beforeEach(() => {
  const held = heldBook();
  s = held.s;
  b = held.b;
});

/** The book after 100 ms of valve, in the middle of a movement: `before` ms were let out lately. */
function bleed(at = 100, before = 1000): number {
  s.lagBledMs = 500;
  s.bledMs = 500 + before + 100;
  return bleedBook(s, at, 100);
}

describe('a valve that is known', () => {
  it.each<[number, number]>([
    [100, 4],
    [145, 4.4],
    [55, 3.6],
    [-125, 2],
    // a fifth of its rate at least
    [-260, 0.8],
    [-305, 0.8],
    [-1000, 0.8],
  ])('takes its share of the pump’s rate, at %s mmHg one part in 450 more for each mmHg: %s', (at, mmHg) => {
    expect(bleed(at)).toBeCloseTo(120 - mmHg, 9);
    expect(bleed(at, 0)).toBeCloseTo(120 - mmHg, 9);
    expect([b.valveOpenS, b.valveAtMmHg, b.valveKnown]).toEqual([3, 100, true]);
  });

  it('is another one at a setpoint more than 15 mmHg above: its measure begins anew', () => {
    s.targetMmHg = 115;
    expect(bleed()).toBeCloseTo(116, 9);
    expect(b.valveKnown).toBe(true);
    s.targetMmHg = 115.1;
    expect(bleed(115.1)).toBeCloseTo(119.9, 9);
    expect([b.valveKnown, b.valveAtMmHg, b.valveOpenS]).toEqual([false, 115.1, 0.1]);
  });

  it('goes with the pump', () => {
    b.pumpMmHgPerS = 30;
    expect(bleed()).toBeCloseTo(120 - 6, 9);
  });
});

describe('the measure of a valve', () => {
  beforeEach(() => void Object.assign(b, createValveStrength()));

  it('begins with a bleed, from the setpoint, the book and the mean; it explains least at first', () => {
    s.meanMmHg = 95;
    Object.assign(b, { valveAtMmHg: 50, valveOpenLagS: 7, valveFromLagMmHg: 300, valveFromMmHg: 300 });
    // a twentieth of 20 mmHg/s, for a tenth of a second
    expect(bleed()).toBeCloseTo(119.9, 9);
    expect([b.valveAtMmHg, b.valveOverMmHg, b.valveFromMmHg, b.valveFromLagMmHg]).toEqual([100, 25, 95, 95]);
    expect([b.valveOpenS, b.valveOpenLagS, b.valvePerPump, b.valveKnown]).toEqual([0.1, 0, 1 / 20, false]);
  });

  it('weighs the open time by the pressure', () => {
    b.valveOpenS = 1;
    b.valveAtMmHg = 100;
    bleed(145);
    expect(b.valveOpenS).toBeCloseTo(1.11, 9);
  });

  describe('in a movement', () => {
    beforeEach(
      () =>
        void Object.assign(b, { valveOpenS: 1.4, valveAtMmHg: 100, valveOverMmHg: 20, valveFromMmHg: 150 }),
    );

    it.each<[string, number, number]>([
      ['explains what the reading has done, both lagging alike', 200, 80],
      ['no more than 4 times the pump and 60 mmHg/s', 300, 140],
      ['no less than a twentieth of the pump', 101, 1],
      ['nor where the reading rose instead', 90, 1],
    ])('%s', (_name, from, rate) => {
      Object.assign(b, { valveOpenLagS: 1.25, valveFromLagMmHg: from });
      expect(bleed()).toBeCloseTo(20 + 150 - rate * 1.5, 9);
      expect(b.valvePerPump).toBeCloseTo(rate / 20, 9);
    });

    it.each<[number, number, boolean]>([
      [1, 200, false],
      [1.01, 200, true],
      [0.9, 200, false],
      [2, 150, false],
      [2, 151, true],
      [2, 100, false],
    ])('it is known after more than 1 s and more than 150 mmHg: %s s, %d mmHg, %s', (openS, fell, known) => {
      Object.assign(b, { pumpMmHgPerS: 50, valveOpenLagS: openS, valveFromLagMmHg: 100 + fell });
      bleed();
      expect(b.valveKnown).toBe(known);
    });

    it('what is pumped in or leaks out meanwhile is in it', () => {
      Object.assign(b, { valveOpenLagS: 1.25, valveFromLagMmHg: 200 });
      noteAir(s, 12);
      noteAir(s, -2);
      expect(b.valveFromMmHg).toBe(160);
      expect(bleed()).toBeCloseTo(20 + 160 - 80 * 1.5, 9);
    });

    it('lags with 2 s, as the mean does', () => {
      Object.assign(b, { valveOpenLagS: 1, valveFromLagMmHg: 100 });
      lagMeasure(s, 500);
      expect(b.valveFromLagMmHg).toBeCloseTo(110, 9);
      expect(b.valveOpenLagS).toBeCloseTo(1.08, 9);
      lagMeasure(s, 2000);
      expect(b.valveFromLagMmHg).toBeCloseTo(130, 9);
      expect(b.valveOpenLagS).toBeCloseTo(1.24, 9);
      expect([b.valveFromMmHg, b.valveOpenS]).toEqual([150, 1.4]);
    });
  });
});

describe('a bleed by itself', () => {
  beforeEach(() => {
    Object.assign(b, { valveKnown: false, valveOpenS: 1 / 2, valveAtMmHg: 70, valveOpenLagS: 1.25 });
    Object.assign(b, { bookMmHg: 126, valveOverMmHg: 20, valveFromMmHg: 110, valveFromLagMmHg: 140 });
  });

  it.each([[0], [0.9]])(
    'ends the measure: the valve was as weak as one may be, and the next one begins (%s ms before)',
    (before) => {
      // 130 less half a second and a tenth of a second of the least, 1 mmHg/s
      expect(bleed(100, before)).toBeCloseTo(130 - 0.5 - 0.1, 9);
      expect([b.valveOpenS, b.valveOpenLagS, b.valveAtMmHg]).toEqual([0.1, 0, 100]);
      expect([b.valveOverMmHg, b.valveFromMmHg, b.valveFromLagMmHg]).toEqual([29.5, 100, 100]);
    },
  );

  it('is none where 1 ms was let out before it', () => {
    b.valveAtMmHg = 100;
    expect(bleed(100, 1)).toBeCloseTo(130 - (40 / 1.25) * 0.6, 9);
    expect(b.valveOpenS).toBeCloseTo(0.6, 9);
  });

  it('without a measure takes the least, from the book as it stands', () => {
    b.valveOpenS = 0;
    expect(bleed(100, 0)).toBeCloseTo(125.9, 9);
    expect([b.valveOpenS, b.valveOverMmHg]).toEqual([0.1, 26]);
  });
});

describe('a vented cuff', () => {
  it('ends a measure, and leaves what is known', () => {
    endMeasure(s);
    expect([b.valveKnown, b.valveOpenS, b.valvePerPump]).toEqual([true, 3, 2]);
    b.valveKnown = false;
    endMeasure(s);
    expect(b.valveOpenS).toBe(0);
  });
});
