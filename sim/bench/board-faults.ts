/**
 * What can break on a board, as data: chip, clock, bus, pins and supply, each with the time by which pump and valve must be off and stay so. The
 * times are those of the firmware's own limits and of the board's own hardware. It runs nothing.
 */
import { DOUBT_LIMIT_MS, LEASE_MS, OVERRUN_MS, TICK_MS } from '../../src/limits.ts';
import type { SensorTraits } from '../../src/ports.ts';
import { type BoardObject, boardObject } from '../../tools/build/board-object.ts';
import { ROOT } from '../../tools/build/project.ts';
import { sensorTraits } from '../../tools/build/sensor-range.ts';
import type { BoardFault } from '../board/faults.ts';
import type { ImageLevel } from '../board/image-level.ts';
import { MONOSTABLE_MS } from '../board/wired-layout.ts';
import type { Fault } from '../plant/faults.ts';
import { SENSORS } from '../plant/sensor-params.ts';
import { SENSORS_BY_NAME } from '../setup/resolve.ts';

/** A board to wear with a sensor that it has pins for. */
export interface Pair {
  readonly board: BoardObject;
  readonly sensor: string;
  readonly traits: SensorTraits;
  /** The part is on the bus. */
  readonly onBus: boolean;
  /** Its driver can tell that a part repeats itself. */
  readonly tellsFrozen: boolean;
}

export function pairOf(board: string, sensor: string): Pair {
  const kind = SENSORS_BY_NAME[sensor];
  if (kind === undefined) throw new RangeError(`nothing plays ${sensor}`);
  const { how } = SENSORS[kind].wiring;
  const traits = sensorTraits(sensor, ROOT, board);
  return {
    board: boardObject(board),
    sensor,
    traits,
    onBus: how !== 'analog' && how !== 'clocked',
    tellsFrozen: traits.frozenMs > 0,
  };
}

/** What breaks from `atMs` on, ms since power-up. */
export interface Breaks {
  readonly rig?: readonly Fault[];
  readonly chip?: readonly BoardFault[];
  /** What is done then. */
  readonly now?: (level: ImageLevel) => void;
}

export interface BoardFaultCase {
  readonly name: string;
  /** Undefined = the pair has nothing of the kind. */
  readonly on: (pair: Pair, atMs: number) => Breaks | undefined;
  /** By when pump and valve are off and stay so, ms after the fault. */
  readonly withinMs: (pair: Pair) => number;
  /** It comes in the fill: what is done then, only. Left out: in the hold. */
  readonly inFill?: true;
  /** Nothing need notice it: the button is pressed after PRESSED_AFTER_MS, and `withinMs` counts from there. */
  readonly unseen?: (pair: Pair) => boolean;
}

/** ms from an unseen fault to the press: the regulator has gone on with it, and the cuff must be below LOP. */
export const PRESSED_AFTER_MS = 10_000;

function pinOf(name: string): number {
  return Number(name.slice(1));
}

/** A tick that is as late as one may be. */
const TICK_AT_MOST_MS = OVERRUN_MS;

/** An answer that does not come: doubted after the part's longest period and one of the loop, tripped on when that has lasted. */
function silenceMs({ traits, board }: Pair): number {
  return traits.maxPeriodMs + board.facts.periodMs + DOUBT_LIMIT_MS + TICK_AT_MOST_MS;
}

/** The same word again and again: so long, and twice that where each tick is longer than a period and costs the next. */
function frozenMs({ traits, tellsFrozen }: Pair): number {
  if (!tellsFrozen) return TICK_AT_MOST_MS;
  return 2 * traits.frozenMs + traits.maxPeriodMs + TICK_AT_MOST_MS;
}

/** A fault that only the air shows: what the rules of a fill, and of the air that the pump gave, take. */
const FILL_MS = 10_000;
/** Rules that look at the read-back of the drivers, in every fourth tick, several times. */
const READ_BACK_MS = 1500;
const PROBE_MS = 15_000;

/** The rail is read on a free output of the pump's driver: it is woken for that now and then. */
function wakesPump({ board }: Pair): boolean {
  return board.railOutput !== undefined;
}

function readsBack({ board }: Pair): boolean {
  return board.sense?.pump !== undefined;
}

/** A pin of an output, stuck. */
function stuck(which: 'pump' | 'valve', part: 'output' | 'enable', level: 0 | 1): BoardFaultCase['on'] {
  return ({ board }) => {
    const pin = part === 'output' ? board[which].output.pin : board[which].enable;
    return { now: ({ board: b }) => b.machine.stick(pinOf(pin), level) };
  };
}

