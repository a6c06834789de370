/**
 * What a board file has to say; boards differ in nothing else. Besides `BOARD` it exports `ESPRUINO_NAME` (what Espruino calls the
 * board), `makeSafe` and `serviceButtonDown`, which the loader uses. A board file must never switch an output on.
 */
import type { SensorPorts } from '../sensors/clocked.ts';

export interface Board {
  name: string;
  /** Outputs safe, buses and sensor power on; both drivers still asleep. */
  prepare: () => void;
  /** Where the sensor is wired. */
  sensor: SensorPorts;
  /** Motor output with its PWM frequency, and the pin without which it has no power. */
  pump: { output: { pin: Pin; hz: number }; enable: Pin };
  /** Coil output, and the pin without which it has no power; another one than the pump's. */
  valve: { output: { pin: Pin }; enable: Pin };
  /** Terminal voltages; undefined where the board cannot read them back. */
  sense: { pump: Pin; valve: Pin; rail: Pin } | undefined;
  divider: { numerator: number; denominator: number };
  railOutput: Pin;
  /** Fault pins of the drivers, low = fault. */
  faults: { pump: Pin; valve: Pin };
  lamps: { red: Pin; green: Pin; blue: Pin };
  /** High = sounds: an active buzzer, or a vibration motor, behind a transistor. A hazard must be noticed without looking. */
  buzzer: Pin;
  /** 0 BTN1 (service), 1 training, 2 STOP; `activeLow`: the contact is to ground, with the chip's pull-up. */
  buttons: { pin: Pin; activeLow: boolean }[];
  /** Strapped to ground on the bench, and only there: without it a `--dev` image holds no pressure. */
  bench: Pin;
}
