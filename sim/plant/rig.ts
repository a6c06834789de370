/** The simulated bench: air, limb, sensor, supply and faults together on virtual time. */
import { cuffVolume, sealedCompliance } from './compliance.ts';
import { type Fault, holds, nextChange } from './faults.ts';
import { applyGasFault, clearGasFaults } from './gas-faults.ts';
import { LIMB_GRID_MS, Limb } from './limb.ts';
import type { Activity, LimbEvent } from './limb-params.ts';
import { DRIVER_DROP_MV } from './params.ts';
import { Pneumatics } from './pneumatics.ts';
import { Random } from './random.ts';
import type { RigSpec } from './rig-spec.ts';
import { SenseLine } from './sense-line.ts';
import { type Reading, Sensor } from './sensor.ts';
import { SENSORS } from './sensor-params.ts';
import { applySensorFaults } from './sensor-trouble.ts';

export type { RigSpec } from './rig-spec.ts';

const BATTERY_SAG_MS = 2000;

/**
 * The simulated cuff on virtual time. Whoever plays the board writes `pump` and `valve`, advances whole milliseconds and reads the
 * sensor; reports read the truth. The same spec, seed and calls give the same bits, and cutting an advance in two changes none.
 */
export class Rig {
  readonly spec: RigSpec;
  readonly lopMmHg: number;
  readonly targetMmHg: number;
  /** Duty at the pump's terminals, 0..1, from the next advance on. */
  pump = 0;
  /** Duty at the coil, 0 = off (open) .. 1 = energised (shut), from the next advance on. */
  valve = 0;
  readonly limb: Limb;
  readonly sensor: Sensor;
  readonly #gas: Pneumatics;
  readonly #line = new SenseLine();
  readonly #faults: Fault[];
  readonly #stepsPerMs: number;
  readonly #batteryStart: number;
  readonly #drainPerMs: number;
  #nowMs = 0;
  #nextFaultMs: number;
  #gridMs = 0;
  #vmBase = 0;
  #vmStep = 0;
  #seatPath = 0;
  #railMv = 0;
  #batteryFactor = 1;
  #sagFromMs = Number.POSITIVE_INFINITY;
  #sagTo = 1;
  #forcePump = -1;
  #drifts = false;
  #cuffOff = false;
  /** The last time at which the valve was made to let go, ms. */
  #droppedAtMs = -1;

  constructor(spec: RigSpec, seed: number) {
    this.spec = spec;
    const plant = spec.plant;
    const seeds = new Random(seed);
    this.lopMmHg = spec.lopMmHg ?? plant.lopMmHg;
    const gait = spec.limb.kind === 'walk' || spec.limb.kind === 'run' || spec.limb.kind === 'cycle';
    this.targetMmHg = spec.targetMmHg ?? this.lopMmHg * (gait ? 0.5 : 0.8);
    this.limb = new Limb(spec.limb, seeds.fork('limb'), {
      mlPerMmHg: sealedCompliance(plant, this.targetMmHg),
      cuffMl: cuffVolume(plant, this.targetMmHg),
      targetMmHg: this.targetMmHg,
      lopMmHg: this.lopMmHg,
      seatReps: plant.seatReps,
    });
    const part = typeof spec.sensor === 'string' ? SENSORS[spec.sensor] : spec.sensor;
    this.sensor = new Sensor(part, seeds.fork('sensor'));
    this.#stepsPerMs = spec.stepsPerMs ?? 1;
    this.#gas = new Pneumatics(plant, this.#stepsPerMs);
    this.#gas.motor.phase = seeds.fork('plant').next();
    this.#faults = [...(spec.faults ?? [])];
    this.#nextFaultMs = nextChange(this.#faults, -1);
    this.#batteryStart = spec.batteryMv ?? plant.batteryMv;
    this.#drainPerMs = (spec.batteryDrainMvPerMin ?? 3) / 60_000;
    this.#power();
  }

