/**
 * The normally open valve: coil on = shut. Every way of losing power opens it. A bleed is timed by the utility timer, so that
 * its end does not depend on JS; a vent takes that pending end back, or it would shut the valve again.
 * The coil is plain on/off: a timer task does not move a pin that the PWM unit owns.
 */
import { VALVE_VENT, type ValvePort } from '../src/ports.ts';
import type { Ms } from '../src/units.ts';
import { throwClosed } from './closed.ts';
import { addTask, NO_TASK, OWNER_VALVE, removeTask } from './timer-tasks.ts';

export interface ValveOptions {
  /** Output of the coil. */
  output: { pin: Pin };
  /** Enable (nSLEEP) pin of the coil's driver: low = asleep = open. */
  enable: Pin;
}

export class Valve implements ValvePort {
  pin: Pin;
  enable: Pin;
  /** VALVE_VENT, 0 = shut, n = the bleed that was asked for last. */
  state: Ms;
  /** Task that ends the bleed, NO_TASK = none. */
  task: number;
  reshut: EspruinoSetTask;

  constructor(options: ValveOptions) {
    this.pin = options.output.pin;
    this.enable = options.enable;
    this.task = NO_TASK;
    this.reshut = { type: 'SET', pin: this.pin, value: 1, time: 0 };
    this.state = VALVE_VENT;
    ventValve(this);
  }

  /** VALVE_VENT, 0 = shut, n = open now and shut after n ms. What is none of these (NaN) vents. */
  write(openMs: Ms): void {
    if (openMs === 0) shutValve(this);
    else if (openMs > 0) bleedValve(this, openMs);
    else ventValve(this);
  }

  close(): void {
    ventValve(this);
    this.write = throwClosed;
  }
}

function dropReshut(valve: Valve): void {
  if (valve.task !== NO_TASK) {
    removeTask(OWNER_VALVE, valve.task);
    valve.task = NO_TASK;
  }
}

function ventValve(valve: Valve): void {
  digitalWrite(valve.enable, 0);
  dropReshut(valve);
  digitalWrite(valve.pin, 0);
  valve.state = VALVE_VENT;
}

/** The driver is woken only on the way out of a vent: if the lease has cut it, only a vent brings it back. */
function wakeValve(valve: Valve): void {
  if (valve.state < 0) digitalWrite(valve.enable, 1);
}

function shutValve(valve: Valve): void {
  if (valve.state === 0) return;
  dropReshut(valve);
  digitalWrite(valve.pin, 1);
  wakeValve(valve);
  valve.state = 0;
}

function bleedValve(valve: Valve, openMs: Ms): void {
  dropReshut(valve);
  digitalWrite(valve.pin, 0);
  wakeValve(valve);
  valve.reshut.time = openMs;
  valve.task = addTask(OWNER_VALVE, valve.reshut);
  valve.state = openMs;
}
