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

const copy = (x: State): State => ({
  s: { ...x.s, limits: { ...x.s.limits }, air: { ...x.s.air } },
  t: { ...x.t },
});

/** The same into records that are there: half a million moves would make as many new ones. */
function copyInto(into: State, x: State): void {
  const limits = Object.assign(into.s.limits, x.s.limits);
  const air = Object.assign(into.s.air, x.s.air);
  Object.assign(into.s, x.s, { limits, air });
  Object.assign(into.t, x.t);
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
function broken(before: State, move: Move, x: State): string | undefined {
  const { s, t } = x;
  if (t.outPump > 0 && (t.outVent || t.outBleedMs > 0)) return 'pump on with the valve open';
  if (t.outPump > 0 && (t.doubtful || t.setpoint === null)) return 'pump on without a sample or a setpoint';
  if (t.outPump > 0 && t.measuredMmHg > 300) return 'pump on above the ceiling';
  if (!t.outVent && s.trip !== 0) return 'a trip without a vent';
  if (!t.outVent && !((t.setpoint ?? Number.NaN) <= s.limits.ceilingMmHg))
    return 'shut without an allowed setpoint';
  if (before.s.trip !== 0 && s.trip !== before.s.trip) return 'the first cause was lost';
  if (move.event === 'press' && !t.outVent) return 'a press that does not vent';
  if (before.s.pressurised && !s.pressurised && (t.measuredMmHg > VENTED_MMHG || t.doubtful))
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
  const seen = new Set([keyOf(start.s, start.t)]);
  const queue = [start];
  const next = copy(start);
  let moves = 0;
  for (let x = queue.shift(); x !== undefined; x = queue.shift()) {
    for (const move of MOVES) {
      copyInto(next, x);
      play(next, move, last);
      moves++;
      const what = broken(x, move, next);
      if (what !== undefined)
        return { states: seen.size, moves, broken: `${what} (${JSON.stringify(move)})` };
      const key = keyOf(next.s, next.t);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(copy(next));
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
