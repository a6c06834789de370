/**
 * ESP32-S3 with two DRV8833 modules, for the bench only: its timer handler is not in the chip's fast memory, and resets on its account are on
 * record, so that nothing is known to cut the outputs when the program stands still. Its converter has no known reference in Espruino: nothing is
 * read back. Pins: Espruino's ESP32S3_IDF4 board file. Must never get an image to wear before its lease was shown, and says nothing of pressure.
 */
import { Lease } from '../lease.ts';
import { openBlindMonitor } from '../open-monitor.ts';
import type { Board, BoardFacts } from './board.ts';

export const FACTS: BoardFacts = {
  title: 'ESP32-S3',
  espruino: 'ESP32S3',
  deadMan: undefined,
  periodMs: 50,
  drivers: 'two DRV8833 modules, bridges in parallel, a sleep pin each',
  watchdog: 'of the system, in whole seconds',
  lease: 'a timer that is not proven',
  radio: true,
  variables: 16383,
  storageKb: 896,
  stack: '25 kB',
  pullDownKohm: 10,
  lacks: [
    'no dead-man: for the bench only',
    'no battery check and no read-back: Espruino knows no reference of its converter',
    'no finished Espruino: its board file says beta',
    'no lamps on the board: red, green and blue are wired',
  ],
};

/** Outputs into the safe state: drivers asleep, then every used output low. The first thing that runs at boot. */
export function makeSafe(): void {
  digitalWrite(D5, 0);
  digitalWrite(D7, 0);
  digitalWrite(D4, 0);
  digitalWrite(D6, 0);
}

/** Valve open and motor off, whatever was switched on. */
export function holdOff(): void {
  digitalWrite(D7, 0);
  digitalWrite(D4, 0);
}

/** True while the training button is held: at a start it asks for service mode. */
export function serviceButtonDown(): boolean {
  pinMode(D15, 'input_pullup');
  return !digitalRead(D15);
}

/** The lamp of service mode. */
export function showService(): void {
  digitalWrite(D40, 1);
}

/** Where a console is opened: it takes a cable. Espruino has the chip's USB as a serial port there. */
export function consoleStream(): ByteStream {
  return Serial1;
}

function prepare(): void {
  makeSafe();
  I2C1.setup({ sda: D8, scl: D9, bitrate: 100000 });
}

export function board(): Board {
  return {
    name: 'esp32s3',
    prepare: prepare,
    sensor: { bus: I2C1, data: D12, clock: D13 },
    pump: { output: { pin: D4, hz: 20000 }, enable: D5 },
    valve: { output: { pin: D6 }, enable: D7 },
    Lease: Lease,
    openMonitor: openBlindMonitor,
    sense: undefined,
    divider: { numerator: 259, denominator: 39 },
    faults: { pump: D10, valve: D11 },
    lamps: { red: D38, green: D39, blue: D40 },
    buzzer: D21,
    buttons: [
      { pin: D17, activeLow: true },
      { pin: D15, activeLow: true },
      { pin: D16, activeLow: true },
    ],
    bench: D18,
    streams: [Serial1, Bluetooth],
  };
}
