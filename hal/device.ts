/**
 * Everything of the board that the firmware uses, opened in a safe order, and the clockwork of the loop. Only
 * src/main.ts uses this. Must never open an output that is not vented.
 */
import { CONVERT_MS, EXTRA_MS, LEASE_MS, WATCHDOG_S } from '../src/limits.ts';
import { TIMED_EVERY } from '../src/pace.ts';
import { type Ports, type ServicePort, VALVE_VENT } from '../src/ports.ts';
import type { Ms } from '../src/units.ts';
import { board } from './boards/selected.ts';
import { closeConsole } from './boot/console.ts';
import { requestService } from './boot/service.ts';
import { Button, type ButtonOptions, levelOf, pollButton } from './button.ts';
import { now } from './clock.ts';
import { openBench } from './dev.ts';
import { Indicator } from './indicator.ts';
import { Link } from './link.ts';
import { Pump } from './pump.ts';
import { Relay } from './relay.ts';
import type { ClockedSensor } from './sensors/clocked.ts';
import { openSensor } from './sensors/selected.ts';
import { Store } from './store.ts';
import { Valve } from './valve.ts';
import { Watchdog } from './watchdog.ts';

export interface Device {
  ports: Ports;
  sensor: ClockedSensor;
  watchdog: Watchdog;
  relay: Relay;
  link: Link;
  /** Called for each button edge, `button` as in Board.buttons. */
  onPress: (button: number, at: Ms) => void;
  onRelease: (button: number, at: Ms) => void;
  buttons: Button[];
  /** Contacts of the buttons, and their levels as far as edges have told. */
  contacts: Pin[];
  levels: number;
  /** False in a `--dev` image without the bench strap: no session may start. */
  mayPressurise: boolean;
  /** Board, sensor and serial number, for whoever asks over the link. */
  who: string;
}

function ignore(): void {}

/** Nothing has been pressed, no handler is set. */
function deviceOf(ports: Ports, sensor: ClockedSensor, watchdog: Watchdog, relay: Relay, link: Link): Device {
  return {
    ports: ports,
    sensor: sensor,
    watchdog: watchdog,
    relay: relay,
    link: link,
    onPress: ignore,
    onRelease: ignore,
    buttons: [],
    contacts: [],
    levels: 0,
    mayPressurise: true,
    who: BUILD_BOARD + ',' + BUILD_SENSOR + ',' + process.env.SERIAL,
  };
}

/**
 * Open the board vented, drivers asleep, watchdog running. Handlers do nothing until the caller sets them. No function is made here that
 * stays: it would keep the board's whole object in memory.
 */
export function openDevice(): Device {
  const b = board();
  b.prepare();
  const watchdog = new Watchdog({ seconds: WATCHDOG_S });
  const pump = new Pump(b.pump);
  const valve = new Valve(b.valve);
  const sensor = openSensor(b.sensor);
  const relay = new Relay({ onStop: ignore });
  const indicator = new Indicator({ lamps: b.lamps, buzzer: b.buzzer });
  const link = new Link({ streams: b.streams, onReceive: ignore });
  const lease = new b.Lease({
    enable: { pump: b.pump.enable, valve: b.valve.enable },
    ms: LEASE_MS,
    onLost: ventLost(pump, valve),
    deadMan: b.deadMan,
  });
  const monitor = b.openMonitor(b, pump);
  const store = new Store();
  const service = serviceOf(watchdog);
  const buttons = { look: ignore };
  const device = deviceOf(
    { sensor, pump, valve, lease, monitor, indicator, watchdog, store, link, relay, buttons, service },
    sensor,
    watchdog,
    relay,
    link,
  );
  for (let i = 0; i < b.buttons.length; i++) openButton(device, i, b.buttons[i] as ButtonOptions['input']);
  noteLevels(device);
  buttons.look = lookAt(device);
  if (BUILD_DEV) device.mayPressurise = openBench(b, indicator);
  else closeConsole();
  return device;
}

