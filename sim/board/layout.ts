/**
 * What is soldered around the chip of each virtual board: chip, drivers, dead-man, sense inputs, buttons. The reference board is written down here
 * from its schematic; the others are in wired-layout.ts. Plain data: it moves nothing.
 */
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
  /** The sensor's supply is switched on by a pin, and rises at once. */
  readonly switchedSupply: boolean;
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

/** The reference board. */
export const JOLT_LAYOUT: BoardLayout = {
  name: 'jolt',
  espruino: 'JOLTJS',
  pins: 48,
  storagePages: 100,
  variables: 12000,
  radio: true,
  cable: 'USB',
  leds: { LED1: 6, LED2: 8, LED3: 41 },
  ownSupply: false,
  switchedSupply: true,
  knowsReference: true,
  buttons: { BTN1: [0, 1], D1: [1, 0], D26: [26, 0] },
  drivers: undefined,
  railSense: undefined,
  deadMan: undefined,
  analog: 2,
  clocked: { data: 2, clock: 31 },
  pullDownKohm: 100,
};
