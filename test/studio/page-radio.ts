/**
 * A cuff's radio in the browser's own Bluetooth emulation: the list, the connection, the services and every write go through the browser's real
 * Web Bluetooth. The emulation knows no notifications: what the cuff says is handed to the characteristic as the browser would do it.
 */
import type { CDPSession, Page } from 'playwright-core';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { UART_SERVICE } from '../../sim/studio/link/wire-ble.ts';

const ADDRESS = '09:09:09:09:09:09';
const NAME = 'Jolt.js 1234';
const UART_IN = UART_SERVICE.replace('6e400001', '6e400002');
const UART_OUT = UART_SERVICE.replace('6e400001', '6e400003');
const SLICE_MS = 20;
/** Longest notification, bytes. */
const NOTIFIED = 100;
/** All went well, as the emulation counts. */
const FINE = 0;

/** Runs in the page, before its own scripts: remembers what has been subscribed to. */
const HOOK = `(() => {
  const start = BluetoothRemoteGATTCharacteristic.prototype.startNotifications;
  let told;
  BluetoothRemoteGATTCharacteristic.prototype.startNotifications = async function () {
    await start.call(this);
    told = this;
    return this;
  };
  window.cuffloopNotify = (text) => {
    if (!told?.service.device.gatt.connected) return;
    const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
    Object.defineProperty(told, 'value', { value: new DataView(bytes.buffer), configurable: true });
    told.dispatchEvent(new Event('characteristicvaluechanged'));
  };
})()`;

export class PageRadio {
  /** What the browser was asked for, in order. */
  readonly asked: string[] = [];
  /** Longest write so far, bytes. */
  longest = 0;
  readonly board: VirtualBoard;
  readonly #page: Page;
  readonly #cdp: CDPSession;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(page: Page, cdp: CDPSession, board: VirtualBoard) {
    this.#page = page;
    this.#cdp = cdp;
    this.board = board;
  }

  /** Before the page is loaded. The list of devices is answered by itself: with the cuff, or with nothing while `cancel`. */
  static async behind(page: Page, board: VirtualBoard, speed: number): Promise<PageRadio> {
    const browser = page.context().browser();
    if (browser === null) throw new Error('no browser');
    const cdp = await browser.newBrowserCDPSession();
    const radio = new PageRadio(page, cdp, board);
    await cdp.send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true });
    await cdp.send('BluetoothEmulation.simulatePreconnectedPeripheral', {
      address: ADDRESS,
      name: NAME,
      manufacturerData: [],
      knownServiceUuids: [UART_SERVICE],
    });
    await radio.#answer();
    await page.addInitScript(HOOK);
    radio.#timer = setInterval(() => radio.#slice(SLICE_MS * speed), SLICE_MS);
    return radio;
  }

  /** The cuff goes out of reach. */
  async leave(): Promise<void> {
    this.#hasServices = false;
    await this.#cdp.send('BluetoothEmulation.simulateGATTDisconnection', { address: ADDRESS });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#cdp.send('BluetoothEmulation.disable');
    await this.#cdp.detach();
  }

  /** Chooses the cuff in the next list. */
  async choose(): Promise<void> {
    const list = await this.#page.context().newCDPSession(this.#page);
    await list.send('DeviceAccess.enable');
    list.once('DeviceAccess.deviceRequestPrompted', ({ id, devices }) => {
      this.asked.push(`list of ${devices.length}`);
      const [device] = devices;
      if (device === undefined) return;
      void list.send('DeviceAccess.selectPrompt', { id, deviceId: device.id });
    });
  }

  async #answer(): Promise<void> {
    const cdp = this.#cdp;
    cdp.on('BluetoothEmulation.gattOperationReceived', ({ address, type }) => {
      this.asked.push(type);
      if (type === 'discovery') void this.#services().then(() => done(address, type));
      else void done(address, type);
    });
    const done = async (address: string, type: 'connection' | 'discovery'): Promise<void> => {
      await cdp.send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code: FINE });
    };
    cdp.on('BluetoothEmulation.characteristicOperationReceived', ({ characteristicId, type, data }) => {
      if (type !== 'write') this.asked.push(type);
      else this.#written(Buffer.from(data ?? '', 'base64').toString('latin1'));
      void cdp.send('BluetoothEmulation.simulateCharacteristicOperationResponse', {
        characteristicId,
        type,
        code: FINE,
      });
    });
  }

  #written(text: string): void {
    this.longest = Math.max(this.longest, text.length);
    const { machine } = this.board;
    if (machine.powered) machine.receive(machine.bluetooth, text);
  }

  #hasServices = false;

  async #services(): Promise<void> {
    if (this.#hasServices) return;
    this.#hasServices = true;
    const { serviceId } = await this.#cdp.send('BluetoothEmulation.addService', {
      address: ADDRESS,
      serviceUuid: UART_SERVICE,
    });
    for (const [characteristicUuid, properties] of [
      [UART_IN, { write: true, writeWithoutResponse: true }],
      [UART_OUT, { notify: true }],
    ] as const) {
      const { characteristicId } = await this.#cdp.send('BluetoothEmulation.addCharacteristic', {
        serviceId,
        characteristicUuid,
        properties,
      });
      if (characteristicUuid === UART_OUT)
        await this.#cdp.send('BluetoothEmulation.addDescriptor', {
          characteristicId,
          descriptorUuid: '00002902-0000-1000-8000-00805f9b34fb',
        });
    }
  }

  #slice(ms: number): void {
    const { board } = this;
    if (board.machine.powered) board.advanceTo(board.nowMs + ms);
    const said = board.machine.bluetooth.take();
    for (let at = 0; at < said.length; at += NOTIFIED) {
      const text = JSON.stringify(said.slice(at, at + NOTIFIED));
      // a page that has gone meanwhile needs nothing any more
      this.#page.evaluate(`window.cuffloopNotify?.(${text})`).catch(() => {});
    }
  }
}
