import { describe, expect, it } from 'vitest';
import { TICK_MS, VENTED_MMHG } from '../../src/limits.ts';
import { gate, ventNow } from '../../src/safety/gate.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import { assess } from '../../src/safety/supervisor.ts';
import type { Tick } from '../../src/tick.ts';
import { Stand } from './stand.ts';

/** What may happen in one tick, abstracted: pressure band, health of the sample, what is asked for, button, time. */
const BANDS = [0, 60, 150, 310];
const ASKS = ['none', 'hold', 'pump', 'bleed', 'too-high', 'nan'] as const;
const EVENTS = ['', 'press', 'late', 'doubt'] as const;

interface Move {
  readonly band: number;
  readonly ask: (typeof ASKS)[number];
  readonly event: (typeof EVENTS)[number];
}

const MOVES: Move[] = BANDS.flatMap((band) =>
  ASKS.flatMap((ask) => EVENTS.map((event) => ({ band, ask, event }))),
);

/** The state as far as it decides: latch, pressure, command, and the timers in three bands (none, some, nearly). */
function keyOf(s: Supervisor, t: Tick): string {
  const timer = (ms: number, limit: number) => (ms <= 0 ? 0 : ms < limit / 2 ? 1 : 2);
  return [
    s.trip === 0 ? 0 : 1,
    s.hazard === 0 ? 0 : 1,
    s.pressurised,
    t.outVent,
    t.outPump > 0,
    t.outBleedMs > 0,
    t.measuredMmHg,
    s.doubtMs < 240 ? s.doubtMs : 240,
    timer(s.overMs, 1000),
    s.vanishedMs < 200 ? s.vanishedMs : 200,
    s.ventingMs < 160 ? s.ventingMs : 160,
    s.fillLevelMmHg < 40 ? 0 : 1,
    t.turn,
    s.unproven,
  ].join();
}

interface State {
  readonly s: Supervisor;
  readonly t: Tick;
}

/** A state as the list of its values: records with so many fields are slow to copy. */
interface Kept {
  readonly values: readonly unknown[];
  readonly trip: number;
  readonly pressurised: boolean;
}

/**
 * Reads a state into a list, and makes a state of a list. Written out as one literal: a record that is put together field by field is slow to
 * read and write, and there are a million moves.
 */
function keeperOf({ s, t }: State): {
  readonly keep: (x: State) => Kept;
  readonly make: (values: readonly unknown[]) => State;
} {
  const places: string[] = [];
  const literal = (path: string, record: object, parts: Readonly<Record<string, object>>): string => {
    const fields = Object.keys(record).map((name) => {
      const part = parts[name];
      if (part !== undefined) return `${name}: ${literal(`${path}.${name}`, part, {})}`;
      return `${name}: v[${places.push(`${path}.${name}`) - 1}]`;
    });
    return `{ ${fields.join(', ')} }`;
  };
  const { limits, air } = s;
  const text = `{ s: ${literal('x.s', s, { limits, air })}, t: ${literal('x.t', t, {})} }`;
  const make = new Function('v', `return ${text};`) as (values: readonly unknown[]) => State;
  const read = new Function('x', `return [${places.join()}];`) as (x: State) => unknown[];
  return { make, keep: (x) => ({ values: read(x), trip: x.s.trip, pressurised: x.s.pressurised }) };
}

type Gate = (s: Supervisor, t: Tick) => void;

/** One tick of the loop without regulator and session: assess, the demand, the gate. */
function play(x: State, move: Move, last: Gate): void {
  const t = x.t;
  // a press vents between two ticks, as press.ts does
  if (move.event === 'press' && x.s.pressurised) ventNow(t);
  t.dt = move.event === 'late' ? 500 : TICK_MS;
  t.now += t.dt;
  t.turn = (t.turn + 1) & 3;
  t.measuredMmHg = move.band;
  t.filteredMmHg = move.band;
  t.doubtful = move.event === 'doubt';
  t.fresh = !t.doubtful;
  assess(x.s, t);
  t.setpoint = { none: null, hold: 150, pump: 150, bleed: 150, 'too-high': 170, nan: Number.NaN }[move.ask];
  if (move.event === 'press') t.setpoint = null;
  t.vent = t.setpoint === null;
  t.pump = move.ask === 'none' || move.ask === 'hold' ? 0 : 1000;
  t.bleedMs = move.ask === 'bleed' ? 20 : 0;
  last(x.s, t);
}

