/** Pins, drivers, buses and supply of the simulated board, between the program and the rig. */
import { adcShare, referenceMv, senseShare } from '../plant/adc.ts';
import { I2cBus, type RigSensor } from './bus.ts';
import { Bridge, type PowerStage, SenseLine, SingleStage } from './drivers.ts';
import type { BoardLayout, DriverPins } from './layout.ts';
import { Monostable } from './monostable.ts';
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
/** Reference of a board with a supply of its own, mV. */
const OWN_VREF_MV = 3300;

/** A sense input: the stage and output that it measures. */
interface Sensed {
  readonly stage: 0 | 1;
  readonly output: number;
  readonly line: SenseLine;
}

/** What is soldered to the chip's pins: drivers, sense lines, the bus, and through them the rig. */
export class Electronics {
  readonly rig: BoardRig;
  readonly layout: BoardLayout;
  readonly pins: readonly BoardPin[];
  /** Of the pump, of the valve. */
  readonly bridges: readonly PowerStage[];
  /** The reference board's own, whose mode the program can set. */
  readonly joltBridges: readonly Bridge[];
  readonly bus: I2cBus;
  /** Voltages that something outside puts on analogue pins, mV. */
  readonly analogInputs = new Map<number, () => number>();
  /** Parts that follow pins: called after every change. */
  readonly pinParts: (() => void)[] = [];
  readonly monostable: Monostable | undefined;
  readonly #sense = new Map<number, Sensed>();

  constructor(rig: BoardRig, layout: BoardLayout) {
    this.rig = rig;
    this.layout = layout;
    this.pins = Array.from({ length: layout.pins }, (_, i) => new BoardPin(i, () => this.#drive()));
    this.monostable = layout.deadMan === undefined ? undefined : new Monostable(layout.deadMan.ms);
    this.joltBridges = layout.drivers === undefined ? this.#bridgesOfJolt() : [];
    this.bridges =
      layout.drivers === undefined ? this.joltBridges : layout.drivers.map((d) => this.#stage(d));
    this.bus = new I2cBus(() => layout.drivers !== undefined || this.pin(QWIIC0_FET).drives === 1);
    for (const pin of this.faultPins) if (pin !== undefined) this.pin(pin).outside = 1;
  }

  #bridgesOfJolt(): Bridge[] {
    const h = H_PINS.map((i) => this.pin(i));
    for (const [pin, output] of SENSE)
      this.#sense.set(pin, { stage: output < 4 ? 0 : 1, output: output % 4, line: new SenseLine() });
    return [
      new Bridge(h.slice(0, 4), this.pin(21), this.pin(16)),
      new Bridge(h.slice(4), this.pin(23), this.pin(24)),
    ];
  }

  #stage(driver: DriverPins): SingleStage {
    const stage = driver === this.layout.drivers?.[0] ? 0 : 1;
    if (driver.sense !== undefined)
      this.#sense.set(driver.sense, { stage, output: 0, line: new SenseLine() });
    const gate = (): boolean => this.monostable === undefined || this.monostable.isHigh(this.nowMs);
    return new SingleStage(this.pin(driver.output), this.pin(driver.enable), gate);
  }

  /** Fault pins of pump and valve. */
  get faultPins(): readonly (number | undefined)[] {
    return this.layout.drivers?.map((d) => d.fault) ?? [19, 20];
  }

  /** These pull-downs are fitted at the enables, undefined = none: too weak a one does not make them low. */
  fitPullDowns(kohm: number | undefined): void {
    for (const stage of this.bridges) stage.floatsUp = kohm === undefined || kohm > this.layout.pullDownKohm;
    this.#drive();
  }

  /** From now on the pin's driver stage is broken: it drives `level` whatever the program says. */
  stick(index: number, level: 0 | 1): void {
    this.pin(index).stuck = level;
    this.#drive();
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
    return this.layout.ownSupply ? OWN_VREF_MV : referenceMv(this.rig.batteryMv);
  }

  analog(pin: BoardPin): number {
    if (!pin.manual) pin.mode = 'analog';
    const input = this.analogInputs.get(pin.index);
    if (input !== undefined) return adcShare(input(), this.vrefMv);
    if (pin.index === this.layout.railSense) return senseShare(this.rig.railMv, this.vrefMv);
    const sensed = this.#sense.get(pin.index);
    if (sensed === undefined) return 0;
    return senseShare(this.rig.railMv * sensed.line.share(this.nowMs), this.vrefMv);
  }

  /** The monostable has fallen by now: what it gates goes off. */
  lapse(): void {
    if (this.monostable?.hasFallen(this.nowMs) === true) this.#drive();
  }

  /** Every pin as after a reset of the chip. */
  releasePins(): void {
    for (const pin of this.pins) pin.powerUp();
    this.#drive();
  }

  /** Bring the rig, the sense lines and the parts to what the pins say. */
  #drive(): void {
    const [pump, valve] = this.bridges;
    if (pump === undefined || valve === undefined) return;
    const { deadMan } = this.layout;
    if (deadMan !== undefined)
      this.monostable?.see((this.pin(deadMan.pin).drives ?? 0) > 0 ? 1 : 0, this.nowMs);
    pump.update();
    valve.update();
    this.rig.pump = pump.terminal(0);
    this.rig.valve = valve.terminal(0);
    for (const { stage, output, line } of this.#sense.values())
      line.set((stage === 0 ? pump : valve).terminal(output), this.nowMs);
    for (const follow of this.pinParts) follow();
  }
}
