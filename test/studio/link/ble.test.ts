/** The Bluetooth wire against a device that is as strict as a real one: one operation at a time, packets as long as was agreed on. */
import { describe, expect, it } from 'vitest';
import type { Characteristic, Gatt, PageDevice } from '../../../sim/studio/link/browser-types.ts';
import { CuffClient } from '../../../sim/studio/link/cuff-client.ts';
import { openBleWire, UART_SERVICE } from '../../../sim/studio/link/wire-ble.ts';
import { bytesOf, textOf } from '../../../tools/latin1.ts';

/** A Nordic UART service. What it is asked to do stands in `log`. */
class FakeRadio implements PageDevice {
  readonly name = 'Jolt.js 1234';
  readonly log: string[] = [];
  got = '';
  longest = 0;
  /** Writes that fail before one works. */
  busy = 0;
  refuses = false;
  #writing = false;
  #heard = new Set<() => void>();
  #gone = new Set<() => void>();
  #value = bytesOf('');
  readonly gatt: Gatt;
  readonly #output: Characteristic;
  readonly #input: Characteristic;

  constructor() {
    const radio = this;
    const state = { connected: false };
    this.#output = {
      get value() {
        return radio.#value;
      },
      startNotifications: () => radio.#note('start'),
      stopNotifications: () => radio.#note('stop'),
      writeValueWithoutResponse: () => Promise.reject(new Error('not writable')),
      addEventListener: (_type, heard) => void radio.#heard.add(heard),
      removeEventListener: (_type, heard) => void radio.#heard.delete(heard),
    };
    this.#input = { ...this.#output, writeValueWithoutResponse: (bytes) => radio.#write(bytes) };
    this.gatt = {
      get connected() {
        return state.connected;
      },
      connect: async () => {
        if (radio.refuses) throw new Error('Connection failed');
        state.connected = true;
        await radio.#note('connect');
        return radio.gatt;
      },
      disconnect: () => {
        state.connected = false;
        radio.log.push('disconnect');
      },
      getPrimaryService: (uuid) =>
        uuid === UART_SERVICE
          ? Promise.resolve({
              getCharacteristic: (id) =>
                Promise.resolve(id.startsWith('6e400003') ? radio.#output : radio.#input),
            })
          : Promise.reject(new Error('no such service')),
    };
  }

  addEventListener(_type: 'gattserverdisconnected', heard: () => void): void {
    this.#gone.add(heard);
  }

  removeEventListener(_type: 'gattserverdisconnected', heard: () => void): void {
    this.#gone.delete(heard);
  }

  get listeners(): number {
    return this.#heard.size + this.#gone.size;
  }

  /** A notification. */
  say(text: string): void {
    this.#value = bytesOf(text);
    for (const heard of this.#heard) heard();
  }

  leave(): void {
    for (const gone of this.#gone) gone();
  }

  async #note(what: string): Promise<void> {
    this.log.push(what);
    await Promise.resolve();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (this.#writing) throw new Error('GATT operation already in progress.');
    if (this.busy-- > 0) throw new Error('GATT operation failed for unknown reason.');
    this.#writing = true;
    await new Promise((resolve) => setImmediate(resolve));
    this.#writing = false;
    this.longest = Math.max(this.longest, bytes.length);
    this.got += textOf(bytes);
  }
}

async function idle(radio: FakeRadio, text: string): Promise<void> {
  for (let k = 0; k < 200 && !radio.got.endsWith(text); k++)
    await new Promise((resolve) => setImmediate(resolve));
}

const LONG = `${'x'.repeat(300)}\n`;

async function opened(): Promise<{
  radio: FakeRadio;
  wire: Awaited<ReturnType<typeof openBleWire>>;
  heard: string[];
  ends: string[];
}> {
  const radio = new FakeRadio();
  const heard: string[] = [];
  const ends: string[] = [];
  const wire = await openBleWire(radio, {
    onText: (text) => heard.push(text),
    onEnd: (why) => ends.push(why),
  });
  return { radio, wire, heard, ends };
}

describe('the Bluetooth wire', () => {
  it('sends packets of 20 bytes until a longer one has come, one at a time', async () => {
    const { radio, wire } = await opened();
    wire.send(LONG);
    await idle(radio, LONG);
    expect([radio.got, radio.longest]).toEqual([LONG, 20]);
    radio.say('y'.repeat(90));
    wire.send(LONG);
    await idle(radio, LONG + LONG);
    expect([radio.got, radio.longest]).toEqual([LONG + LONG, 90]);
  });

  it('gives what comes without the bytes of the flow control', async () => {
    const { radio, heard } = await opened();
    radio.say('~0,\x130,0\x11\n');
    expect(heard).toEqual(['~0,0,0\n']);
  });

  it('lets what is urgent past what waits, once', async () => {
    const { radio, wire } = await opened();
    wire.send(LONG);
    for (let k = 0; k < 50; k++) wire.urgent('\n~S\n');
    await idle(radio, 'x\n');
    expect(radio.got.indexOf('~S')).toBeLessThan(30);
    expect(radio.got.match(/~S/g)?.length).toBeLessThanOrEqual(2);
  });

  it('tries a failed operation again, and gives up after some', async () => {
    const { radio, wire, ends } = await opened();
    radio.busy = 3;
    wire.send('abc\n');
    await idle(radio, 'abc\n');
    expect([radio.got, ends]).toEqual(['abc\n', []]);
    radio.busy = 99;
    wire.send('d\n');
    await idle(radio, 'never');
    expect(ends.length).toBe(1);
  });

  it('stops the notifications before it lets go, leaves no listener, and closes once', async () => {
    const { radio, wire } = await opened();
    await Promise.all([wire.close(), wire.close()]);
    expect(radio.log).toEqual(['connect', 'start', 'stop', 'disconnect']);
    expect(radio.listeners).toBe(0);
  });

  it('tells once that the device is out of reach', async () => {
    const { radio, ends } = await opened();
    radio.leave();
    radio.leave();
    expect(ends).toEqual(['out of reach']);
  });

  it('that cannot be opened, and a list that was closed, are told', async () => {
    const radio = new FakeRadio();
    radio.refuses = true;
    const client = new CuffClient({ bluetooth: { requestDevice: () => Promise.resolve(radio) } });
    await client.connect('ble');
    expect(client.connection.value).toMatchObject({ at: 'off', trouble: { kind: 'no-board' } });
    const closed = Object.assign(new Error('User cancelled'), { name: 'NotFoundError' });
    const other = new CuffClient({ bluetooth: { requestDevice: () => Promise.reject(closed) } });
    await other.connect('ble');
    expect(other.connection.value).toMatchObject({ at: 'off', trouble: { kind: 'cancelled' } });
    const none = new CuffClient({});
    await none.connect('ble');
    expect(none.connection.value).toMatchObject({ at: 'off', trouble: { kind: 'no-bluetooth' } });
  });
});
