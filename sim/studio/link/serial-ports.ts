/**
 * The granted serial ports, and which of them is the cuff. After a restart a browser makes a new port object for the same board: it is found
 * again by its USB ids, never by the old object. Listeners are bound once. It opens nothing by itself.
 */

import { FlashFailure, UNTOUCHED } from '../../../tools/board/failure.ts';
import { ESPRUINO_IDS } from '../../../tools/board/find-port.ts';
import type { PagePort, PageSerial, PortFilter } from './browser-types.ts';
import { notThere } from './why-not.ts';

/** The boards that an Espruino shows itself as. */
const FILTERS: PortFilter[] = ESPRUINO_IDS.map((id) => {
  const [vendor = '', product = ''] = id.split(':');
  return { usbVendorId: Number.parseInt(vendor, 16), usbProductId: Number.parseInt(product, 16) };
});

function idsOf(port: PagePort): string {
  const { usbVendorId = 0, usbProductId = 0 } = port.getInfo();
  return `${usbVendorId}:${usbProductId}`;
}

function isThere(port: PagePort): boolean {
  return port.connected !== false;
}

const KNOWN: readonly string[] = FILTERS.map((f) => `${f.usbVendorId}:${f.usbProductId}`);

export class SerialPorts {
  readonly #serial: PageSerial;
  /** A granted port has appeared; set by whoever waits for one. */
  onReturn: () => void = () => {};
  #chosen: PagePort | undefined;
  #ids = '';
  /** Counts the choices: what was asked for an earlier one comes too late. */
  #generation = 0;

  constructor(serial: PageSerial) {
    this.#serial = serial;
    serial.addEventListener('connect', () => this.onReturn());
  }

  /** Asks the reader of the page, who must have just clicked. `all`: every port, not only those of known boards. */
  async choose(all: boolean): Promise<void> {
    try {
      this.#keep(await this.#serial.requestPort(all ? undefined : { filters: FILTERS }));
    } catch (error) {
      if ((error as Error).name !== 'NotFoundError') throw error;
      throw new FlashFailure(
        'no-board',
        'no port was chosen',
        'plug the board in with a cable that carries data, connect again, and choose it in the list',
        UNTOUCHED,
      );
    }
  }

  /** True when a port was granted before: it is taken without a question. Two are never guessed between. */
  async remember(): Promise<boolean> {
    const generation = this.#generation;
    const ports = (await this.#serial.getPorts()).filter((p) => isThere(p) && KNOWN.includes(idsOf(p)));
    const [only] = ports;
    if (ports.length !== 1 || only === undefined || generation !== this.#generation) return false;
    this.#keep(only);
    return true;
  }

  /** The port to open now. Rejects while it is not there. */
  async port(): Promise<PagePort> {
    const generation = this.#generation;
    const ports = (await this.#serial.getPorts()).filter((p) => isThere(p) && idsOf(p) === this.#ids);
    if (generation !== this.#generation) throw notThere();
    // a port that was granted in this moment may be missing in the list
    const same = this.#chosen !== undefined && isThere(this.#chosen) ? this.#chosen : undefined;
    const found = ports.find((p) => p === same) ?? ports[0] ?? (ports.length === 0 ? same : undefined);
    if (found === undefined) throw notThere();
    this.#chosen = found;
    return found;
  }

  #keep(port: PagePort): void {
    this.#generation++;
    this.#chosen = port;
    this.#ids = idsOf(port);
  }
}
