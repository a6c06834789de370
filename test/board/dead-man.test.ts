/** The dead-man outside of the chip: fed by edges alone. Each of the two, timer and monostable, cuts without the other. */
import { describe, expect, it } from 'vitest';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { layoutOf } from '../../sim/board/wired-layout.ts';
import { LEASE_MS } from '../../src/limits.ts';
import type { LeasePort, PumpPort, ValvePort } from '../../src/ports.ts';
import { deadMan } from '../../tools/build/board-checks.ts';
import { boardObject } from '../../tools/build/board-object.ts';
import { choices } from '../../tools/build/project.ts';
import { deviceCode, msToCut, powered, underPressure } from './on-board.ts';

/** Boards with one. */
const FED = choices('boards').filter((board) => boardObject(board).deadMan !== undefined);
/** How long an edge holds it, ms. */
const HOLD_MS = 380;
/** Longest time between two edges that come up: the feed rises in every second tick. */
const BEAT_MS = 100;

function noTimer(board: VirtualBoard): void {
  const { utilityTimer } = board.machine;
  utilityTimer.run = () => false;
  utilityTimer.nextMs = () => Number.POSITIVE_INFINITY;
}

function noMonostable(board: VirtualBoard): void {
  const { monostable } = board.machine;
  if (monostable === undefined) throw new Error('this board has none');
  monostable.stuckHigh = true;
}

function feedOf(board: VirtualBoard) {
  return board.machine.pin(board.machine.layout.deadMan?.pin ?? -1);
}

describe('DeadMan, the driver', () => {
  const OPEN = `import { DeadMan } from './hal/dead-man.ts';
export default new DeadMan({ feed: { pin: D15 } });`;

  it('rises with the first feed and every second one, and with the first after a rest', async () => {
    const choice = { board: 'pico2', sensor: 'mprls' };
    const code = await deviceCode(choice, OPEN);
    const { board } = await opened(choice.board, code);
    const fed = board.evaluate('cuff') as { feed(): void; lapse(): void; close(): void };
    const levels: number[] = [];
    for (const step of ['feed', 'feed', 'feed', 'lapse', 'feed'] as const) {
      fed[step]();
      levels.push(feedOf(board).level);
    }
    expect(levels).toEqual([1, 0, 1, 0, 1]);
    fed.close();
    fed.close();
    expect(feedOf(board).level).toBe(0);
    expect(() => fed.feed()).toThrow(/closed/);
  });
});

/** The ports of `board`, with pump and valve on. */
async function opened(board: string, code?: string) {
  const choice = { board, sensor: 'mprls' };
  const text = code ?? (await deviceCode(choice, OPEN_DEVICE));
  const { VirtualBoard: Board } = await import('../../sim/board/virtual-board.ts');
  const { FakeRig } = await import('./support.ts');
  const rig = new FakeRig();
  const made = new Board({ rig, layout: layoutOf(board) });
  made.write({ '.bootcde': `var cuff=${text};` });
  made.powerOn();
  return { board: made, rig };
}

const OPEN_DEVICE = `import { openDevice } from './hal/device.ts';
export default openDevice();`;

interface Driven {
  readonly lease: LeasePort;
  readonly pump: PumpPort;
  readonly valve: ValvePort;
}

async function driven(name: string) {
  const { board, rig } = await opened(name);
  const ports = board.evaluate('cuff.ports') as Driven;
  /** As the loop does for `ticks`, both on. */
  const run = (ticks: number): void => {
    for (let k = 0; k < ticks; k++) {
      ports.lease.renew();
      ports.valve.write(0);
      ports.pump.write(700);
      board.machine.watchdog.kick(board.nowMs);
      board.advanceTo(board.nowMs + 50);
    }
  };
  const cutMs = (): number => {
    const from = board.nowMs;
    while ((rig.pump > 0 || rig.valve > 0) && board.nowMs < from + 900) board.advanceTo(board.nowMs + 1);
    return rig.pump > 0 || rig.valve > 0 ? Number.POSITIVE_INFINITY : board.nowMs - from;
  };
  return { board, rig, ports, run, cutMs };
}

describe.each(FED)('the outputs of %s', (name) => {
  it('live while ticks feed', async () => {
    const { rig, run } = await driven(name);
    for (let k = 0; k < 40; k++) {
      run(1);
      expect([rig.pump, rig.valve]).toEqual([0.7, 1]);
    }
  });

  it('are cut by the monostable when ticks stop and the timer is dead', async () => {
    const { board, run, cutMs } = await driven(name);
    run(20);
    noTimer(board);
    const ms = cutMs();
    expect(ms).toBeLessThanOrEqual(HOLD_MS);
    expect(ms).toBeGreaterThan(HOLD_MS - 2 * BEAT_MS);
  });

  it('are cut by the timer when ticks stop and the monostable is dead', async () => {
    const { board, run, cutMs } = await driven(name);
    run(20);
    noMonostable(board);
    expect(cutMs()).toBeLessThanOrEqual(LEASE_MS);
  });

  it.each([0, 1] as const)('are cut although the program runs, with the feed stuck at %s', async (level) => {
    const { board, rig, run } = await driven(name);
    run(20);
    feedOf(board).stuck = level;
    run(Math.ceil(HOLD_MS / 50) + 2);
    expect([rig.pump, rig.valve]).toEqual([0, 0]);
  });

  it('are off through a reset without pull-downs, as long as the monostable is low', async () => {
    const { board, rig } = await opened(name);
    board.machine.fitPullDowns(undefined);
    board.machine.releasePins();
    expect([rig.pump, rig.valve]).toEqual([0, 0]);
    noMonostable(board);
    board.machine.releasePins();
    expect([rig.pump, rig.valve]).toEqual([1, 1]);
    board.machine.fitPullDowns(4.7);
    expect([rig.pump, rig.valve]).toEqual([0, 0]);
  });

  it('the build knows what cuts them', () => {
    expect(deadMan(name)).toMatch(/monostable/);
  });
});

it('10 kOhm at the enables of a Pico 2 are none: erratum E9', async () => {
  const { board, rig } = await opened('pico2');
  noMonostable(board);
  board.machine.fitPullDowns(10);
  board.machine.releasePins();
  expect([rig.pump, rig.valve]).toEqual([1, 1]);
});

describe.each(FED)('the firmware on %s, under pressure', (board) => {
  const choice = { board, sensor: 'mprls' };

  it('hangs with a dead timer: the cuff empties', async () => {
    const level = underPressure(
      powered(choice, await deviceCode(choice), {
        faults: [{ kind: 'hang', atMs: 20_000 }],
        prepare: noTimer,
      }),
    );
    level.board.advanceTo(20_000);
    expect(msToCut(level, 900)).toBeLessThanOrEqual(HOLD_MS);
    level.board.advanceTo(36_000);
    expect(level.rig.p2).toBeLessThan(15);
  });

  it.each([0, 1] as const)(
    'has its feed stuck at %s: the cuff empties, and the device knows',
    async (stuck) => {
      const level = underPressure(powered(choice, await deviceCode(choice)));
      feedOf(level.board).stuck = stuck;
      level.board.advanceTo(level.board.nowMs + 20_000);
      expect(level.view.trip).toBeGreaterThan(0);
      expect(level.rig.p2).toBeLessThan(15);
    },
  );
});
