import { describe, expect, it } from 'vitest';
import { REFUSALS } from '../../sim/docs/indicator.ts';
import { PHASE_POSTURE } from '../../src/phases.ts';
import { INHIBIT_LOP_OTHER, inhibitNames, inhibitNumber } from '../../src/safety/inhibits.ts';
import { TRIP_ROWS } from '../../src/safety/rows/all.ts';
import { LAMP_CLASSES } from '../../src/safety/rows/row.ts';
import { NUMBER_NAMES, PATTERN_NAMES } from '../../src/wearer/pattern-names.ts';
import {
  cycleSlots,
  lampsAt,
  lampsIn,
  NUMBERS,
  PATTERN_ADVICE,
  PATTERN_CHOICE,
  PATTERN_HAZARD,
  PATTERN_INHIBITED,
  PATTERN_LOP_REFUSED,
  PATTERN_SOON,
  PATTERN_TRIP,
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
  const plain = PATTERN_NAMES.map((name, i) => rhythmOf(name, i, 0)).filter((s) => s.name !== 'tripped');
  const most = [inhibitNames(0x7fffffff).length, LAMP_CLASSES.length, 28, REFUSALS.length];
  const numbers = NUMBER_NAMES.flatMap((name, k) =>
    Array.from({ length: most[k] ?? 0 }, (_, i) =>
      rhythmOf(`${name} ${i + 1}`, PATTERN_INHIBITED + k, i + 1),
    ),
  );
  return [...plain, ...numbers];
}

describe('lamp patterns', () => {
  it('have a name each', () => {
    expect([PATTERN_NAMES.length, NUMBER_NAMES.length]).toEqual([PATTERNS.length, NUMBERS.length]);
  });

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

describe('what is blinked, drawn', () => {
  /** One cycle in slots of an eighth of a second, `#` = lit, and the lamps. */
  const drawn = (index: number, number: number): string => {
    const slots = Array.from({ length: cycleSlots(index, number) }, (_x, slot) =>
      lampsIn(index, number, slot),
    );
    const lit = Math.max(...slots);
    expect(slots.every((lamps) => lamps === lit || lamps === 0)).toBe(true);
    return `${lit} ${slots.map((lamps) => (lamps > 0 ? '#' : '.')).join('')}`;
  };
  const END = '.'.repeat(14);
  const HEAD = `${'#'.repeat(16)}.....`;
  it.each<[string, number, number, string]>([
    ['will not start, 1', PATTERN_INHIBITED, 1, `1 ##..${END}`],
    ['will not start, 5', PATTERN_INHIBITED, 5, `1 ########..${END}`],
    ['will not start, 12', PATTERN_INHIBITED, 12, `1 ########..########..##..##..${END}`],
    ['tripped, 7', PATTERN_TRIP, 7, `1 ${HEAD}########..##..##..${END}`],
    ['chosen, 2', PATTERN_CHOICE, 2, `2 ${'#'.repeat(28)}.....##..##..${END}`],
    ['occlusion pressure refused, 4', PATTERN_LOP_REFUSED, 4, `5 ${HEAD}${HEAD}##..##..##..##..${END}`],
    ['hazard, with the buzzer', PATTERN_HAZARD, 0, '9 #####.'],
    ['the end of a step, with the buzzer', PATTERN_SOON, 0, '12 ##.'],
    ['measuring', 9, 0, '6 ####....'],
    ['posture?', 11, 0, '6 #.#.#...........'],
    ['a rest day', PATTERN_ADVICE, 0, `6 #.......#${'.'.repeat(15)}`],
    ['no such pattern is red', 99, 0, '1 #'],
  ])('%s', (_name, index, number, picture) => {
    expect(drawn(index, number)).toBe(picture);
  });
  it('a slot is an eighth of a second', () => {
    expect([0, 124, 125, 249, 250].map((now) => lampsAt(PATTERN_SOON, 0, now))).toEqual([12, 12, 12, 12, 0]);
    expect(sameUntil(PATTERN_SOON, 0, 10)).toBe(250);
    expect(sameUntil(3, 0, 1000)).toBe(61_000);
  });
  it('a trip that has no class is blinked as the firmware’s', () => {
    expect([tripClass(-1), tripClass(9999), tripClass(0)]).toEqual([7, 7, 0]);
  });
});
