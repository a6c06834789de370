/**
 * A wire over Bluetooth: the two characteristics of the Nordic UART service. One GATT operation at a time; packets of 20 bytes until a longer one
 * has come in, which shows that both sides agreed on more. Notifications are stopped before the connection ends: some systems stay silent
 * after that otherwise. It sends nothing by itself.
 */
import { FlashFailure, UNTOUCHED } from '../../../tools/board/failure.ts';
import type { WireEvents } from '../../../tools/board/wire.ts';
import { bytesOf, textOf } from '../../../tools/latin1.ts';
import type { Characteristic, Gatt, PageDevice } from './browser-types.ts';
import { type LinkWire, Outgoing, withoutFlow } from './link-wire.ts';

export const UART_SERVICE = '6e400001-b5a3-f393-e0a9-e50e24dcca9e';
const UART_IN = '6e400002-b5a3-f393-e0a9-e50e24dcca9e';
const UART_OUT = '6e400003-b5a3-f393-e0a9-e50e24dcca9e';
/** What every connection carries, and what the board's agree on at most, bytes. */
const SMALL_PACKET = 20;
const LARGE_PACKET = 128;
/** Writes in a row that fail before the wire is given up. */
const TRIES = 5;

/** Connects; rejects with a FlashFailure that says why it cannot. */
export async function openBleWire(device: PageDevice, events: WireEvents): Promise<LinkWire> {
  try {
    const gatt = await device.gatt?.connect();
    if (gatt === undefined) throw new Error('the device has no GATT server');
    const service = await gatt.getPrimaryService(UART_SERVICE);
    const input = await service.getCharacteristic(UART_IN);
    const output = await service.getCharacteristic(UART_OUT);
    const wire = new BleWire({ device, gatt, input, output }, events);
    await output.startNotifications();
    return wire;
  } catch (error) {
    device.gatt?.disconnect();
    throw new FlashFailure(
      'no-board',
      `${device.name ?? 'the device'} could not be connected (${(error as Error).message})`,
      'bring it nearer, close what else is connected to it, and connect again',
      UNTOUCHED,
    );
  }
}

interface Parts {
  readonly device: PageDevice;
  readonly gatt: Gatt;
  readonly input: Characteristic;
  readonly output: Characteristic;
}

class BleWire implements LinkWire {
  readonly #parts: Parts;
  readonly #events: WireEvents;
  readonly #outgoing = new Outgoing();
  readonly #heard = (): void => this.#take();
  readonly #gone = (): void => this.#end('out of reach');
  #packet = SMALL_PACKET;
  #writing: Promise<void> | undefined;
  #over = false;
  #closing: Promise<void> | undefined;

  constructor(parts: Parts, events: WireEvents) {
    this.#parts = parts;
    this.#events = events;
    parts.output.addEventListener('characteristicvaluechanged', this.#heard);
    parts.device.addEventListener('gattserverdisconnected', this.#gone);
  }

  send(text: string): void {
    this.#outgoing.add(text);
    this.#write();
  }

  urgent(text: string): void {
    this.#outgoing.addUrgent(text);
    this.#write();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { device, gatt, output } = this.#parts;
    this.#over = true;
    this.#outgoing.clear();
    await this.#writing;
    output.removeEventListener('characteristicvaluechanged', this.#heard);
    device.removeEventListener('gattserverdisconnected', this.#gone);
    if (!gatt.connected) return;
    await output.stopNotifications().catch(() => {});
    gatt.disconnect();
  }

  #end(why: string): void {
    if (!this.#over) this.#events.onEnd(why);
    this.#over = true;
  }

  #take(): void {
    const value = this.#parts.output.value;
    if (value === undefined || this.#over) return;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    this.#packet = Math.min(LARGE_PACKET, Math.max(this.#packet, bytes.length));
    this.#events.onText(withoutFlow(textOf(bytes)));
  }

  #write(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  async #writeAll(): Promise<void> {
    let failed = 0;
    let text = this.#outgoing.next(this.#packet);
    while (text !== '' && !this.#over) {
      try {
        await this.#parts.input.writeValueWithoutResponse(bytesOf(text));
        failed = 0;
      } catch (error) {
        // "GATT operation already in progress": it is done in a moment
        failed++;
        if (failed < TRIES) continue;
        return this.#end((error as Error).message);
      }
      text = this.#outgoing.next(this.#packet);
    }
  }
}
