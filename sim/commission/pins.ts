/** Outputs of a board as the console names them. Those of the reference board stand here: what hal/boards/jolt.ts says, a test holds them together. */

export interface DrivePins {
  readonly pump: { readonly output: string; readonly enable: string };
  readonly valve: { readonly output: string; readonly enable: string };
  /** Where the terminals of pump and valve are read; undefined = they are not. */
  readonly sense: readonly [pump: string, valve: string] | undefined;
  /** Pins that are let go while the drivers sleep: the bridges look at them when they wake. */
  readonly modes: readonly string[];
  readonly numerator: number;
  readonly denominator: number;
  /** The pin that feeds the external dead-man; undefined = there is none. */
  readonly feed: string | undefined;
}

export const JOLT_PINS: DrivePins = {
  pump: { output: 'D17', enable: 'D21' },
  valve: { output: 'D22', enable: 'D23' },
  sense: ['D4', 'D30'],
  modes: ['D16', 'D24'],
  numerator: 259,
  denominator: 39,
  feed: undefined,
};
