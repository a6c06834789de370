/** Outputs of the reference board as the console names them: what hal/boards/jolt.ts says, a test holds them together. */
import type { DrivePins } from '../../tools/build/drive-pins.ts';

export const JOLT_PINS: DrivePins = {
  pump: { output: 'D17', enable: 'D21' },
  valve: { output: 'D22', enable: 'D23' },
  sense: ['D4', 'D30'],
  modes: ['D16', 'D24'],
  numerator: 259,
  denominator: 39,
  feed: undefined,
};
