/**
 * What a commissioning needs of a bench, real or simulated: a board whose console is open and on which nothing runs, the device's own runs on
 * its shipped image, and a person. The steps know nothing else.
 */

import type { DrivePins } from '../../tools/build/drive-pins.ts';
import type { DevicePace } from '../../tools/cuff/words.ts';
import type { Trace } from '../tune/trace.ts';

/** Where the air goes in a run. `hot`: the bottle again, valve hot, battery at its lowest. */
export type Place = 'bottle' | 'hot' | 'cuff';

/** What is asked of the person; the id is for whoever answers in his place. */
export type Question =
  | 'no-limb'
  | 'open-unpowered'
  | 'pump-moves'
  | 'valve-moves'
  | 'nothing-moves'
  | 'valve-lets-go'
  | 'relief-crack'
  | 'relief-full'
  | 'gauge'
  | 'low-fitted'
  | 'low-volts'
  | 'damping-ml';

/** Somebody at the bench. */
export interface Person {
  say(text: string): void;
  yes(id: Question, text: string): Promise<boolean>;
  number(id: Question, text: string): Promise<number>;
}

/** Console of a board in service mode. */
export interface ServiceConsole {
  /** Value of an expression on the board. */
  ask(expression: string): Promise<unknown>;
  /** Time goes on. */
  wait(ms: number): Promise<void>;
  /** True when the chip has reset by itself within some seconds, and its outputs are off. */
  hasReset(): Promise<boolean>;
}

export interface RunSeen {
  readonly trace: Trace | undefined;
  /** Text of the trip that ended it, or why it did not start. */
  readonly problem: string | undefined;
  /** What the device has measured of its own ticks since power-up; undefined where it was not asked. */
  readonly pace?: RunPace;
}

/** ... and the control period of its board, ms. */
export interface RunPace extends DevicePace {
  readonly periodMs: number;
}

export interface Bench {
  /** Outputs of its board. */
  readonly pins: DrivePins;
  say(text: string): void;
  yes(id: Question, text: string): Promise<boolean>;
  /** NaN = no answer. */
  number(id: Question, text: string): Promise<number>;
  /** Opens service mode, however that is done, and does `work` there. */
  inService<T>(work: (console: ServiceConsole) => Promise<T>): Promise<T>;
  /** Reading at rest, mmHg; NaN where the device refuses its zero or its sensor. */
  rest(): Promise<number>;
  /** Fill, press the button at 30 mmHg: s until the bottle is empty, NaN = it did not fill or did not empty. */
  stop(): Promise<number>;
  /** The battery at its lowest is fitted: motor rail at rest, mV, by the board's own reading where it has one, else by what is typed. `mostMv` is what may be left. */
  lowestRail(mostMv: number): Promise<number>;
  /** Coil on until it is hot; s for which it was. */
  heat(): Promise<number>;
  /** One commissioning run, and what the second gauge shows at its hold (NaN = not read). */
  run(place: Place): Promise<RunSeen>;
  /** Least motor rail that the settings allow, and that a session starts with, mV. */
  readonly minRailMv: number;
  readonly minStartMv: number;
}
