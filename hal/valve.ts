/**
 * The normally open valve: coil on = shut. Every way of losing power opens it. A bleed is timed by the utility timer, so that
 * its end does not depend on JS; a vent takes that pending end back. Must never let an old bleed shut the valve in a vent.
 * The coil is plain on/off: a timer task does not move a pin that the PWM unit owns.
 */
import type { ValvePort } from '../src/ports.ts';
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
  /** Open and asleep; else shut, but for a bleed that a timer task ends. */
  vented: boolean;
  /** Task of the last bleed, NO_TASK = none. */
  task: number;
  reshut: EspruinoSetTask;

  constructor(options: ValveOptions) {
    this.pin = options.output.pin;
    this.enable = options.enable;
    this.task = NO_TASK;
    this.reshut = { type: 'SET', pin: this.pin, value: 1, time: 0 };
    this.vented = true;
    ventValve(this);
  }

  /** VALVE_VENT, 0 = shut (a bleed is left to end), n = open now and shut after n ms. What is none of these (NaN) vents. */
  write(openMs: Ms): void {
    if (openMs > 0) bleedValve(this, openMs);
    else if (openMs !== 0) ventValve(this);
    else if (this.vented) shutValve(this);
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
  valve.vented = true;
}

/** The driver is woken only here, on the way out of a vent: if the lease has cut it, only a vent brings it back. */
function shutValve(valve: Valve): void {
  digitalWrite(valve.pin, 1);
  digitalWrite(valve.enable, 1);
  valve.vented = false;
}

function bleedValve(valve: Valve, openMs: Ms): void {
  if (valve.vented) shutValve(valve);
  dropReshut(valve);
  digitalWrite(valve.pin, 0);
  valve.reshut.time = openMs;
  valve.task = addTask(OWNER_VALVE, valve.reshut);
  if (valve.task === NO_TASK) throw new Error('valve: all timer slots are taken');
}
