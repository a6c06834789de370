/**
 * Jolt.js: two DRV8847 bridges, the pump on one (H0), the valve on the other (H4), so that each can be put to sleep by a pin
 * of its own. An unloaded output of the pump's bridge (H2) shows the motor rail. Pins: Espruino's JOLTJS board file.
 * Must never put pump and valve on one driver, and says nothing of pressure.
 */
import { TICK_MS } from '../../src/limits.ts';
import { Lease } from '../lease.ts';
import { openBridgeMonitor } from '../open-monitor.ts';
import type { Board, BoardFacts } from './board.ts';

export const FACTS: BoardFacts = {
  title: 'Espruino Jolt.js',
  espruino: 'JOLTJS',
  deadMan:
    'the utility timer of the chip puts both enables low 250 ms after the last renewal, and pull-downs in the drivers hold them there in a reset',
  periodMs: TICK_MS,
  drivers: 'two DRV8847 bridges on the board, each with a sleep pin of its own',
  watchdog: 'of the chip, cannot be stopped',
  lease: 'utility timer',
  radio: true,
  variables: 12000,
  storageKb: 400,
  stack: 'about 79 kB with static data',
  pullDownKohm: 100,
  lacks: [],
};

/** Outputs into the safe state: drivers asleep, then every used output low. The first thing that runs at boot. */
export function makeSafe(): void {
  digitalWrite(D21, 0);
  digitalWrite(D23, 0);
  digitalWrite(D17, 0);
  digitalWrite(D22, 0);
  digitalWrite(D13, 0);
  Jolt.setDriverMode(0, false);
  Jolt.setDriverMode(1, false);
}

/** Valve open and motor off, whatever was switched on; the pump's driver may be awake, to be measured. */
export function holdOff(): void {
  digitalWrite(D23, 0);
  digitalWrite(D17, 0);
}

/** True while the training button is held: at a start it asks for service mode. */
export function serviceButtonDown(): boolean {
  pinMode(D1, 'input_pullup');
  return !digitalRead(D1);
}

/** The lamp of service mode. */
export function showService(): void {
  digitalWrite(D41, 1);
}

/** Where a console is opened: it takes a cable. */
export function consoleStream(): ByteStream {
  return USB;
}

/**
 * The bridges as four independent outputs each (MODE pins floating while they sleep: they look at them when they wake),
 * and power for the sensor. Ends with both bridges asleep.
 */
function prepare(): void {
  makeSafe();
  pinMode(D16, 'input');
  pinMode(D24, 'input');
  Jolt.Q0.setPower(true);
  I2C1.setup({ sda: D3, scl: D29, bitrate: 100000 });
}

export function board(): Board {
  return {
    name: 'jolt',
    prepare: prepare,
    sensor: { bus: I2C1, analog: D2, data: D2, clock: D31 },
    pump: { output: { pin: D17, hz: 20000 }, enable: D21 },
    valve: { output: { pin: D22 }, enable: D23 },
    Lease: Lease,
    openMonitor: openBridgeMonitor,
    sense: { pump: D4, valve: D30, rail: D5 },
    divider: { numerator: 259, denominator: 39 },
    railOutput: D13,
    faults: { pump: D19, valve: D20 },
    lamps: { red: D6, green: D8, blue: D41 },
    buzzer: D47,
    buttons: [
      { pin: D0, activeLow: false },
      { pin: D1, activeLow: true },
      { pin: D26, activeLow: true },
    ],
    bench: D46,
    streams: [USB, Bluetooth],
  };
}
