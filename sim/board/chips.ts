/**
 * What the simulator has to know of each board besides its own file in hal/boards: its chip, as Espruino's board file for it says, and its
 * pace. Plain data, which a browser can load. Must never say what the board's own file says: which pin does what.
 */

/** Microseconds for a thousand instructions of the interpreter. */
export interface BoardPace {
  readonly usPerThousand: number;
  /** The lower and the upper end of what it may be. */
  readonly range: readonly [number, number];
}

export interface Chip {
  readonly pins: number;
  readonly cable: 'USB' | 'Serial1';
  readonly leds: Readonly<Record<string, number>>;
  readonly knowsReference: boolean;
  /** Pins that its converter reads. */
  readonly analog: readonly number[];
}

export interface SimulatedBoard {
  readonly pace: BoardPace;
  /** Left out where layout.ts has the whole board. */
  readonly chip?: Chip;
}

/** An nRF52 at 64 MHz: docs/sources.md, time of an instruction. */
const NRF52: BoardPace = { usPerThousand: 35.5, range: [28, 47] };

/** By the name of the board's file in hal/boards. */
export const BOARDS: Readonly<Record<string, SimulatedBoard>> = {
  jolt: { pace: NRF52 },
  /** The same text 2.8 to 3.7 times as fast as the nRF52: an estimate by clock and cache. */
  pico2: {
    pace: { usPerThousand: 11, range: [9.6, 16.8] },
    chip: {
      pins: 30,
      cable: 'USB',
      leds: { LED1: 25 },
      knowsReference: true,
      analog: [26, 27, 28, 29],
    },
  },
  xiao: {
    pace: NRF52,
    chip: {
      pins: 33,
      cable: 'USB',
      leds: { LED1: 11, LED2: 13, LED3: 12 },
      knowsReference: true,
      analog: [0, 1, 2, 3, 4, 5, 32],
    },
  },
  /** 2.5 to 4 times as fast, likewise. */
  esp32s3: {
    pace: { usPerThousand: 11, range: [7, 18.8] },
    chip: { pins: 49, cable: 'Serial1', leds: { LED1: 2 }, knowsReference: false, analog: [] },
  },
};
