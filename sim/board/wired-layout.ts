/**
 * Boards whose drivers are wired by hand: as their own files in hal/boards say. What Espruino makes of their chips stands in chips.ts. Reads
 * files: must never be imported by what a browser loads.
 */
import { type BoardObject, boardObject } from '../../tools/build/board-object.ts';
import { BOARDS } from './chips.ts';
import { type BoardLayout, type ButtonName, type DriverPins, JOLT_LAYOUT } from './layout.ts';
import type { VirtualBoard } from './virtual-board.ts';

/** 180 kOhm and 4.7 uF at a 74HC123: 0.45 R C. */
export const MONOSTABLE_MS = 380;

/** The layout of hal/boards/NAME.ts. */
export function layoutOf(name: string): BoardLayout {
  return name === JOLT_LAYOUT.name ? JOLT_LAYOUT : wiredLayout(boardObject(name));
}

/** Fits the bench strap: without it a `--dev` image holds no pressure. Throws where the board has no pin for it. */
export function strapBench(board: VirtualBoard): void {
  const { bench } = boardObject(board.machine.layout.name);
  if (bench === undefined) throw new RangeError(`${board.machine.layout.name} has no bench strap`);
  board.machine.outside(numberOf(bench), 0);
}

function numberOf(pin: string): number {
  return Number(pin.slice(1));
}

function maybe(pin: string | undefined): number | undefined {
  return pin === undefined ? undefined : numberOf(pin);
}

function driverOf(b: BoardObject, which: 'pump' | 'valve'): DriverPins {
  return {
    output: numberOf(b[which].output.pin),
    enable: numberOf(b[which].enable),
    fault: maybe(b.faults?.[which]),
    sense: maybe(b.sense?.[which]),
  };
}

function wiredLayout(b: BoardObject): BoardLayout {
  const chip = BOARDS[b.name]?.chip;
  if (chip === undefined) throw new RangeError(`${b.name}: no chip of its own in sim/board/chips.ts`);
  const names: readonly ButtonName[] = ['BTN1', 'D1', 'D26'];
  const buttons = b.buttons.map(({ pin, activeLow }, i) => [names[i], [numberOf(pin), activeLow ? 0 : 1]]);
  const { data, clock } = b.sensor;
  return {
    name: b.name,
    espruino: b.facts.espruino,
    pins: chip.pins,
    storagePages: b.facts.storageKb / 4,
    variables: b.facts.variables,
    radio: b.facts.radio,
    cable: chip.cable,
    leds: chip.leds,
    ownSupply: true,
    switchedSupply: false,
    knowsReference: chip.knowsReference,
    buttons: Object.fromEntries(buttons) as BoardLayout['buttons'],
    drivers: [driverOf(b, 'pump'), driverOf(b, 'valve')],
    railSense: maybe(b.sense?.rail),
    deadMan: b.deadMan === undefined ? undefined : { pin: numberOf(b.deadMan), ms: MONOSTABLE_MS },
    analog: maybe(b.sensor.analog),
    clocked:
      data === undefined || clock === undefined
        ? undefined
        : { data: numberOf(data), clock: numberOf(clock) },
    pullDownKohm: b.facts.pullDownKohm,
  };
}
