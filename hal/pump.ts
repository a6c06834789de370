/**
 * The pump on one output of a motor driver of its own. Off means twice off: PWM stopped and the driver asleep, so that a stuck
 * output cannot run it. A driver that the lease has put to sleep stays asleep until the pump has been written 0 once.
 */
import type { PumpPort } from '../src/ports.ts';
import type { Permille } from '../src/units.ts';
import { throwClosed } from './closed.ts';

export interface PumpOptions {
  /** Output that switches the motor, and its PWM frequency, 1000..30000 Hz. */
  output: { pin: Pin; hz: number };
  /** Enable (nSLEEP) pin of the driver: low = asleep. */
  enable: Pin;
}

export class Pump implements PumpPort {
  pin: Pin;
  enable: Pin;
  pwm: { freq: number };
  /** What is being driven, 0 = off. */
  duty: Permille;
  /** The driver was woken for a measurement, with the motor off. */
  probing: boolean;
  /** How often the driver was woken: unchanged means that it has not slept in between. */
  wakes: number;

  constructor(options: PumpOptions) {
    const hz = options.output.hz;
    if (!(hz >= 1000 && hz <= 30000)) throw new Error('pump: hz ' + hz + ' is outside 1000..30000');
    this.pin = options.output.pin;
    this.enable = options.enable;
    this.pwm = { freq: hz };
    this.duty = 0;
    this.probing = false;
    this.wakes = 0;
    stopPump(this);
  }

  /** Drive at `duty`, 1..1000 permille (more counts as 1000); anything else is off and asleep. */
  write(duty: Permille): void {
    if (duty > 0) drivePump(this, duty);
    else if (this.duty > 0) stopPump(this);
    else if (!this.probing) digitalWrite(this.enable, 0);
  }

  /** Wake the driver with the motor off so that its outputs can be measured, or let it sleep again. Not while driving. */
  probe(on: boolean): void {
    if (this.duty > 0) return;
    if (on && !this.probing) this.wakes = this.wakes + 1;
    this.probing = on;
    digitalWrite(this.enable, on ? 1 : 0);
  }

  close(): void {
    stopPump(this);
    this.write = throwClosed;
    this.probe = throwClosed;
  }
}

function stopPump(pump: Pump): void {
  digitalWrite(pump.enable, 0);
  digitalWrite(pump.pin, 0);
  pump.duty = 0;
  pump.probing = false;
}

function drivePump(pump: Pump, duty: Permille): void {
  if (duty !== pump.duty) analogWrite(pump.pin, duty / 1000, pump.pwm);
  if (pump.duty === 0) wakePump(pump);
  pump.duty = duty;
}

function wakePump(pump: Pump): void {
  if (!pump.probing) pump.wakes = pump.wakes + 1;
  pump.probing = false;
  digitalWrite(pump.enable, 1);
}