function serviceOf(watchdog: Watchdog): ServicePort {
  return {
    request() {
      requestService('asked for at the device');
      watchdog.starve();
    },
  };
}

/** Outputs that a lease has cut stay off: their drivers would wake again at the next start of the pump or the next bleed. */
function ventLost(pump: Pump, valve: Valve): () => boolean {
  return () => {
    const on = !valve.vented || pump.state.duty > 0;
    valve.write(VALVE_VENT);
    pump.write(0);
    return on;
  };
}

/** What a press means comes before what is noted of it: the vent first. */
function openButton(device: Device, index: number, input: ButtonOptions['input']): void {
  device.contacts.push(input.pin);
  device.buttons.push(
    new Button({
      input,
      onPress: () => {
        device.onPress(index, now());
        noteLevels(device);
      },
      onRelease: () => {
        noteLevels(device);
        device.onRelease(index, now());
      },
    }),
  );
}

/** Button `index`, where the board has it, has a normally closed contact: from now on it is pushed when it reads open. Once, at the start. */
export function closeContact(device: Device, index: number): void {
  const button = device.buttons[index];
  if (button === undefined) return;
  button.close();
  device.buttons[index] = new Button({
    input: { pin: button.pin, activeLow: !button.active, normallyClosed: true },
    onPress: button.onPress,
    onRelease: button.onRelease,
  });
  noteLevels(device);
}

/** The buttons that are down, bits 1 << index. */
export function heldButtons(device: Device): number {
  let held = 0;
  for (let i = 0; i < device.buttons.length; i++)
    if ((device.buttons[i] as Button).down) held = held + (1 << i);
  return held;
}

/** What the contacts read while they are as the buttons know them; the last one is the lowest bit. */
function noteLevels(device: Device): void {
  device.levels = 0;
  for (let i = 0; i < device.buttons.length; i++)
    device.levels = device.levels * 2 + levelOf(device.buttons[i] as Button);
}

/** Every button's level, all in one reading: a press is told in the middle of a tick, and an edge that was lost is made up for. */
function lookAt(device: Device): () => void {
  const contacts = device.contacts;
  return () => {
    if (digitalRead(contacts) !== device.levels) pollButtons(device);
  };
}

function pollButtons(device: Device): void {
  for (let i = 0; i < device.buttons.length; i++) pollButton(device.buttons[i] as Button);
}

/**
 * From now on: a conversion every control period of the board, and `run(core, now)` CONVERT_MS after each; `took(core, ms)` tells what some of them took. An
 * interval that was held up fires several times at once; a conversion that is not run yet stands for all of them.
 */
export function startTicking<T>(
  device: Device,
  core: T,
  run: (core: T, at: Ms) => void,
  took: (core: T, ms: Ms) => void,
): void {
  const sensor = device.sensor;
  const extra = sensor.extra;
  let converting = false;
  let begun = 0;
  let untimed = TIMED_EVERY;
  const later = () => {
    converting = false;
    const at = now();
    run(core, at);
    if (untimed > 1) untimed -= 1;
    else {
      untimed = TIMED_EVERY;
      took(core, now() - at);
    }
  };
  const between = () => {
    moreOf(sensor, now() - begun < BUILD_PERIOD_MS - 2 * CONVERT_MS);
  };
  setInterval(() => {
    if (converting) return;
    converting = true;
    setTimeout(later, CONVERT_MS);
    if (extra !== undefined && extra.wanted) {
      begun = now();
      moreOf(sensor, false);
      setTimeout(between, EXTRA_MS);
    }
    sensor.convert();
  }, BUILD_PERIOD_MS);
}

/** The extra conversion that is done is kept, and perhaps another started. */
function moreOf(sensor: ClockedSensor, again: boolean): void {
  if (sensor.more !== undefined) sensor.more(again);
}
