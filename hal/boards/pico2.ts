/**
 * Raspberry Pi Pico 2 (RP2350) with two DRV8833 modules: the pump on one, the valve on the other, the two bridges of each in parallel. The
 * chip of early boards (stepping A2, erratum E9) holds a pin that was an input near 2.2 V against a weak pull-down: 4.7 kOhm from each enable to
 * ground, never more than 8.2. An external monostable, fed by D15, gates both sleep inputs. Pins: Espruino's RP2350_PICO2 board file; D0 and D1
 * are a console there and stay free. Must never put pump and valve on one module, and says nothing of pressure.
 */
import { FedLease } from '../fed-lease.ts';
import { openDirectMonitor } from '../open-monitor.ts';
import type { Board, BoardFacts } from './board.ts';

export const FACTS: BoardFacts = {
  title: 'Raspberry Pi Pico 2',
  espruino: 'RP2350_PICO2',
  deadMan:
    'a monostable outside of the chip (74HC123, 0.4 s), fed by the ticks through D15, takes both sleep inputs low when no edge comes; before that a timer of the chip does, 250 ms after the last renewal',
  periodMs: 50,
  drivers: 'two DRV8833 modules, bridges in parallel, a sleep pin each',
  watchdog: 'of the chip, 16.7 s at most',
  lease: 'hardware alarm',
  radio: false,
  variables: 16000,
  storageKb: 3072,
  stack: 'about 285 kB with the heap',
  pullDownKohm: 82 / 10,
  lacks: [
    'no analogue input for a sensor: the three read the outputs and the rail',
    'no Bluetooth: no STOP between two cuffs, link over USB only',
    'no build of Espruino to download: its owner builds it',
    'no lamps on the board: red, green and blue are wired',
  ],
};

/** Outputs into the safe state: drivers asleep, then every used output low. The first thing that runs at boot. */
export function makeSafe(): void {
  digitalWrite(D3, 0);
  digitalWrite(D7, 0);
  digitalWrite(D2, 0);
  digitalWrite(D6, 0);
  digitalWrite(D15, 0);
}

/** Valve open and motor off, whatever was switched on. */
export function holdOff(): void {
  digitalWrite(D7, 0);
  digitalWrite(D2, 0);
}

/** True while the training button is held: at a start it asks for service mode. */
export function serviceButtonDown(): boolean {
  pinMode(D10, 'input_pullup');
  return !digitalRead(D10);
}

/** The lamp of service mode. */
export function showService(): void {
  digitalWrite(D18, 1);
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
    name: 'pico2',
    prepare: prepare,
    sensor: { bus: I2C1, data: D20, clock: D14 },
    pump: { output: { pin: D2, hz: 20000 }, enable: D3 },
    valve: { output: { pin: D6 }, enable: D7 },
    Lease: FedLease,
    deadMan: D15,
    openMonitor: openDirectMonitor,
    sense: { pump: D26, valve: D27, rail: D28 },
    divider: { numerator: 259, denominator: 39 },
    faults: { pump: D8, valve: D9 },
    lamps: { red: D16, green: D17, blue: D18 },
    buzzer: D19,
    buttons: [
      { pin: D12, activeLow: true },
      { pin: D10, activeLow: true },
      { pin: D11, activeLow: true },
    ],
    bench: D13,
    streams: [USB],
  };
}
