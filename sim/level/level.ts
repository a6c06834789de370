/**
 * What a level of simulation looks like to those who run sessions on it: the firmware, stepped tick by tick
 * on virtual time, and the rig it drives. Core, image and interpreter in the loop all have this shape.
 */
import type { View } from '../../src/ports.ts';
import type { Rig } from '../plant/rig.ts';

export type LevelName = 'core' | 'image' | 'interpreter';

export interface Level {
  readonly name: LevelName;
  readonly rig: Rig;
  /** The firmware's view after the latest tick. */
  readonly view: View;
  /** Run on to just after the next tick. */
  nextTick(): void;
  /** A button goes down or up at `atMs`, not before now. 0 BTN1, 1 training, 2 STOP. */
  button(index: number, down: boolean, atMs: number): void;
  /** A named text of the device's store, undefined when there is none. */
  stored(name: string): string | undefined;
  close(): void;
}