  /** Time since the start, whole ms. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** True manifold pressure, gauge mmHg. */
  get p1(): number {
    return this.#gas.p1;
  }

  /** True cuff pressure, gauge mmHg: what the limb feels. */
  get p2(): number {
    return this.#gas.p2;
  }

  /** Battery under the present load, mV. */
  get batteryMv(): number {
    return this.#railMv <= 0 ? 0 : this.railMv + DRIVER_DROP_MV;
  }

  /** Motor rail under the present load, mV. */
  get railMv(): number {
    return this.#railMv * (1 - this.spec.plant.sag * this.#gas.motor.speed);
  }

  /** Pump speed, 1 = rated. */
  get rotor(): number {
    return this.#gas.motor.speed;
  }

  /** Valve opening, 0 shut .. 1 open. */
  get opening(): number {
    return this.#gas.solenoid.opening;
  }

  /** Gas in the cuff, NmL; its volume, mL; its temperature over the room's. */
  get gas(): number {
    return this.#gas.n;
  }

  get volumeMl(): number {
    return this.#gas.volume;
  }

  get theta(): number {
    return this.#gas.theta;
  }

  /** Volume lost to seating and creep so far, mL. */
  get seatedMl(): number {
    return this.#gas.seated;
  }

  get creptMl(): number {
    return this.#gas.fast + this.#gas.slow;
  }

  /** Limb volume pushed into the cuff, mL. */
  get limbMl(): number {
    return this.#vmBase + this.#vmStep * (this.#nowMs - this.#gridMs) * this.#stepsPerMs;
  }

  /** Flows in the last step, NmL/s: from the pump, into the hose, through the valve, lost at the cuff. */
  get pumpFlow(): number {
    return this.#gas.qPump;
  }

  get hoseFlow(): number {
    return this.#gas.qHose;
  }

  get valveFlow(): number {
    return this.#gas.qValve;
  }

  get leakFlow(): number {
    return this.#gas.qLeak;
  }

  /** Gas the pump has put in since the start, and gas that has left, NmL. */
  get gasIn(): number {
    return this.#gas.gasIn;
  }

  get gasOut(): number {
    return this.#gas.gasOut;
  }

  /** True pressure in the bottle, gauge mmHg; the cuff's where none is fitted. */
  get bottleMmHg(): number {
    return this.#gas.bottle?.p ?? this.#gas.p2;
  }

  /** What the gas books cannot explain, NmL; rounding only. */
  get gasError(): number {
    return this.#gas.gasError();
  }

  /** True pressure where the sensor's line joins, gauge mmHg. */
  get sensed(): number {
    return this.spec.plant.sensorAt === 'cuff' ? this.#gas.p2 : this.#gas.p1;
  }

