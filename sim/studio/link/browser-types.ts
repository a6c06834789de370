/**
 * What the page uses of the browser's serial ports and Bluetooth, as interfaces of its own: the wires run in tests without a browser, and what
 * they rely on can be read in one place.
 */
import type { PageChannel, PageLocks } from './owner.ts';

export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
  releaseLock(): void;
}

export interface ByteWriter {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  abort(): Promise<void>;
  releaseLock(): void;
}

/** A serial port that the reader of the page has granted. */
export interface PagePort {
  readonly readable: { getReader(): ByteReader } | null;
  readonly writable: { getWriter(): ByteWriter } | null;
  /** False = it was unplugged; older browsers do not say. */
  readonly connected?: boolean | undefined;
  open(options: { baudRate: number; bufferSize: number }): Promise<void>;
  close(): Promise<void>;
  getInfo(): { readonly usbVendorId?: number | undefined; readonly usbProductId?: number | undefined };
}

export interface PortFilter {
  readonly usbVendorId: number;
  readonly usbProductId: number;
}

/** `navigator.serial`. */
export interface PageSerial {
  getPorts(): Promise<PagePort[]>;
  requestPort(options?: { filters: PortFilter[] }): Promise<PagePort>;
  addEventListener(type: 'connect' | 'disconnect', heard: (event: { target: unknown }) => void): void;
}

export interface Characteristic {
  readonly value?: { readonly buffer: ArrayBufferLike; byteOffset: number; byteLength: number } | undefined;
  startNotifications(): Promise<unknown>;
  stopNotifications(): Promise<unknown>;
  writeValueWithoutResponse(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  addEventListener(type: 'characteristicvaluechanged', heard: () => void): void;
  removeEventListener(type: 'characteristicvaluechanged', heard: () => void): void;
}

export interface Gatt {
  readonly connected: boolean;
  connect(): Promise<Gatt>;
  disconnect(): void;
  getPrimaryService(uuid: string): Promise<{ getCharacteristic(uuid: string): Promise<Characteristic> }>;
}

/** A Bluetooth device that the reader of the page has granted. */
export interface PageDevice {
  readonly name?: string | undefined;
  readonly gatt?: Gatt | undefined;
  addEventListener(type: 'gattserverdisconnected', heard: () => void): void;
  removeEventListener(type: 'gattserverdisconnected', heard: () => void): void;
}

/** `navigator.bluetooth`. */
export interface PageBluetooth {
  requestDevice(options: {
    filters: ({ namePrefix: string } | { services: string[] })[];
    optionalServices: string[];
  }): Promise<PageDevice>;
}

/** What a browser has of it. */
export interface PageBrowser {
  readonly serial?: PageSerial | undefined;
  readonly bluetooth?: PageBluetooth | undefined;
  readonly locks?: PageLocks | undefined;
  readonly channel?: PageChannel | undefined;
}
