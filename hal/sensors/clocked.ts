import type { PressureSensor } from '../../src/ports.ts';

/** A sensor as the loop drives it: told to convert CONVERT_MS before each tick. */
export interface ClockedSensor extends PressureSensor {
  /** Start a conversion; a part that converts by itself does nothing. Never throws. */
  convert(): void;
  close(): void;
}
