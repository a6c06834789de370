import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../sim/docs/indicator.ts';
import { PHASE_POSTURE } from '../../src/phases.ts';
import { INHIBIT_LOP_OTHER, inhibitNames, inhibitNumber } from '../../src/safety/inhibits.ts';
import { TRIP_ROWS } from '../../src/safety/rows/all.ts';
import { LAMP_CLASSES } from '../../src/safety/rows/row.ts';
import {
  cycleSlots,
  lampsAt,
  lampsIn,
  NUMBERS,
  PATTERN_INHIBITED,
  PATTERNS,
  SLOT_MS,
  sameUntil,
  tripClass,
} from '../../src/wearer/patterns.ts';

interface Shown {
  name: string;
  /** Lengths of on, off, on, off ... in slots, beginning with on. */
  runs: number[];
}

/** Rhythm without colour; a lamp that never changes has one run. */
function rhythmOf(name: string, index: number, number: number): Shown {
  const length = cycleSlots(index, number);
  const on = Array.from({ length }, (_, slot) => lampsIn(index, number, slot) !== 0);
  if (on.every((v) => v === on[0])) return { name, runs: [length] };
  const start = on.findIndex((v, i) => v && !on[(i + length - 1) % length]);
  const runs: number[] = [];
  for (let i = 0; i < length; i++) {
    const now = on[(start + i) % length];
    if (i === 0 || now !== on[(start + i - 1) % length]) runs.push(0);
    runs[runs.length - 1] = (runs[runs.length - 1] ?? 0) + 1;
  }
  return { name, runs };
}

/** Alike: as many runs, and turned somehow, no run is longer than its partner by half or more. */
function alike(a: Shown, b: Shown): boolean {
  if (a.runs.length !== b.runs.length) return false;
  for (let turn = 0; turn < a.runs.length; turn += 2) {
    const close = a.runs.every((x, i) => {
      const y = b.runs[(i + turn) % b.runs.length] ?? 0;
      return Math.max(x, y) < 1.5 * Math.min(x, y);
    });
    if (close) return true;
  }
  return false;
}

/** Everything that can be seen: number patterns with every number that they may show. */
function everything(): Shown[] {
  const plain = PATTERNS.map((p, i) => rhythmOf(p.name, i, 0)).filter((s) => s.name !== 'tripped');
  const most = [inhibitNames(0x7fffffff).length, LAMP_CLASSES.length, 28, REFUSALS.length];
  const numbers = NUMBERS.flatMap((kind, k) =>
    Array.from({ length: most[k] ?? 0 }, (_, i) =>
      rhythmOf(`${kind.name} ${i + 1}`, PATTERN_INHIBITED + k, i + 1),
    ),
  );
  return [...plain, ...numbers];
}

describe('lamp patterns', () => {
  it('no two look alike without their colour', () => {
    const all = everything();
    expect(all.length).toBeGreaterThan(70);
    const pairs: string[] = [];
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1)) if (alike(a, b)) pairs.push(`${a.name} = ${b.name}`);
    expect(pairs).toEqual([]);
  });

  it('the comparison itself sees likeness: turned, and nearly the same', () => {
    expect(alike({ name: 'a', runs: [1, 3, 8, 9] }, { name: 'b', runs: [8, 9, 1, 3] })).toBe(true);
    expect(alike({ name: 'a', runs: [8, 8] }, { name: 'b', runs: [7, 9] })).toBe(true);
    expect(alike({ name: 'a', runs: [8, 8] }, { name: 'b', runs: [4, 8] })).toBe(false);
  });

  it('there is a pattern for every phase', () => {
    expect(PATTERNS.length).toBeGreaterThan(PHASE_POSTURE);
  });

  it('runs through its cycle in time', () => {
    expect(lampsAt(0, 0, 0)).toBe(2);
    expect(lampsAt(0, 0, SLOT_MS)).toBe(0);
    expect(lampsAt(0, 0, 24 * SLOT_MS)).toBe(2);
  });

  it('says until when it stays as it is: never too long, and not at every slot', () => {
    for (let index = 0; index < PATTERNS.length + NUMBERS.length; index++) {
      const number = index % 9;
      const length = cycleSlots(index, number);
      const changes = Array.from({ length }, (_, s) => s).filter(
        (s) => lampsIn(index, number, s) !== lampsIn(index, number, (s + 1) % length),
      ).length;
      let looks = 0;
      for (let now = 0; now < length * SLOT_MS; now = sameUntil(index, number, now)) {
        const until = sameUntil(index, number, now);
        for (let t = now; t < Math.min(until, now + 2 * length * SLOT_MS); t += 25)
          expect(lampsAt(index, number, t), `pattern ${index} at ${t} ms`).toBe(lampsAt(index, number, now));
        looks++;
      }
      expect(looks, `pattern ${index}`).toBeLessThanOrEqual(changes + 1);
    }
  });

  it('the number of an inhibit is the place of its lowest bit', () => {
    expect(inhibitNumber(0)).toBe(0);
    expect(inhibitNumber(1)).toBe(1);
    expect(inhibitNumber(32 + 64)).toBe(6);
    expect(inhibitNumber(INHIBIT_LOP_OTHER)).toBe(15);
  });

  it('every trip has a class of its own kind, and an unknown one is the firmware’s', () => {
    for (const row of TRIP_ROWS)
      expect(LAMP_CLASSES[tripClass(row.code) - 1], `${row.name}: run npm run docs`).toBe(row.lamp);
    expect(tripClass(99)).toBe(7);
  });
});
