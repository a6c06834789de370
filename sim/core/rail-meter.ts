/** The motor rail as the board measures it, for the core in the loop. */
import {
  believedRail,
  createRailProbe,
  probeDriven,
  probeSampled,
  probeStopped,
  senseScale,
} from '../../hal/rail-probe.ts';
import { referenceMv, senseShare } from '../plant/adc.ts';

/** The rail as the board's monitor sees it, bit for bit, for the core in the loop: no pins, the same rules and roundings. */
export class RailMeter {
  readonly #supply: { readonly railMv: number; readonly batteryMv: number };
  readonly #probe = createRailProbe();
  #railMv = 0;

  constructor(supply: { readonly railMv: number; readonly batteryMv: number }) {
    this.#supply = supply;
  }

  /** The pump is written `duty`, permille. */
  written(duty: number): void {
    if (duty > 0) probeDriven(this.#probe, duty);
    else probeStopped(this.#probe);
  }

  /** A sample of the monitor: the rail, mV, 0 = never readable so far. */
  sample(): number {
    if (!probeSampled(this.#probe)) return this.#railMv;
    const vrefMv = referenceMv(this.#supply.batteryMv);
    const scale = senseScale(vrefMv / 1000, 259, 39);
    this.#railMv = believedRail(senseShare(this.#supply.railMv, vrefMv) * scale);
    return this.#railMv;
  }
}
