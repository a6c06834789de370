/**
 * Avia HX710B with a bridge of 40 kPa (MPS20N0040D), the cheap module with two wires: 24 bit, signed, 40 or 10 conversions a second by itself. For
 * holding only: its filter looks back over 0.1 s, so LOP is refused on it, and a run shows late. No two modules count alike: CODES_PER_MMHG is to be
 * measured on each. One is on record that counts nine times as many and ends at 30 mmHg; the device refuses the zero of such a one, and its
 * commissioning the comparison with the second gauge. Must never leave the clock high: for 60 us that switches the part off.
 */
import { FAULT_BUSY, FAULT_SATURATED, type SensorTraits } from '../../src/ports.ts';
import type { MmHg } from '../../src/units.ts';
import { throwClosed } from '../closed.ts';
import { type ClockedSensor, FROZEN_MS, type SensorPorts } from './clocked.ts';

/** Of this module: codes at 200 mmHg less those of the open hose, by 200. */
const CODES_PER_MMHG = 20000;
/** The ends of the converter. */
const LOW_CODE = -8388608;
const HIGH_CODE = 8388607;

/** 24 clocks and three more, which ask for 40 conversions a second: each 1 is a clock, the 0 after it lets go. */
const CLOCKS = [0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xa8];

/** Gauge pressure of a signed code. */
export function hx710bMmHg(code: number): MmHg {
  return code / CODES_PER_MMHG;
}

/** Longest period: a module of 10 conversions a second, looked at in ticks. The range ends where the converter does, less an offset of 20 mmHg. */
export const HX710B_TRAITS: SensorTraits = {
  ageMs: 60,
  zeroMinMmHg: -20,
  zeroMaxMmHg: 20,
  noiseMilliMmHg: 150,
  maxPeriodMs: 160,
  frozenMs: FROZEN_MS,
  maxMmHg: 395,
};

export interface Hx710bOptions {
  pins: { data: Pin; clock: Pin };
}

export class Hx710b implements ClockedSensor {
  traits: SensorTraits;
  data: Pin;
  spi: SPI;
  faults: number;

  /** The bits that are sent over SPI are the clock of the part. */
  constructor(options: Hx710bOptions) {
    this.traits = HX710B_TRAITS;
    this.data = options.pins.data;
    this.faults = FAULT_BUSY;
    this.spi = new SPI();
    this.spi.setup({ miso: this.data, mosi: options.pins.clock });
    pinMode(this.data, 'input_pullup');
    digitalWrite(options.pins.clock, 0);
  }

  /** Nothing to start: it converts by itself. */
  convert(): void {}

  /** Low data line = a conversion that was not read. A part that is off, or not there, leaves it high. */
  sample(): MmHg {
    if (digitalRead(this.data)) {
      this.faults = FAULT_BUSY;
      return Number.NaN;
    }
    const b = this.spi.send(CLOCKS);
    const raw = byteOf(b, 0) * 65536 + byteOf(b, 2) * 256 + byteOf(b, 4);
    const code = raw < 8388608 ? raw : raw - 16777216;
    if (code > LOW_CODE && code < HIGH_CODE) return hx710bMmHg(code);
    this.faults = FAULT_SATURATED;
    return Number.NaN;
  }

  close(): void {
    this.sample = throwClosed;
  }
}

/** Eight bits of the answer, four in each of two bytes. */
function byteOf(bytes: Uint8Array, at: number): number {
  return nibbleOf(bytes[at] as number) * 16 + nibbleOf(bytes[at + 1] as number);
}

/** The four bits that were read while the clock was high. */
function nibbleOf(x: number): number {
  return ((x & 128) >> 4) + ((x & 32) >> 3) + ((x & 8) >> 2) + ((x & 2) >> 1);
}

/** On the two pins that the board has for it (Jolt.js: connector Q1). */
export function openSensor(ports: SensorPorts): ClockedSensor {
  if (ports.data === undefined || ports.clock === undefined)
    throw new Error('hx710b: this board has no two pins left for it: take a sensor on the bus');
  return new Hx710b({ pins: { data: ports.data, clock: ports.clock } });
}
