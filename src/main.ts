/**
 * The device image: the only file that knows both the core and the board. Opens the board vented, builds the
 * core, connects buttons and link, and starts the clockwork. Its value is what a harness may look at. Must never decide what is pumped or vented.
 */
import { closeContact, heldButtons, openDevice, startTicking } from '../hal/device.ts';
import { watchFailures } from '../hal/failure.ts';
import { type Core, createCore } from './core.ts';
import { receive } from './link/link.ts';
import { heardStop } from './link/relay.ts';
import { fail, tick } from './loop.ts';
import { noteTook } from './pace.ts';
import type { View } from './ports.ts';
import { INHIBIT_BENCH } from './safety/inhibits.ts';
import { viewOf } from './view.ts';
import { heldAtStart } from './wearer/buttons.ts';
import { BUTTON_STOP, press, release, stopBoth } from './wearer/press.ts';

export interface Image {
  readonly core: Core;
  /** What a tick has decided, for a harness. */
  view(): View;
}

function start(): Image {
  const device = openDevice();
  const core = createCore(device.ports, {
    periodMs: BUILD_PERIOD_MS,
    version: BUILD_VERSION,
    who: device.who,
    barred: device.mayPressurise ? 0 : INHIBIT_BENCH,
  });
  device.onPress = (button, at) => press(core, button, at);
  device.onRelease = (button, at) => release(core, button, at);
  device.link.onReceive = (bytes) => receive(core, bytes);
  if (core.settings.stop === 1) closeContact(device, BUTTON_STOP);
  heldAtStart(core.buttons, heldButtons(device));
  device.relay.onStop = (number) => heardStop(core, number);
  device.relay.pair(core.settings.pair);
  watchFailures(
    () => fail(core),
    () => stopBoth(core),
  );
  startTicking(device, core, tick, noteTook);
  return { core: core, view: () => viewOf(core) };
}

const image: Image = start();

export default image;
