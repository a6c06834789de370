/**
 * What the loop asks of every sensor driver, and when a part that repeats itself counts as frozen. An open driver must
 * never throw from `convert` or `sample`, and never wait for its part.
 */
import type { ExtraReadings, PressureSensor } from '../../src/ports.ts';
import type { Ms } from '../../src/units.ts';

/** A sensor as the loop drives it: told to convert CONVERT_MS before each tick. */
export interface ClockedSensor extends PressureSensor {
  /** Start a conversion; a part that converts by itself does nothing. Never throws. */
  convert(): void;
  close(): void;
  /** Between two ticks: keep the extra conversion that is done, and start another when there is `again` time for it. Never throws. */
  more?(again: boolean): void;
}

/** The extra readings of a driver, nothing taken. `listen` is the driver's. */
export interface Extra extends ExtraReadings {
  wanted: boolean;
}

/** Where a board has a sensor wired. A driver whose pin is left out throws when it is opened: the build finds that. */
export interface SensorPorts {
  /** The bus of its connector, powered and set up. */
  bus: I2C;
  /** An analogue input. */
  analog?: Pin;
  /** Two pins for a part that is clocked by hand. */
  data?: Pin;
  clock?: Pin;
}

/** A part with noise of many steps that gives the same value for so long is frozen, ms. */
export const FROZEN_MS: Ms = 480;
