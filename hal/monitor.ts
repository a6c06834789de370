/**
 * Electrical read-back of the drivers: terminal voltages through the board's dividers, the motor rail on an unloaded output
 * that is switched on whenever the pump's driver is awake, and the drivers' fault pins. While the pump is off its driver
 * sleeps, so every other sample wakes it (motor output low) and the next one reads. Must never make
 * the pump turn, and judges nothing: the supervisor does.
 */
import type { MonitorPort, ReadBack } from '../src/ports.ts';
import { throwClosed } from './closed.ts';
import { memoryLow } from './memory-look.ts';
import type { Pump } from './pump.ts';
import { believedRail, probeSampled, senseScale } from './rail-probe.ts';

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
  pump: Pump;
  pumpPin: Pin;
  valvePin: Pin;
  railPin: Pin;
  /** Fault pins, valve first: the pump's level is the lowest bit. */
  faultPins: Pin[];
  divider: { numerator: number; denominator: number };
  railOutput: Pin;
  /** 4 when memory was low at the last look, and how many looks ago that was. */
  memory: number;
  round: number;
  readsTerminals: boolean;

  constructor(options: MonitorOptions) {
    if (!(options.divider.denominator > 0)) throw new Error('monitor: divider.denominator is not above 0');
    this.pump = options.pump;
    this.pumpPin = options.sense.pump;
    this.valvePin = options.sense.valve;
    this.railPin = options.sense.rail;
    this.faultPins = [options.faults.valve, options.faults.pump];
    this.divider = options.divider;
    this.railOutput = options.railOutput;
    this.memory = 0;
    this.round = 0;
    this.readsTerminals = true;
    pinMode(options.faults.pump, 'input_pullup');
    pinMode(options.faults.valve, 'input_pullup');
    digitalWrite(options.railOutput, 1);
  }

  /** The rail is at most two looks old. The sense inputs follow with 3.3 ms: look every 20 ms or less often. */
  look(t: ReadBack, vented: boolean): void {
    const scale = senseScale(E.getAnalogVRef(), this.divider.numerator, this.divider.denominator);
    if (probeSampled(this.pump.state)) t.railMv = believedRail(analogRead(this.railPin) * scale);
    this.pump.followProbe();
    t.pumpMv = Math.round(analogRead(this.pumpPin) * scale);
    t.valveMv = Math.round(analogRead(this.valvePin) * scale);
    if (vented !== false) countMemory(this);
    t.driverFaults = 3 - digitalRead(this.faultPins) + this.memory;
  }

  close(): void {
    digitalWrite(this.railOutput, 0);
    this.look = throwClosed;
    this.close = nothing;
  }
}

function nothing(): void {}

/**
 * Counting walks all of the memory, for some ms: on a vented cuff only. What runs out under pressure is told by the interpreter's own
 * flag, see failure.ts.
 */
function countMemory(monitor: ElectricalMonitor): void {
  if (monitor.round === 0) monitor.memory = memoryLow();
  monitor.round = (monitor.round + 1) & 15;
}