/** What must hold after every tick, whatever came before. */
function broken(before: Kept, move: Move, x: State): string | undefined {
  const { s, t } = x;
  if (t.outPump > 0 && (t.outVent || t.outBleedMs > 0)) return 'pump on with the valve open';
  if (t.outPump > 0 && (t.doubtful || t.setpoint === null)) return 'pump on without a sample or a setpoint';
  if (t.outPump > 0 && t.measuredMmHg > 300) return 'pump on above the ceiling';
  if (!t.outVent && s.trip !== 0) return 'a trip without a vent';
  if (!t.outVent && !((t.setpoint ?? Number.NaN) <= s.limits.ceilingMmHg))
    return 'shut without an allowed setpoint';
  if (before.trip !== 0 && s.trip !== before.trip) return 'the first cause was lost';
  if (move.event === 'press' && !t.outVent) return 'a press that does not vent';
  if (before.pressurised && !s.pressurised && (t.measuredMmHg > VENTED_MMHG || t.doubtful))
    return 'called vented without proof';
  if (s.doubtMs >= 240 && s.trip === 0) return 'doubt without a trip';
  if (move.event === 'late' && s.pressurised && s.trip === 0)
    return 'a late tick under pressure without a trip';
  return undefined;
}

/** Breadth first over all reachable abstract states; the first broken one ends it. */
function explore(last: Gate): { states: number; moves: number; broken: string | undefined } {
  const stand = new Stand();
  const start: State = { s: stand.s, t: stand.t };
  const { keep, make } = keeperOf(start);
  const seen = new Set([keyOf(start.s, start.t)]);
  const queue = [keep(start)];
  let moves = 0;
  for (const before of queue) {
    for (const move of MOVES) {
      const x = make(before.values);
      play(x, move, last);
      moves++;
      const what = broken(before, move, x);
      if (what !== undefined)
        return { states: seen.size, moves, broken: `${what} (${JSON.stringify(move)})` };
      const key = keyOf(x.s, x.t);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(keep(x));
    }
  }
  return { states: seen.size, moves, broken: undefined };
}

describe('all states of the supervisor', () => {
  it('no reachable one breaks an invariant', () => {
    const result = explore(gate);
    console.log(`supervisor: ${result.states} states, ${result.moves} moves`);
    expect(result.broken).toBeUndefined();
    expect(result.states).toBeGreaterThan(300);
  }, 120_000);
  it.each<[string, Gate]>([
    [
      'pump on doubt',
      (s, t) => {
        gate(s, t);
        if (t.doubtful && t.pump > 0 && !t.outVent) t.outPump = 1000;
      },
    ],
    [
      'a trip that holds shut above 100 mmHg',
      (s, t) => {
        gate(s, t);
        if (s.trip !== 0 && t.measuredMmHg > 100) t.outVent = false;
      },
    ],
    [
      'a latch that lets go when the cuff is empty',
      (s, t) => {
        gate(s, t);
        if (t.measuredMmHg === 0 && s.hazard !== 0) s.trip = 0;
      },
    ],
    [
      'no ceiling',
      (s, t) => {
        Object.assign(s.limits, { ceilingMmHg: 250 });
        gate(s, t);
        Object.assign(s.limits, { ceilingMmHg: 160 });
      },
    ],
  ])('a planted bug is found: %s', (_name, bug) => {
    expect(explore(bug).broken).toBeDefined();
  });
});
