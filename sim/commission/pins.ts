/** Outputs of the reference board as the console names them: what hal/boards/jolt.ts says, which only a board can load; a test holds them together. */
export const DRIVE_PINS = {
  pump: { output: 'D17', enable: 'D21', sense: 'D4' },
  valve: { output: 'D22', enable: 'D23', sense: 'D30' },
  /** MODE pins of the bridges, let go while they sleep. */
  modes: ['D16', 'D24'],
  numerator: 259,
  denominator: 39,
} as const;
