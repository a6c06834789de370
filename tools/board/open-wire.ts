/**
 * The wire to a board: a serial port, tcp://host:port, or Bluetooth by the EspruinoTools CLI. What cannot be opened is told by the reason that
 * the system gives. It never sends anything by itself.
 */

import { createRequire } from 'node:module';
import { createConnection, type Socket } from 'node:net';
import type { SerialPort, SerialPortMock } from 'serialport';
import { openCli, whyNotOpen } from './espruino-cli.ts';
import type { Wire, WireEvents } from './wire.ts';

/** The native part is loaded only where a port is opened or listed. */
const load = createRequire(import.meta.url);
const serial = (): typeof import('serialport') => load('serialport') as typeof import('serialport');

/** Espruino over USB takes any rate; over a real serial line this is what it starts with. */
const BAUD = 9600;
const TCP = /^tcp:\/\/([^:/]+):(\d+)$/;
const ADDRESS = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;

/** Opens `port`; rejects with a FlashFailure that says why it cannot. */
export async function openWire(port: string, events: WireEvents): Promise<Wire> {
  if (ADDRESS.test(port)) return await openCli(port, events);
  const tcp = TCP.exec(port);
  if (tcp !== null) return await openTcp(port, tcp[1] ?? '', Number(tcp[2]), events);
  return await openSerial(new (serial().SerialPort)({ path: port, baudRate: BAUD, autoOpen: false }), events);
}

/** `port` is not open yet. */
export async function openSerial(port: SerialPort | SerialPortMock, events: WireEvents): Promise<Wire> {
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error === null ? resolve() : reject(whyNotOpen(port.path, error.message))));
  });
  const end = onceEnded(events);
  port.on('data', (chunk: Buffer) => events.onText(chunk.toString('latin1')));
  port.on('error', (error: Error) => end(error.message));
  port.on('close', () => end('disconnected'));
  return {
    send: (text) => void port.write(Buffer.from(text, 'latin1')),
    close: () =>
      new Promise((resolve) => {
        end.off();
        if (port.isOpen) port.close(() => resolve());
        else resolve();
      }),
  };
}

async function openTcp(port: string, host: string, at: number, events: WireEvents): Promise<Wire> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const made = createConnection({ host, port: at }, () => resolve(made));
    made.once('error', (error: NodeJS.ErrnoException) =>
      reject(whyNotOpen(port, error.code ?? error.message)),
    );
  });
  const end = onceEnded(events);
  socket.on('data', (chunk: Buffer) => events.onText(chunk.toString('latin1')));
  socket.on('error', (error) => end(error.message));
  socket.on('close', () => end('disconnected'));
  return {
    send: (text) => void socket.write(text, 'latin1'),
    close: () =>
      new Promise((resolve) => {
        end.off();
        socket.end();
        if (socket.destroyed) resolve();
        else socket.once('close', () => resolve());
        socket.destroy();
      }),
  };
}

interface End {
  (why: string): void;
  /** Who has closed it himself is not told. */
  off: () => void;
}

function onceEnded(events: WireEvents): End {
  let over = false;
  const end = (why: string): void => {
    if (!over) events.onEnd(why);
    over = true;
  };
  return Object.assign(end, {
    off: () => {
      over = true;
    },
  });
}

export interface ListedPort {
  path: string;
  /** Maker, as far as the system knows it. */
  description: string;
  /** USB vendor and product in hexadecimal, 'vvvv:pppp'; '' where it is no USB port. */
  usb: string;
}

/** Serial ports that the system has. */
export async function listPorts(): Promise<ListedPort[]> {
  const found = await serial().SerialPort.list();
  return found.map((port) => ({
    path: port.path,
    description: port.manufacturer ?? '',
    usb: port.vendorId === undefined ? '' : `${port.vendorId}:${port.productId ?? ''}`.toLowerCase(),
  }));
}
