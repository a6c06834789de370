/** Finds the one serial port that may be a board. It must never guess between two. */
import type { ListedPort } from './espruino-cli.ts';
import { noBoard, twoBoards } from './failure.ts';

/** Ports of the system that are never a board. */
const NEVER = /bluetooth|debug-console|wlan-debug|\/ttyS\d+$|\.SOC$|\.MALS$/i;

/** The one port that may be a board; two are never guessed between. */
export function onlyPort(ports: readonly ListedPort[]): string {
  const found = ports.filter((port) => !NEVER.test(port.path)).map((port) => port.path);
  const first = found[0];
  if (first === undefined) throw noBoard('this computer has no serial port with anything on it');
  if (found.length > 1) throw twoBoards(found);
  return first;
}