export const BOARD_FAULTS: readonly BoardFaultCase[] = [
  {
    name: 'sensor does not answer',
    on: (_pair, atMs) => ({ rig: [{ kind: 'sensor-nak', atMs }] }),
    withinMs: silenceMs,
  },
  {
    name: 'bus error between command and answer',
    on: ({ onBus }, atMs) => (onBus ? { chip: [{ kind: 'throw', call: 'readFrom', atMs }] } : undefined),
    withinMs: silenceMs,
  },
  {
    name: 'bus hangs in a transfer',
    on: ({ onBus }, atMs) =>
      onBus ? { chip: [{ kind: 'bus-hang', atMs, untilMs: atMs + 200 }] } : undefined,
    withinMs: () => LEASE_MS,
  },
  {
    name: 'sensor repeats a word',
    on: (_pair, atMs) => ({ rig: [{ kind: 'sensor-frozen', atMs }] }),
    withinMs: frozenMs,
    // a part whose steps are so coarse that equal words prove nothing: in the hold nothing is asked of it
    unseen: ({ tellsFrozen }) => !tellsFrozen,
  },
  {
    name: 'sensor repeats a word, in the fill',
    on: () => ({ now: ({ rig }) => rig.addFault({ kind: 'sensor-frozen', atMs: rig.nowMs }) }),
    withinMs: (pair) => (pair.tellsFrozen ? frozenMs(pair) : FILL_MS),
    inFill: true,
  },
  {
    name: 'sensor at its upper end',
    on: (_pair, atMs) => ({ rig: [{ kind: 'sensor-saturated', atMs }] }),
    withinMs: silenceMs,
  },
  {
    name: 'sensor at its lower end',
    on: (_pair, atMs) => ({ rig: [{ kind: 'sensor-jump', atMs, mmHg: -2000 }] }),
    withinMs: silenceMs,
  },
  {
    name: 'pump pin stuck high',
    on: stuck('pump', 'output', 1),
    withinMs: (pair) => (wakesPump(pair) ? PROBE_MS : TICK_AT_MOST_MS),
    // elsewhere the pump's driver sleeps while it is not wanted
    unseen: (pair) => !wakesPump(pair),
  },
  {
    name: 'pump pin stuck low, in the fill',
    on: stuck('pump', 'output', 0),
    withinMs: () => FILL_MS,
    inFill: true,
  },
  {
    name: 'pump enable stuck high',
    on: stuck('pump', 'enable', 1),
    withinMs: () => TICK_AT_MOST_MS,
    unseen: () => true,
  },
  {
    name: 'valve pin stuck high',
    on: stuck('valve', 'output', 1),
    withinMs: () => TICK_AT_MOST_MS,
    // a vent puts the driver to sleep
    unseen: () => true,
  },
  {
    name: 'valve enable stuck high',
    on: stuck('valve', 'enable', 1),
    withinMs: () => TICK_AT_MOST_MS,
    // a vent takes the output low too
    unseen: () => true,
  },
  {
    name: 'valve pin stuck low',
    on: stuck('valve', 'output', 0),
    withinMs: (pair) => (readsBack(pair) ? READ_BACK_MS : FILL_MS),
  },
  {
    name: 'valve enable stuck low',
    on: stuck('valve', 'enable', 0),
    withinMs: (pair) => (readsBack(pair) ? READ_BACK_MS : FILL_MS),
  },
  {
    name: 'driver says fault',
    on: ({ board }) =>
      board.faults === undefined ? undefined : { now: (level) => level.board.driverFault(0, true) },
    withinMs: () => READ_BACK_MS,
  },
  {
    name: 'lease cannot be renewed',
    on: (_pair, atMs) => ({ chip: [{ kind: 'throw', call: 'add', atMs }] }),
    withinMs: () => TICK_AT_MOST_MS + TICK_MS,
  },
  {
    name: 'dead-man pin stuck high',
    on: ({ board }) => feedStuck(board, 1),
    withinMs: () => MONOSTABLE_MS,
  },
  {
    name: 'dead-man pin stuck low',
    on: ({ board }) => feedStuck(board, 0),
    withinMs: () => MONOSTABLE_MS,
  },
  {
    name: 'program stands still',
    on: (_pair, atMs) => ({ chip: [{ kind: 'hang', atMs }] }),
    withinMs: () => LEASE_MS,
  },
  {
    name: 'out of memory, no tick any more',
    on: (_pair, atMs) => ({ chip: [{ kind: 'drop-interval', atMs }] }),
    withinMs: () => LEASE_MS,
  },
  {
    name: 'a tick comes 0.4 s late',
    on: (_pair, atMs) => ({ chip: [{ kind: 'stall', atMs, ms: 400 }] }),
    withinMs: () => LEASE_MS,
  },
  {
    name: 'clock jumps 10 s ahead',
    on: (_pair, atMs) => ({ chip: [{ kind: 'clock-jump', atMs, ms: 10_000 }] }),
    withinMs: () => TICK_AT_MOST_MS + TICK_MS,
  },
  {
    name: 'clock jumps 10 s back',
    on: (_pair, atMs) => ({ chip: [{ kind: 'clock-jump', atMs, ms: -10_000 }] }),
    withinMs: () => TICK_AT_MOST_MS + TICK_MS,
  },
  {
    name: 'battery sags to 62 %',
    on: (_pair, atMs) => ({ rig: [{ kind: 'battery-sag', atMs }] }),
    withinMs: () => 10_000,
  },
];

function feedStuck({ deadMan }: BoardObject, level: 0 | 1): Breaks | undefined {
  return deadMan === undefined
    ? undefined
    : { now: ({ board }) => board.machine.stick(pinOf(deadMan), level) };
}
