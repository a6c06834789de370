/** Outputs of any board as the console names them, from the board's own object (hal/boards). Reads files: no browser can load this. */
import { boardObject } from './board-object.ts';

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

export function drivePins(board: string): DrivePins {
  const b = boardObject(board);
  const { pump, valve } = b.sense ?? {};
  return {
    pump: { output: b.pump.output.pin, enable: b.pump.enable },
    valve: { output: b.valve.output.pin, enable: b.valve.enable },
    sense: pump === undefined || valve === undefined ? undefined : [pump, valve],
    modes: b.released,
    numerator: b.divider.numerator,
    denominator: b.divider.denominator,
    feed: b.deadMan,
  };
}
