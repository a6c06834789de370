/**
 * What a board file has to say; boards differ in nothing else. It exports `board`, which makes the one object of the board (made once at
 * the start, so that it takes no memory afterwards), `FACTS` for the tools, and what the loader uses: `makeSafe`, `holdOff`,
 * `serviceButtonDown`, `showService`, `consoleStream`. A board file must never switch an output on.
 */
import type { LeasePort, MonitorPort } from '../../src/ports.ts';
import type { LeaseOptions } from '../lease.ts';
import type { Pump } from '../pump.ts';
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
  /** The outputs' lease: with the external dead-man where the board has one. */
  Lease: new (
    options: LeaseOptions,
  ) => LeasePort;
  /** The pin that feeds the external dead-man; left out = there is none. */
  deadMan?: Pin;
  /** What the board can read back. */
  openMonitor: (board: Board, pump: Pump) => MonitorPort;
  /** Analogue inputs behind the divider: terminals of pump and valve, motor rail; left out where the board cannot read them. */
  sense: { pump?: Pin; valve?: Pin; rail: Pin } | undefined;
  /** Divider of the sense inputs: terminal = input x numerator / denominator. */
  divider: { numerator: number; denominator: number };
  /** An unloaded output of the pump's driver that shows the motor rail; left out where the rail has a divider of its own. */
  railOutput?: Pin;
  /** Fault pins of the drivers, low = fault; undefined where they have none. */
  faults: { pump: Pin; valve: Pin } | undefined;
  lamps: { red: Pin; green: Pin; blue: Pin };
  /** High = sounds: an active buzzer, or a vibration motor, behind a transistor. A hazard must be noticed without looking. */
  buzzer: Pin;
  /**
   * 0 BTN1 (service), 1 training, 2 STOP; `activeLow`: the contact is to ground, with the chip's pull-up. A board with two buttons has
   * its STOP as number 0: that one stops like every button and starts nothing.
   */
  buttons: { pin: Pin; activeLow: boolean }[];
  /** Strapped to ground on the bench, and only there: without it a `--dev` image holds no pressure. Left out: such an image never does. */
  bench?: Pin;
  /** Ports of the link. */
  streams: ByteStream[];
}

/** What is known of the board without its pins: for the build, the simulator and the documents. None of it is in an image. */
export interface BoardFacts {
  /** The board as it is sold. */
  title: string;
  /** What Espruino calls it, `process.env.BOARD`. */
  espruino: string;
  /** What cuts pump and valve without the program, and was shown to; undefined = nothing that was: images for the bench only. */
  deadMan: string | undefined;
  /** Control period, ms. */
  periodMs: number;
  /** The drivers of pump and valve. */
  drivers: string;
  /** Watchdog and what cuts the outputs by timer, in words. */
  watchdog: string;
  lease: string;
  /** Espruino's Bluetooth works there. */
  radio: boolean;
  /** Variables of the interpreter, and Storage in kB. */
  variables: number;
  storageKb: number;
  /** Space for nested calls. */
  stack: string;
  /** Largest pull-down at an enable that still counts as low in a reset, kOhm. */
  pullDownKohm: number;
  /** What the board has not that others have, each as `no ...`. Said by the build, at the start of a console, and in the documents. */
  lacks: string[];
}
