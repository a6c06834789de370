/**
 * The bus protocol that Honeywell's MPR and ABP2 parts share: command AA 00 00, at least 5 ms, then a status byte and 24 bits.
 * What the bits mean is the part's own file.
 */
import {
  FAULT_BUSY,
  FAULT_INTEGRITY,
  FAULT_NAK,
  FAULT_SATURATED,
  type Sample,
  type SensorTraits,
} from '../../src/ports.ts';
import type { MmHg } from '../../src/units.ts';
import { throwClosed } from '../closed.ts';
import type { ClockedSensor } from './clocked.ts';

const COMMAND = [0xaa, 0, 0];

const STATUS_SATURATED = 0x01;
const STATUS_MEMORY = 0x04;
const STATUS_BUSY = 0x20;
const STATUS_POWERED = 0x40;

/** Fault bits of an answer that is not busy; codes outside of `low`..`high` are past the ends of the range. */
export function honeywellFaults(status: number, code: number, low: number, high: number): number {
  let faults = 0;
  if (status & STATUS_SATURATED || code <= low || code >= high) faults = FAULT_SATURATED;
  if (status & STATUS_MEMORY || !(status & STATUS_POWERED)) faults |= FAULT_INTEGRITY;
  return faults;
}

/** How a part reads its codes. */
export interface HoneywellPart {
  traits: SensorTraits;
  /** Codes at and beyond which the reading is at an end of the range. */
  lowCode: number;
  highCode: number;
  toMmHg: (code: number) => MmHg;
}

/** Take an answer into `sample`; `started` = a conversion was commanded since the last answer that counted. */
export function honeywellTake(
  part: HoneywellPart,
  sample: Sample,
  status: number,
  code: number,
  started: boolean,
): void {
  if (status & STATUS_BUSY) {
    sample.faults = FAULT_BUSY;
    return;
  }
  sample.faults = honeywellFaults(status, code, part.lowCode, part.highCode);
  sample.mmHg = part.toMmHg(code);
  if (started) sample.conversions = sample.conversions + 1;
}

export interface HoneywellOptions {
  sensor: { io: I2C; address: number };
  part: HoneywellPart;
}

export class HoneywellSensor implements ClockedSensor {
  traits: SensorTraits;
  part: HoneywellPart;
  io: I2C;
  address: number;
  latest: Sample;
  /** A conversion was started and its result not read yet. */
  started: boolean;
  /** The last command was not acknowledged. */
  refused: boolean;

  constructor(options: HoneywellOptions) {
    const address = options.sensor.address;
    if (!(address >= 8 && address <= 119))
      throw new Error('sensor: address ' + address + ' is outside 8..119');
    this.part = options.part;
    this.traits = options.part.traits;
    this.io = options.sensor.io;
    this.address = address;
    this.latest = { mmHg: 0, conversions: 0, faults: FAULT_BUSY };
    this.started = false;
    this.refused = false;
  }

  /** Start a conversion; the result can be read 5 ms later. */
  convert(): void {
    this.refused = true;
    try {
      this.io.writeTo(this.address, COMMAND);
      this.started = true;
      this.refused = false;
    } catch (_error) {
      this.latest.faults = FAULT_NAK;
    }
  }

  sample(): Sample {
    try {
      const bytes = this.io.readFrom(this.address, 4);
      takeBytes(this, bytes);
    } catch (_error) {
      this.latest.faults = FAULT_NAK;
    }
    return this.latest;
  }

  close(): void {
    this.convert = throwClosed;
    this.sample = throwClosed;
  }
}

function takeBytes(sensor: HoneywellSensor, b: Uint8Array): void {
  const status = b[0] as number;
  const code = (b[1] as number) * 65536 + (b[2] as number) * 256 + (b[3] as number);
  honeywellTake(sensor.part, sensor.latest, status, code, sensor.started);
  if (!(status & STATUS_BUSY)) sensor.started = false;
  if (sensor.refused) sensor.latest.faults |= FAULT_NAK;
}
