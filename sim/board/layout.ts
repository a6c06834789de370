/**
 * What is soldered around the chip of each virtual board: chip, drivers, dead-man, sense inputs, buttons. The reference board is written down here
 * from its schematic. The others are wired by hand as their own files in hal/boards say; what Espruino makes of their chips comes from its board
 * files. Plain data: it moves nothing.
 */
import { type BoardObject, boardObject } from '../../tools/build/board-object.ts';

/** The buttons, named by their pins on the reference board: service, training, STOP. */
export type ButtonName = 'BTN1' | 'D1' | 'D26';

/** Pin numbers of one driver. */
export interface DriverPins {
  readonly output: number;
  readonly enable: number;
  /** Low = fault; undefined = it has none. */
  readonly fault: number | undefined;
  /** Analogue input behind the divider of its terminal. */
  readonly sense: number | undefined;
}

export interface BoardLayout {
  readonly name: string;
  /** `process.env.BOARD`. */
  readonly espruino: string;
  readonly pins: number;
  readonly storagePages: number;
  readonly variables: number;
  readonly radio: boolean;
  /** What Espruino calls the port of the cable. */
  readonly cable: 'USB' | 'Serial1';
  readonly leds: Readonly<Record<string, number>>;
  /** The chip has a supply of its own: its reference stays, and no pump pulls it down. */
  readonly ownSupply: boolean;
  /** Espruino knows the reference of the converter. */
  readonly knowsReference: boolean;
  /** Pin, and its level when pushed. */
  readonly buttons: Readonly<Partial<Record<ButtonName, readonly [pin: number, level: 0 | 1]>>>;
  /** Pump and valve; undefined = the reference board's bridges. */
  readonly drivers: readonly [pump: DriverPins, valve: DriverPins] | undefined;
  /** Analogue input of the motor rail, where it has a divider of its own. */
  readonly railSense: number | undefined;
  /** The pin that feeds the monostable, and how long an edge holds it, ms. */
  readonly deadMan: { readonly pin: number; readonly ms: number } | undefined;
  /** Where a sensor that is not on the bus is wired. */
  readonly analog: number | undefined;
  readonly clocked: { readonly data: number; readonly clock: number } | undefined;
  /** Largest pull-down at an enable that makes it low while nothing drives it, kOhm. */
  readonly pullDownKohm: number;
}

const JOLT: BoardLayout = {
  name: 'jolt',
  espruino: 'JOLTJS',
  pins: 48,
  storagePages: 100,
  variables: 12000,
  radio: true,
  cable: 'USB',
  leds: { LED1: 6, LED2: 8, LED3: 41 },
  ownSupply: false,
  knowsReference: true,
  buttons: { BTN1: [0, 1], D1: [1, 0], D26: [26, 0] },
  drivers: undefined,
  railSense: undefined,
  deadMan: undefined,
  analog: 2,
  clocked: { data: 2, clock: 31 },
  pullDownKohm: 100,
};

/** 180 kOhm and 4.7 uF at a 74HC123: 0.45 R C. */
const MONOSTABLE_MS = 380;

interface Chip {
  readonly pins: number;
  readonly cable: 'USB' | 'Serial1';
  readonly leds: Readonly<Record<string, number>>;
  readonly knowsReference: boolean;
  /** Pins that its converter reads. */
  readonly analog: readonly number[];
}

/** Espruino's own board files. */
export const CHIPS: Readonly<Record<string, Chip>> = {
  RP2350_PICO2: {
    pins: 30,
    cable: 'USB',
    leds: { LED1: 25 },
    knowsReference: true,
    analog: [26, 27, 28, 29],
  },
  XIAOBLE: {
    pins: 33,
    cable: 'USB',
    leds: { LED1: 11, LED2: 13, LED3: 12 },
    knowsReference: true,
    analog: [0, 1, 2, 3, 4, 5, 32],
  },
  ESP32S3: { pins: 49, cable: 'Serial1', leds: { LED1: 2 }, knowsReference: false, analog: [] },
};

/** The layout of hal/boards/NAME.ts; the reference board's for a name that no chip is known for. */
export function layoutOf(name: string): BoardLayout {
  return name === JOLT.name ? JOLT : wiredLayout(boardObject(name));
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
  const chip = CHIPS[b.facts.espruino];
  if (chip === undefined)
    throw new RangeError(`${b.name}: no chip of ${b.facts.espruino} in sim/board/layout.ts`);
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
