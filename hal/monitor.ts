/**
 * Electrical read-back of the drivers: terminal voltages through the board's dividers, the motor rail on an unloaded output
 * that is switched on whenever the pump's driver is awake, and the drivers' fault pins. While the pump is off its driver
 * sleeps, so every other sample wakes it (motor output low) and the next one reads.
 */
import type { Monitor, MonitorPort } from '../src/ports.ts';
import type { Mv } from '../src/units.ts';
import { throwClosed } from './closed.ts';
import type { Pump } from './pump.ts';
import { believedRail, probeSampled, senseMv } from './rail-probe.ts';

export interface MonitorOptions {
  pump: Pump;
  /** Analogue inputs behind the divider: pump terminal, valve terminal, unloaded output. */
  sense: { pump: Pin; valve: Pin; rail: Pin };
  /** Divider: terminal = input x numerator / denominator. */
  divider: { numerator: number; denominator: number };
  /** Output that is measured, to be switched on with the driver. */
  railOutput: Pin;
  /** Fault pins, low = fault. */
  faults: { pump: Pin; valve: Pin };
}

export class ElectricalMonitor implements MonitorPort {
  readsTerminals: boolean;
  values: Monitor;
  options: MonitorOptions;
  /** 4 when memory was low at the last look, and how many samples ago that was. */
  memory: number;
  round: number;

  constructor(options: MonitorOptions) {
    if (!(options.divider.denominator > 0)) throw new Error('monitor: divider.denominator must be above 0');
    this.readsTerminals = true;
    this.options = options;
    this.memory = 0;
    this.round = 0;
    this.values = { railMv: 0, pumpMv: 0, valveMv: 0, driverFaults: 0 };
    pinMode(options.faults.pump, 'input_pullup');
    pinMode(options.faults.valve, 'input_pullup');
    digitalWrite(options.railOutput, 1);
  }

  /** The rail is at most two samples old. The sense inputs follow with 3.3 ms: sample at 20 ms or more. */
  sample(): Monitor {
    const o = this.options;
    const v = this.values;
    const vref = E.getAnalogVRef();
    if (probeSampled(o.pump.state)) v.railMv = believedRail(readMv(o, o.sense.rail, vref));
    o.pump.followProbe();
    v.pumpMv = readMv(o, o.sense.pump, vref);
    v.valveMv = readMv(o, o.sense.valve, vref);
    if (this.round === 0) this.memory = memoryLow();
    this.round = (this.round + 1) & 15;
    v.driverFaults =
      (digitalRead(o.faults.pump) ? 0 : 1) + (digitalRead(o.faults.valve) ? 0 : 2) + this.memory;
    return v;
  }

  close(): void {
    digitalWrite(this.options.railOutput, 0);
    this.sample = throwClosed;
    this.close = nothing;
  }
}

function nothing(): void {}

/** 4 with less than a twentieth of the variables free, where the interpreter starts collecting in every idle moment. */
function memoryLow(): number {
  const m = process.memory(false);
  return m.free * 20 < m.total ? 4 : 0;
}

function readMv(o: MonitorOptions, pin: Pin, vref: number): Mv {
  return senseMv(analogRead(pin), vref, o.divider.numerator, o.divider.denominator);
}
