/**
 * The bus protocol that Honeywell's MPR and ABP2 parts share: command AA 00 00, at least 5 ms, then a status byte and 24 bits of
 * code, here one number of 32 bits. What the bits mean is said in the part's own file only. Must never
 * wait for the part.
 */
import {
  FAULT_BUSY,
  FAULT_INTEGRITY,
  FAULT_NAK,
  FAULT_SATURATED,
  type SensorTraits,
} from '../../src/ports.ts';
import type { MmHg } from '../../src/units.ts';
import { throwClosed } from '../closed.ts';
import type { ClockedSensor, Extra } from './clocked.ts';

const COMMAND = [0xaa, 0, 0];

const STATUS_SATURATED = 0x01;
const STATUS_BUSY = 0x20;
const STATUS_POWERED = 0x40;

/** What the bytes of an answer count. */
const WEIGHTS = [16777216, 65536, 256, 1];
/** Word of code 0 under a status that says nothing but "powered", the only good one. */
const GOOD = 0x40000000;

/** How a part reads its codes: mmHg = (code - zeroCode) x scale. */
export interface HoneywellPart {
  traits: SensorTraits;
  /** Codes at and beyond which the reading is at an end of the range. */
  lowCode: number;
  highCode: number;
  zeroCode: number;
  /** mmHg a code. */
  scale: number;
}

/** Divided on the board: the minifier would write this quotient as a decimal that the board reads a last place off. */
export function mmHgPerCode(range: number, span: number): number {
  return range / span;
}

/** Pressure of a whole answer, NaN when it is not a good one. The whole of the decoding, for drivers and the simulated core alike. */
export function honeywellMmHg(part: HoneywellPart, word: number): MmHg {
  return word > GOOD + part.lowCode && word < GOOD + part.highCode
    ? (word - (GOOD + part.zeroCode)) * part.scale
    : Number.NaN;
}

/** Why an answer is not a good one, FAULT_*. Any other bit than busy and saturated (0x04: memory) is an error of the part's own. */
export function honeywellFaults(part: HoneywellPart, word: number): number {
  const status = Math.floor(word / 16777216);
  const code = word - status * 16777216;
  if (status & STATUS_BUSY) return FAULT_BUSY;
  const ends = status & STATUS_SATURATED || code <= part.lowCode || code >= part.highCode;
  const sound = (status & ~STATUS_SATURATED) === STATUS_POWERED;
  return (ends ? FAULT_SATURATED : 0) + (sound ? 0 : FAULT_INTEGRITY);
}

export interface HoneywellOptions {
  sensor: { io: I2C; address: number };
  part: HoneywellPart;
}

export class HoneywellSensor implements ClockedSensor {
  io: I2C;
  address: number;
  /** Words between which an answer is good, the word of zero, mmHg a step. */
  low: number;
  high: number;
  zero: number;
  scale: number;
  /** The last command was not acknowledged: what is read is older. */
  refused: boolean;
  faults: number;
  part: HoneywellPart;
  traits: SensorTraits;
  extra: Extra;
  /** An extra conversion has been started and not been read. */
  pending: boolean;
  /** The one sample a tick, while `sample` takes an extra conversion along. */
  plain: () => MmHg;

  constructor(options: HoneywellOptions) {
    const address = options.sensor.address;
    if (!(address >= 8 && address <= 119))
      throw new Error('sensor: address ' + address + ' is outside 8..119');
    const part = options.part;
    this.io = options.sensor.io;
    this.address = address;
    this.low = GOOD + part.lowCode;
    this.high = GOOD + part.highCode;
    this.zero = GOOD + part.zeroCode;
    this.scale = part.scale;
    this.refused = false;
    this.faults = FAULT_BUSY;
    this.part = part;
    this.traits = part.traits;
    this.pending = false;
    this.plain = this.sample;
    this.extra = {
      wanted: false,
      count: 0,
      mmHg: new Float32Array(2),
      listen: (on) => listen(this, on),
    };
  }

  /** Start a conversion; the result can be read 5 ms later. */
  convert(): void {
    try {
      this.io.writeTo(this.address, COMMAND);
    } catch (_error) {
      this.refused = true;
    }
  }

  sample(): MmHg {
    try {
      const word = E.convolve(this.io.readFrom(this.address, 4), WEIGHTS, 0);
      if (word > this.low && word < this.high && !this.refused) return (word - this.zero) * this.scale;
      explain(this, word);
    } catch (_error) {
      this.faults = FAULT_NAK;
    }
    return Number.NaN;
  }

  more(again: boolean): void {
    if (!this.pending) return;
    this.pending = false;
    keepExtra(this);
    if (again) convertExtra(this);
  }

  close(): void {
    this.more = throwClosed;
    this.convert = throwClosed;
    this.sample = throwClosed;
  }
}

/** While it listens, each sample starts an extra conversion: an idle tick pays nothing for it. */
function listen(sensor: HoneywellSensor, on: boolean): void {
  sensor.extra.wanted = on;
  sensor.extra.count = 0;
  sensor.pending = false;
  sensor.sample = on ? sampleAndConvert : sensor.plain;
}

function sampleAndConvert(this: HoneywellSensor): MmHg {
  const mmHg = this.plain();
  convertExtra(this);
  return mmHg;
}

/** Starts an extra conversion. If the part refuses the command, there is no extra reading; the next sample has its own command and is not touched by it. */
function convertExtra(sensor: HoneywellSensor): void {
  const refused = sensor.refused;
  sensor.refused = false;
  sensor.convert();
  sensor.pending = !sensor.refused;
  sensor.refused = refused;
}

/** Keeps the reading of the extra conversion. A bad one is left out without a fault: the next ordinary sample reports what is wrong. */
function keepExtra(sensor: HoneywellSensor): void {
  const extra = sensor.extra;
  try {
    const word = E.convolve(sensor.io.readFrom(sensor.address, 4), WEIGHTS, 0);
    if (!(word > sensor.low && word < sensor.high) || extra.count > 1) return;
    extra.mmHg[extra.count] = (word - sensor.zero) * sensor.scale;
    extra.count = extra.count + 1;
  } catch (_error) {
    return;
  }
}

/** Says why there is no reading. A refused command counts once: after the next command the part is judged anew. */
function explain(sensor: HoneywellSensor, word: number): void {
  sensor.faults = honeywellFaults(sensor.part, word) | (sensor.refused ? FAULT_NAK : 0);
  sensor.refused = false;
}
