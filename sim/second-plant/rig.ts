/** The second family on the bench: gas, limb and sensor on one clock. */
import type { Activity } from '../plant/limb-params.ts';
import { Random } from '../plant/random.ts';
import { type Reading, Sensor } from '../plant/sensor.ts';
import type { SensorParams } from '../plant/sensor-params.ts';
import { SecondGas } from './gas.ts';
import { SecondLimb, type SecondWearer } from './limb.ts';
import { type SecondPlant, secondSealed } from './params.ts';

export interface SecondSpec {
  readonly plant: SecondPlant;
  readonly wearer: SecondWearer;
  readonly sensor: SensorParams;
  readonly targetMmHg: number;
}

/** Whoever plays the board writes `pump` and `valve` and advances whole ms. The same spec, seed and calls give the same bits. */
export class SecondRig {
  readonly spec: SecondSpec;
  readonly limb: SecondLimb;
  readonly targetMmHg: number;
  pump = 0;
  valve = 0;
  nowMs = 0;
  readonly #sensor: Sensor;
  readonly #gas: SecondGas;
  readonly #keep: number;
  #seen = 0;
  #cycles = 0;
  #peak = 0;

  constructor(spec: SecondSpec, seed: number) {
    const seeds = new Random(seed);
    this.spec = spec;
    this.targetMmHg = spec.targetMmHg;
    this.#gas = new SecondGas(spec.plant);
    this.#gas.pump.phase = seeds.fork('stroke').next();
    this.#sensor = new Sensor(spec.sensor, seeds.fork('sensor'));
    const soft = secondSealed(spec.plant, spec.targetMmHg);
    this.limb = new SecondLimb(spec.wearer, seeds.fork('limb'), soft, spec.targetMmHg);
    this.#keep = Math.exp(-1 / spec.plant.lineLagMs);
  }

  /** True cuff pressure, gauge mmHg; that of the manifold, and of the bottle. */
  get p2(): number {
    return this.#gas.p2;
  }

  get p1(): number {
    return this.#gas.p1;
  }

  get bottleMmHg(): number {
    return this.#gas.bottleMmHg;
  }

  setActivity(kind: Activity): void {
    this.limb.setActivity(kind);
  }

  convert(): void {
    this.#sensor.command(this.nowMs);
  }

  read(): Reading {
    return this.#sensor.read(this.nowMs, this.#seen);
  }

  /** Run until `ms`, a whole number not before nowMs. */
  advanceTo(ms: number): void {
    const gas = this.#gas;
    const atCuff = this.spec.plant.sensorAt === 'cuff';
    while (this.nowMs < ms) {
      gas.drive = this.pump;
      gas.command = this.valve;
      gas.step(this.limb.step(gas.p2));
      this.nowMs += 1;
      const there = atCuff ? gas.p2 : gas.p1;
      this.#seen = there + (this.#seen - there) * this.#keep;
      if (gas.p2 > this.#peak) this.#peak = gas.p2;
      if (this.limb.cycles !== this.#cycles) {
        this.#cycles = this.limb.cycles;
        gas.seat(this.#peak);
        this.#peak = 0;
      }
      if (this.nowMs >= this.#sensor.nextMs()) this.#sensor.serve(this.nowMs, this.#seen);
    }
  }
}
