/**
 * Each board with each sensor that it has pins for, on its own virtual board: starts safe, reads, fills, holds, stops, and vents in time with what
 * breaks in chip, board and sensor.
 */
import { describe, expect, it, test } from 'vitest';
import { EMPTY_WITHIN_MS, runBoardFault } from '../../sim/bench/board-fault-run.ts';
import { BOARD_FAULTS, type BoardFaultCase, pairOf } from '../../sim/bench/board-faults.ts';
import { BOARDS as SIMULATED } from '../../sim/board/chips.ts';
import { INHIBIT_BENCH, INHIBIT_SENSOR, INHIBIT_ZERO } from '../../src/safety/inhibits.ts';
import { deadMan } from '../../tools/build/board-checks.ts';
import { boardObject } from '../../tools/build/board-object.ts';
import { choices, ROOT } from '../../tools/build/project.ts';
import { sensorTraits } from '../../tools/build/sensor-range.ts';
import { type Choice, deviceCode, powered, underPressure } from './on-board.ts';

function hasPins(board: string, sensor: string): boolean {
  try {
    return sensorTraits(sensor, ROOT, board).maxMmHg > 0;
  } catch {
    return false;
  }
}

const BOARDS = choices('boards');
const WEARABLE = BOARDS.filter((board) => deadMan(board) !== '');
const PAIRS: Choice[] = WEARABLE.flatMap((board) =>
  choices('sensors')
    .filter((sensor) => hasPins(board, sensor))
    .map((sensor) => ({ board, sensor })),
);

/** Pins of the board that a sensor takes; every other one is on the bus, which every board has. */
const PINS_OF: Readonly<Record<string, readonly ('analog' | 'data' | 'clock')[]>> = {
  hx710b: ['data', 'clock'],
  mpx5050: ['analog'],
};

test('a pair that is left out lacks pins, and says what to take', () => {
  const left = WEARABLE.flatMap((board) =>
    choices('sensors')
      .filter((sensor) => !hasPins(board, sensor))
      .map((sensor) => `${board} ${sensor}`),
  );
  const lacking = WEARABLE.flatMap((board) =>
    Object.entries(PINS_OF)
      .filter(([, pins]) => pins.some((pin) => boardObject(board).sensor[pin] === undefined))
      .map(([sensor]) => `${board} ${sensor}`),
  );
  expect(left).toEqual(lacking);
  expect(left).toContain('pico2 mpx5050');
  expect(() => sensorTraits('mpx5050', ROOT, 'pico2')).toThrow(
    /no analogue input for it: take it through an ADS1115/,
  );
});

/** The first board that has pins for it. */
function firstBoardOf(sensor: string): string | undefined {
  return PAIRS.find((pair) => pair.sensor === sensor)?.board;
}

/**
 * Every fault on each board with the reference sensor, whose driver of the bus all boards share; those of sensor and bus with each other sensor
 * once. `npm run bench:boards` has every fault of every pair.
 */
function faultsFor(choice: Choice): BoardFaultCase[] {
  const pair = pairOf(choice.board, choice.sensor);
  if (choice.sensor !== 'mprls' && choice.board !== firstBoardOf(choice.sensor)) return [];
  return BOARD_FAULTS.filter(
    ({ name, on }) =>
      on(pair, 0) !== undefined && (choice.sensor === 'mprls' || /^(?:sensor|bus|program) /.test(name)),
  );
}

test('a fault is left out only where the pair has nothing of the kind', () => {
  const left = PAIRS.flatMap(({ board, sensor }) => {
    const pair = pairOf(board, sensor);
    return BOARD_FAULTS.filter(({ on }) => on(pair, 0) === undefined).map(({ name }) => [
      name,
      name.startsWith('bus') ? sensor : board,
    ]);
  });
  const without = (has: (board: string) => boolean, ...names: string[]): string[] =>
    WEARABLE.filter((board) => !has(board)).flatMap((board) => names.map((name) => `${name}: ${board}`));
  const offBus = Object.keys(PINS_OF).filter((sensor) => PAIRS.some((pair) => pair.sensor === sensor));
  expect([...new Set(left.map((words) => words.join(': ')))].sort()).toEqual(
    [
      ...offBus.flatMap((sensor) => [
        `bus error between command and answer: ${sensor}`,
        `bus hangs in a transfer: ${sensor}`,
      ]),
      ...without(
        (board) => boardObject(board).deadMan !== undefined,
        'dead-man pin stuck high',
        'dead-man pin stuck low',
      ),
      ...without((board) => boardObject(board).faults !== undefined, 'driver says fault'),
    ].sort(),
  );
});

