/**
 * Seeed XIAO nRF52840 with two low-side N-MOSFETs, a flyback diode across each load. Four AND gates (74HC08) sit before them: each enable with the
 * monostable that D10 feeds, each output with that. It has eleven pins: the motor rail is read, the terminals are not; its own charger's pins are
 * left alone. D1 is Espruino's BTN1 there, which asks for a start without a program when it is high: a button to ground never does. Pins:
 * Espruino's XIAOBLE board file. Must never put pump and valve behind one gate, and says nothing of pressure.
 */
import { TICK_MS } from '../../src/limits.ts';
import { FedLease } from '../fed-lease.ts';
import { openDirectMonitor } from '../open-monitor.ts';
import type { Board, BoardFacts } from './board.ts';

export const FACTS: BoardFacts = {
  title: 'Seeed XIAO nRF52840',
  espruino: 'XIAOBLE',
  deadMan:
    'a monostable outside of the chip (74HC123, 0.4 s), fed by the ticks through D10, closes the gates of both MOSFETs when no edge comes; before that the utility timer does, 250 ms after the last renewal',
  periodMs: TICK_MS,
  drivers: 'two low-side N-MOSFETs (AO3400A) with flyback diodes, behind a 74HC08',
  watchdog: 'of the chip, cannot be stopped',
  lease: 'utility timer',
  radio: true,
  variables: 14000,
  storageKb: 2048,
  stack: 'as Jolt.js, less 28 kB of variables',
  pullDownKohm: 100,
  lacks: [
    'no pins left for a sensor that is not on the bus',
    'no read-back of the terminals of pump and valve: what a driver does is not checked while the cuff is worn',
    'no fault pins: the MOSFETs have none',
    'no third button and no setting `stop` 1: STOP is a closing contact',
    'no bench strap: a --dev image never holds pressure',
    'no build of Espruino in its releases: its owner builds it',
  ],
};

/** Outputs into the safe state: enables low, then every used output. The first thing that runs at boot. */
export function makeSafe(): void {
  digitalWrite(D7, 0);
  digitalWrite(D9, 0);
  digitalWrite(D6, 0);
  digitalWrite(D8, 0);
  digitalWrite(D10, 0);
}

/** Valve open and motor off, whatever was switched on. */
export function holdOff(): void {
  digitalWrite(D9, 0);
  digitalWrite(D6, 0);
}

/** True while the training button is held: at a start it asks for service mode. */
export function serviceButtonDown(): boolean {
  pinMode(D1, 'input_pullup');
  return !digitalRead(D1);
}

/** The lamp of service mode. */
export function showService(): void {
  digitalWrite(D12, 1);
}

/** Where a console is opened: it takes a cable. */
export function consoleStream(): ByteStream {
  return USB;
}

function prepare(): void {
  makeSafe();
  I2C1.setup({ sda: D4, scl: D5, bitrate: 100000 });
}

export function board(): Board {
  return {
    name: 'xiao',
    prepare: prepare,
    sensor: { bus: I2C1 },
    pump: { output: { pin: D6, hz: 20000 }, enable: D7 },
    valve: { output: { pin: D8 }, enable: D9 },
    Lease: FedLease,
    deadMan: D10,
    openMonitor: openDirectMonitor,
    sense: { rail: D0 },
    divider: { numerator: 259, denominator: 39 },
    faults: undefined,
    lamps: { red: D11, green: D13, blue: D12 },
    buzzer: D3,
    buttons: [
      { pin: D2, activeLow: true },
      { pin: D1, activeLow: true },
    ],
    streams: [USB, Bluetooth],
  };
}
