/**
 * A new safety rule is its row and its rule, as CONTRIBUTING says: this one is added here the same way, and has to trip, to be blinked and to
 * stand in the tables.
 */
import { describe, expect, it } from 'vitest';
import { hazardTable, limitTable } from '../../sim/docs/safety-case.ts';
import { tableOf } from '../../sim/docs/trip-table.ts';
import { trip } from '../../src/safety/latch.ts';
import { TRIP_ROWS } from '../../src/safety/rows/all.ts';
import { LAMP_CLASSES, type TripRow } from '../../src/safety/rows/row.ts';
import type { Writes } from '../../src/safety/state.ts';
import type { Tick } from '../../src/tick.ts';
import { Stand } from './stand.ts';

// step 1: the row
const TRIP_TOO_WARM = Math.max(...TRIP_ROWS.map((row) => row.code)) + 1;
const WARM_MS = 1000;
const TOO_WARM: TripRow = {
  code: TRIP_TOO_WARM,
  name: 'too-warm',
  severity: 'hazard',
  clear: 'restart',
  lamp: 'power and outputs',
  message: 'The pump was warm for {m} ms, allowed are {a}.',
  hint: 'Take the cuff off and let it cool.',
  hazard: 'pump overheats',
  harm: 'burn',
  hardware: '',
  control: 'time that the pump has run without a pause',
  limits: [['time without a pause', WARM_MS, 'ms', 'a dummy']],
  test: 'dummy-rule.test.ts: a new rule',
};

// step 2: the rule, with its slice and its reset
interface Warmth {
  /** ms for which the pump has run without a pause. */
  warmMs: number;
}

function createWarmth(): Warmth {
  return { warmMs: 0 };
}

function judgeWarmth(s: Writes<Warmth>, t: Readonly<Tick>): void {
  if (t.outPump > 0) s.warmMs += t.dt;
  else forgetWarmth(s);
  if (!(s.warmMs < WARM_MS)) trip(s, t, TRIP_TOO_WARM, s.warmMs, WARM_MS);
}

function forgetWarmth(s: Writes<Warmth>): void {
  s.warmMs = 0;
}

/** What a rule may not do: the type check of this file fails when it may. */
function writesForeignFields(s: Writes<Warmth>): void {
  // @ts-expect-error the latch is written by latch.ts
  s.trip = TRIP_TOO_WARM;
  // @ts-expect-error the air balance is written by the rules on air
  s.air.gainedMmHg = 0;
}

/** A value made from the table's text, as the image has it. */
function constantOf(table: string, name: string): string {
  return new RegExp(`${name} =\\s*'([^']*)'`).exec(table)?.[1] ?? '';
}

describe('a new rule', () => {
  const rows = [...TRIP_ROWS, TOO_WARM];

  it('trips by itself, latched with its numbers, and a pause resets it', () => {
    const stand = new Stand().hold(100);
    const s = Object.assign(stand.s, createWarmth());
    const run = (ms: number, outPump: number): void => {
      for (let at = 0; at < ms; at += 50) judgeWarmth(s, { ...stand.t, dt: 50, outPump });
    };
    run(950, 1000);
    run(50, 0);
    run(950, 1000);
    expect(s.trip).toBe(0);
    run(50, 1000);
    expect([s.trip, s.measured, s.allowed]).toEqual([TRIP_TOO_WARM, 1000, WARM_MS]);
  });

  it('may not write what another file owns: the type check fails', () => {
    expect(writesForeignFields).toBeTypeOf('function');
  });

  it('is blinked by its lamp class, named in records, and a hazard in the image’s table', () => {
    const table = tableOf(rows);
    expect(constantOf(table, 'TRIP_NAMES').split(' ')[TRIP_TOO_WARM]).toBe('too-warm');
    expect(constantOf(table, 'TRIP_SEVERITIES').charAt(TRIP_TOO_WARM)).toBe('h');
    expect(constantOf(table, 'TRIP_CLEARED_BY').charAt(TRIP_TOO_WARM)).toBe('r');
    const lamp = Number(constantOf(table, 'TRIP_LAMPS').charAt(TRIP_TOO_WARM));
    expect(LAMP_CLASSES[lamp - 1]).toBe('power and outputs');
  });

  it('stands in the tables of the safety case', () => {
    expect(hazardTable(rows)).toContain(
      `| \`too-warm\` | ${TRIP_TOO_WARM} | pump overheats | burn | hazard | – | time that`,
    );
    expect(limitTable(rows)).toContain('| `too-warm` | time without a pause | 1 s | a dummy |');
  });
});
