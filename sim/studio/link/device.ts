/** The device that the reader of the page has chosen, by cable or by Bluetooth, and the way to open it. It asks for none by itself. */
import { FlashFailure } from '../../../tools/board/failure.ts';
import type { WireEvents } from '../../../tools/board/wire.ts';
import type { PageBluetooth, PageDevice, PageSerial } from './browser-types.ts';
import type { Kind } from './connection.ts';
import type { LinkWire } from './link-wire.ts';
import { SerialPorts } from './serial-ports.ts';
import { PageFailure } from './troubles.ts';
import { openBleWire, UART_SERVICE } from './wire-ble.ts';
import { openSerialWire } from './wire-serial.ts';

export class Device {
  readonly #ports: SerialPorts | undefined;
  readonly #bluetooth: PageBluetooth | undefined;
  #kind: Kind = 'usb';
  #radio: PageDevice | undefined;

  /** `returned`: called when a granted port has appeared. */
  constructor(serial: PageSerial | undefined, bluetooth: PageBluetooth | undefined, returned: () => void) {
    this.#bluetooth = bluetooth;
    this.#ports = serial === undefined ? undefined : new SerialPorts(serial);
    if (this.#ports !== undefined) this.#ports.onReturn = returned;
  }

  /** Must be called from a click. A port that was granted before is taken without a question, unless `all` are to be shown. */
  async choose(kind: Kind, all: boolean): Promise<void> {
    this.#kind = kind;
    if (kind === 'ble') return await this.#chooseRadio();
    const ports = this.#serialPorts();
    if (!all && (await ports.remember())) return;
    try {
      await ports.choose(all);
    } catch (error) {
      throw error instanceof FlashFailure ? new PageFailure('cancelled') : error;
    }
  }

  async open(events: WireEvents): Promise<LinkWire> {
    if (this.#kind === 'usb') return await openSerialWire(await this.#serialPorts().port(), events);
    if (this.#radio === undefined) throw new PageFailure('cancelled');
    return await openBleWire(this.#radio, events);
  }

  async #chooseRadio(): Promise<void> {
    if (this.#bluetooth === undefined) throw new PageFailure('no-bluetooth');
    try {
      this.#radio = await this.#bluetooth.requestDevice({
        filters: [{ namePrefix: 'Jolt.js' }, { services: [UART_SERVICE] }],
        optionalServices: [UART_SERVICE],
      });
    } catch (error) {
      throw (error as Error).name === 'NotFoundError' ? new PageFailure('cancelled') : error;
    }
  }

  #serialPorts(): SerialPorts {
    if (this.#ports === undefined) throw new PageFailure('no-serial');
    return this.#ports;
  }
}
