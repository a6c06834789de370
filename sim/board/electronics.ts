/** Pins, drivers, buses and supply of the simulated board, between the program and the rig. */
import { adcShare, referenceMv, senseShare } from '../plant/adc.ts';
import { I2cBus, type RigSensor } from './bus.ts';
import { Bridge, SenseLine } from './drivers.ts';
import { BoardPin } from './pins.ts';

/** The pneumatics as the board drives them: `Rig` of sim/plant fits. */
export interface BoardRig extends RigSensor {
  readonly nowMs: number;
  pump: number;
  valve: number;
  readonly batteryMv: number;
  readonly railMv: number;
  advanceTo(ms: number): void;
}

/** H0..H7 in the order of the terminals. */
export const H_PINS = [17, 15, 13, 14, 22, 32, 25, 34] as const;

/** Sense inputs: pin, and the H output that it measures. */
const SENSE: readonly (readonly [number, number])[] = [
  [4, 0],
  [5, 2],
  [30, 4],
  [28, 6],
];
const QWIIC0_FET = 7;

/** What is soldered to the chip's pins: two bridges, sense lines, the bus, and through them the rig. */
export class Electronics {
  readonly rig: BoardRig;
  readonly pins: readonly BoardPin[];
  readonly bridges: readonly Bridge[];
  readonly bus: I2cBus;
  /** Voltages that something outside puts on analogue pins, mV. */
  readonly analogInputs = new Map<number, () => number>();
  readonly #sense = new Map<number, SenseLine>();

  constructor(rig: BoardRig) {
    this.rig = rig;
    this.pins = Array.from({ length: 48 }, (_, i) => new BoardPin(i, () => this.#drive()));
    const h = H_PINS.map((i) => this.pin(i));
    this.bridges = [
      new Bridge(h.slice(0, 4), this.pin(21), this.pin(16)),
      new Bridge(h.slice(4), this.pin(23), this.pin(24)),
    ];
    for (const [pin] of SENSE) this.#sense.set(pin, new SenseLine());
    this.bus = new I2cBus(() => this.pin(QWIIC0_FET).drives === 1);
    this.pin(19).outside = 1;
    this.pin(20).outside = 1;
  }

  get nowMs(): number {
    return this.rig.nowMs;
  }

  pin(index: number): BoardPin {
    const pin = this.pins[index];
    if (pin === undefined) throw new Error(`the board has no pin D${index}`);
    return pin;
  }

  get vrefMv(): number {
    return referenceMv(this.rig.batteryMv);
  }

  analog(pin: BoardPin): number {
    if (!pin.manual) pin.mode = 'analog';
    const input = this.analogInputs.get(pin.index);
    if (input !== undefined) return adcShare(input(), this.vrefMv);
    const line = this.#sense.get(pin.index);
    if (line === undefined) return 0;
    return senseShare(this.rig.railMv * line.share(this.nowMs), this.vrefMv);
  }

  /** Every pin as after a reset of the chip. */
  releasePins(): void {
    for (const pin of this.pins) pin.powerUp();
    this.#drive();
  }

  /** Bring the rig and the sense lines to what the pins say. */
  #drive(): void {
    const [pump, valve] = this.bridges;
    if (pump === undefined || valve === undefined) return;
    pump.update();
    valve.update();
    this.rig.pump = pump.terminal(0);
    this.rig.valve = valve.terminal(0);
    for (const [pin, output] of SENSE) {
      const bridge = output < 4 ? pump : valve;
      this.#sense.get(pin)?.set(bridge.terminal(output % 4), this.nowMs);
    }
  }
}
