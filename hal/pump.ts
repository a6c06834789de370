/**
 * The pump on one output of a motor driver of its own. Off means twice off: PWM stopped and the driver asleep, so that a stuck
 * output cannot run it. Must never wake a driver that the lease has put to sleep before the pump has been written 0 once.
 */
import type { PumpPort } from '../src/ports.ts';
import type { Permille } from '../src/units.ts';
import { throwClosed } from './closed.ts';
import { createRailProbe, probeDriven, probeStopped, type RailProbe } from './rail-probe.ts';

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
  /** What is being driven, and whether the driver is awake only to be measured. */
  state: RailProbe;

  constructor(options: PumpOptions) {
    const hz = options.output.hz;
    if (!(hz >= 1000 && hz <= 30000)) throw new Error('pump: hz ' + hz + ' is outside 1000..30000');
    this.pin = options.output.pin;
    this.enable = options.enable;
    this.pwm = { freq: hz };
    this.state = createRailProbe();
    stopPump(this);
  }

  /** Drive at `duty`, 1..1000 permille (more counts as 1000); anything else is off and asleep. */
  write(duty: Permille): void {
    if (duty > 0) drivePump(this, duty);
    else stopPump(this);
  }

  /** A resting driver is awake from now on if `state.probing`, with the motor off; a driving one is left alone. */
  followProbe(): void {
    if (this.state.duty === 0) digitalWrite(this.enable, this.state.probing ? 1 : 0);
  }

  close(): void {
    stopPump(this);
    this.write = throwClosed;
    this.followProbe = throwClosed;
  }
}

function stopPump(pump: Pump): void {
  digitalWrite(pump.enable, 0);
  digitalWrite(pump.pin, 0);
  probeStopped(pump.state);
}

function drivePump(pump: Pump, duty: Permille): void {
  const was = pump.state.duty;
  if (duty !== was) analogWrite(pump.pin, duty / 1000, pump.pwm);
  if (was === 0) digitalWrite(pump.enable, 1);
  probeDriven(pump.state, duty);
}
