/** Finds the one serial port that may be a board. It must never guess between two. */
import { noBoard, twoBoards } from './failure.ts';
import type { ListedPort } from './open-wire.ts';

/** Ports of the system that are never a board. */
const NEVER = /bluetooth|debug-console|wlan-debug|\/ttyS\d+$|\.SOC$|\.MALS$/i;

/** USB ids under which an Espruino shows itself: nRF52840 boards, STM32 boards, Raspberry Pi Pico, ESP32-S3. */
export const ESPRUINO_IDS: readonly string[] = ['1915:520f', '0483:5740', '2e8a:000a', '303a:1001'];

/** Ports that may be a board: those with an id of Espruino's where there are any, else all that are not the system's own. */
export function likelyPorts(ports: readonly ListedPort[]): readonly ListedPort[] {
  const known = ports.filter((port) => ESPRUINO_IDS.includes(port.usb));
  return known.length > 0 ? known : ports.filter((port) => !NEVER.test(port.path));
}

/** The one port that may be a board; two are never guessed between. */
export function onlyPort(ports: readonly ListedPort[]): string {
  const found = likelyPorts(ports).map((port) => port.path);
  const first = found[0];
  if (first === undefined) throw noBoard('this computer has no serial port with anything on it');
  if (found.length > 1) throw twoBoards(found);
  return first;
}