  /** What the wearer does from now on. */
  setActivity(kind: Activity): void {
    this.limb.setActivity(kind, this.#nowMs);
  }

  /** A single event (cough, bump, strap...) at its time. */
  addEvent(event: LimbEvent): void {
    this.limb.addEvent(event);
  }

  /** Something more breaks, now or later: what is due already holds at once. */
  addFault(fault: Fault): void {
    this.#faults.push(fault);
    this.#applyFaults();
  }

  /** Start a conversion now. */
  convert(): void {
    if (this.#railMv > 0) this.sensor.command(this.#nowMs);
  }

  /** What the part answers now. */
  read(): Reading {
    if (this.#railMv <= 0) return { nak: true, busy: false, status: 0, code: 0, conversions: 0 };
    return this.sensor.read(this.#nowMs, this.#line.seen(this.#nowMs, this.sensed));
  }

  /** Run until `ms`, a whole number not before nowMs. */
  advanceTo(ms: number): void {
    if (!(ms >= this.#nowMs) || ms !== Math.floor(ms))
      throw new RangeError(`advanceTo: ${ms} ms is not a whole time from ${this.#nowMs} on`);
    const gas = this.#gas;
    const per = this.#stepsPerMs;
    while (this.#nowMs < ms) {
      const now = this.#nowMs;
      if (now >= this.#nextFaultMs) this.#applyFaults();
      if (now >= this.#gridMs + LIMB_GRID_MS || now === 0) this.#newGrid();
      let next = Math.min(ms, this.#gridMs + LIMB_GRID_MS, this.#nextFaultMs);
      const asked = this.sensor.nextMs();
      if (asked > now && asked < next) next = asked;
      gas.drive = this.#forcePump >= 0 ? this.#forcePump : this.pump;
      gas.command = this.valve;
      gas.run((next - now) * per, (now - this.#gridMs) * per, this.#vmBase, this.#vmStep, this.#seatPath);
      this.#nowMs = next;
      if (next >= asked) this.sensor.serve(next, this.#line.seen(next, this.sensed));
    }
    if (ms >= this.#nextFaultMs) this.#applyFaults();
  }

  #newGrid(): void {
    const from = this.limb.vm;
    if (this.#nowMs > 0) this.#gridMs += LIMB_GRID_MS;
    const end = this.#gridMs + LIMB_GRID_MS;
    const to = this.spec.wearer?.volumeMl(end / 1000, this.#gas.p2) ?? this.limb.step(end, this.#gas.p2);
    this.limb.vm = to;
    const steps = LIMB_GRID_MS * this.#stepsPerMs;
    this.#vmBase = from;
    this.#vmStep = (to - from) / steps;
    this.#seatPath = this.limb.seatPath / this.#stepsPerMs;
    this.#power();
    if (this.#drifts) this.#sensorTrouble();
  }

  #power(): void {
    const t = this.#nowMs - this.#sagFromMs;
    const share = t <= 0 ? 0 : t >= BATTERY_SAG_MS ? 1 : t / BATTERY_SAG_MS;
    const factor = this.#batteryFactor * (1 + (this.#sagTo - 1) * share);
    const battery = (this.#batteryStart - this.#drainPerMs * this.#nowMs) * factor;
    this.#railMv = battery > DRIVER_DROP_MV ? battery - DRIVER_DROP_MV : 0;
    this.#gas.rail = this.#railMv / this.spec.plant.ratedMv;
  }

  /** Rebuild everything that faults touch from those that hold now. */
  #applyFaults(): void {
    const now = this.#nowMs;
    const gas = this.#gas;
    this.#nextFaultMs = nextChange(this.#faults, now);
    clearGasFaults(gas);
    this.#forcePump = -1;
    this.#batteryFactor = 1;
    this.#sagFromMs = Number.POSITIVE_INFINITY;
    for (const f of this.#faults) if (holds(f, now)) this.#applyFault(f);
    this.#sensorTrouble();
    this.#power();
  }

  #applyFault(f: Fault): void {
    if (applyGasFault(this.#gas, this.spec.plant, f)) return;
    if (f.kind === 'pump-stuck-on') this.#forcePump = 1;
    else if (f.kind === 'pump-dead') this.#forcePump = 0;
    else if (f.kind === 'cuff-off') {
      if (!this.#cuffOff)
        this.limb.addEvent({ kind: 'strap-slip', atMs: this.#nowMs, size: f.share ?? 0.8, ms: 300 });
      this.#cuffOff = true;
    } else if (f.kind === 'valve-drop') {
      if (f.atMs > this.#droppedAtMs) this.#gas.solenoid.drop();
      this.#droppedAtMs = Math.max(this.#droppedAtMs, f.atMs);
    } else if (f.kind === 'battery-sag') {
      this.#sagFromMs = f.atMs;
      this.#sagTo = f.factor ?? 0.62;
    } else if (f.kind === 'supply-lost') this.#batteryFactor = 0;
  }

  #sensorTrouble(): void {
    this.#line.change(this.#faults, this.#nowMs, this.sensed);
    this.#drifts = applySensorFaults(this.sensor.trouble, this.#faults, this.#nowMs);
  }
}
