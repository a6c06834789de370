/**
 * Electrical read-back where the motor rail has a divider of its own: it can be read whatever the drivers do. Terminals and fault pins only where
 * the board has them. Must never move an output, and judges nothing: the supervisor does.
 */
import type { MonitorPort, ReadBack } from '../src/ports.ts';
import { throwClosed } from './closed.ts';
import { memoryLow } from './memory-look.ts';
import { believedRail, senseScale } from './rail-probe.ts';

export interface DirectMonitorOptions {
  /** Analogue inputs behind the divider. */
  sense: { pump?: Pin; valve?: Pin; rail: Pin };
  /** Divider: terminal = input x numerator / denominator. */
  divider: { numerator: number; denominator: number };
  /** Fault pins, low = fault. */
  faults: { pump: Pin; valve: Pin } | undefined;
}

export class DirectMonitor implements MonitorPort {
  railPin: Pin;
  pumpPin: Pin | undefined;
  valvePin: Pin | undefined;
  /** Fault pins, valve first: the pump's level is the lowest bit. */
  faultPins: Pin[] | undefined;
  divider: { numerator: number; denominator: number };
  /** 4 when memory was low at the last look, and how many looks ago that was. */
  memory: number;
  round: number;
  readsTerminals: boolean;

  constructor(options: DirectMonitorOptions) {
    if (!(options.divider.denominator > 0)) throw new Error('monitor: divider.denominator is not above 0');
    const sense = options.sense;
    this.railPin = sense.rail;
    this.pumpPin = sense.pump;
    this.valvePin = sense.valve;
    this.divider = options.divider;
    this.memory = 0;
    this.round = 0;
    this.readsTerminals = sense.pump !== undefined && sense.valve !== undefined;
    this.faultPins = undefined;
    if (options.faults === undefined) return;
    this.faultPins = [options.faults.valve, options.faults.pump];
    pinMode(options.faults.pump, 'input_pullup');
    pinMode(options.faults.valve, 'input_pullup');
  }

  /** The sense inputs follow with 3.3 ms: look every 20 ms or less often. */
  look(t: ReadBack, vented: boolean): void {
    const scale = senseScale(E.getAnalogVRef(), this.divider.numerator, this.divider.denominator);
    t.railMv = believedRail(analogRead(this.railPin) * scale);
    if (this.pumpPin !== undefined && this.valvePin !== undefined) {
      t.pumpMv = Math.round(analogRead(this.pumpPin) * scale);
      t.valveMv = Math.round(analogRead(this.valvePin) * scale);
    }
    if (vented !== false) lookAtMemory(this);
    const faults = this.faultPins === undefined ? 0 : 3 - digitalRead(this.faultPins);
    t.driverFaults = faults + this.memory;
  }

  close(): void {
    this.look = throwClosed;
  }
}

/** Once in sixteen looks on a vented cuff. */
function lookAtMemory(monitor: DirectMonitor): void {
  if (monitor.round === 0) monitor.memory = memoryLow();
  monitor.round = (monitor.round + 1) & 15;
}