describe.each(PAIRS)('$board with $sensor', (pair) => {
  it('starts safe, reads zero, fills, holds, and vents at a press', async () => {
    const level = powered(pair, await deviceCode(pair));
    expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
    expect(level.board.machine.bridges.map((b) => b.awake)).toEqual([false, false]);
    level.board.advanceTo(8000);
    expect(level.view.inhibits & (INHIBIT_SENSOR + INHIBIT_ZERO)).toBe(0);
    expect(Math.abs(level.view.filteredMmHg)).toBeLessThan(2);
    underPressure(level);
    const target = level.view.setpoint;
    level.board.advanceTo(level.board.nowMs + 15_000);
    expect(level.view.trip).toBe(0);
    expect(Math.abs(level.rig.p2 - target)).toBeLessThan(8);
    level.board.press('D1');
    expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
    level.board.release('D1');
    level.board.advanceTo(level.board.nowMs + 15_000);
    expect(level.rig.p2).toBeLessThan(15);
    expect(level.board.machine.complaints).toEqual([]);
  });

  const faults = faultsFor(pair);
  it.runIf(faults.length > 0).each(faults)('$name: off in time, and empty', async (fault) => {
    const code = await deviceCode(pair);
    const outcome = runBoardFault(pairOf(pair.board, pair.sensor), fault, ({ rig = [], chip = [] }) =>
      powered(pair, code, { rig, faults: chip }),
    );
    if (outcome === undefined) throw new Error('the pair has nothing of the kind');
    expect(outcome.offMs).toBeLessThanOrEqual(outcome.withinMs);
    expect(outcome.emptyMs).toBeLessThanOrEqual(EMPTY_WITHIN_MS);
    expect(outcome).toMatchObject({ ok: true });
  });
});

describe('an MPRLS that nothing resets after its supply is up', () => {
  it.each(['pico2', 'xiao'])(
    'is silent on %s, whose supply rises slowly, and no session may start',
    async (board) => {
      const choice = { board, sensor: 'mprls' };
      const level = powered(choice, await deviceCode(choice), { openReset: true });
      level.board.advanceTo(9000);
      expect(level.view.inhibits & INHIBIT_SENSOR).toBe(INHIBIT_SENSOR);
    },
  );

  it('answers on the reference board, which switches its supply on', async () => {
    const choice = { board: 'jolt', sensor: 'mprls' };
    const level = powered(choice, await deviceCode(choice), { openReset: true });
    level.board.advanceTo(9000);
    expect(level.view.inhibits & INHIBIT_SENSOR).toBe(0);
  });
});

describe('a board for the bench only', () => {
  it('starts safe and reads, and nothing starts without the strap', async () => {
    const choice = { board: 'esp32s3', sensor: 'mprls', dev: true };
    const level = powered(choice, await deviceCode(choice));
    level.board.advanceTo(9000);
    expect(level.view.inhibits & INHIBIT_SENSOR).toBe(0);
    expect(level.view.inhibits & INHIBIT_BENCH).toBe(INHIBIT_BENCH);
    expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
  });

  it('with the strap it fills and vents', async () => {
    const choice = { board: 'esp32s3', sensor: 'mprls', dev: true };
    const strap = Number(boardObject('esp32s3').bench?.slice(1));
    const level = underPressure(
      powered(choice, await deviceCode(choice), { prepare: (board) => board.machine.outside(strap, 0) }),
    );
    level.board.press('D1');
    expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
  });
});

/** Pins by what they are for. */
function pinsOf(board: string): string[] {
  const b = boardObject(board);
  return [
    ...[b.pump.output.pin, b.pump.enable, b.valve.output.pin, b.valve.enable, b.buzzer, b.bus.sda, b.bus.scl],
    ...[b.deadMan, b.bench, b.railOutput, b.sense?.pump, b.sense?.valve, b.sense?.rail, b.sensor.clock],
    ...[b.sensor.analog ?? b.sensor.data, b.faults?.pump, b.faults?.valve],
    ...[...Object.values(b.lamps), ...b.buttons.map((button) => button.pin)],
  ].filter((pin) => pin !== undefined);
}

test('the simulator knows each board, and no other', () => {
  expect(Object.keys(SIMULATED).sort()).toEqual([...BOARDS].sort());
});

describe.each(BOARDS)('the object of %s', (board) => {
  it('uses each pin once, and only pins that the chip has', () => {
    const pins = pinsOf(board);
    expect(pins.length).toBe(new Set(pins).size);
    const chip = SIMULATED[board]?.chip;
    for (const pin of pins) expect(Number(pin.slice(1))).toBeLessThan(chip?.pins ?? 48);
  });

  it('reads voltages only where the chip has a converter', () => {
    const { sense } = boardObject(board);
    const analog = SIMULATED[board]?.chip?.analog;
    if (analog === undefined) return;
    for (const pin of Object.values(sense ?? {})) expect(analog).toContain(Number(String(pin).slice(1)));
  });

  it('names what it lacks', () => {
    const { facts, sense, deadMan: fed } = boardObject(board);
    const said = facts.lacks.join(' ');
    if (!facts.radio) expect(said).toContain('no Bluetooth');
    if (sense === undefined || sense.pump === undefined) expect(said).toMatch(/no .*read-back/);
    if (facts.deadMan === undefined) expect(said).toContain('no dead-man');
    else if (board !== 'jolt') expect(fed).toBeDefined();
    for (const lack of facts.lacks) expect(lack).toMatch(/^no /);
  });
});
