/** The board's Bluetooth radio, as far as advertising goes: what it sends, and when it listens. Parameters as Espruino takes them. */
export interface Packet {
  readonly serviceData: Readonly<Record<string, readonly number[]>>;
}

/** What a program's scan callback gets. */
export interface Found {
  readonly id: string;
  readonly rssi: number;
  readonly serviceData?: Readonly<Record<string, ArrayBuffer>>;
}

interface Sending {
  readonly packet: Packet;
  readonly intervalMs: number;
  /** When the next one goes out, ms. */
  nextMs: number;
}

interface Listening {
  readonly found: (device: Found) => void;
  /** Service of which a packet must carry data; undefined = any packet. */
  readonly service: string | undefined;
  readonly windowMs: number;
  readonly intervalMs: number;
  readonly sinceMs: number;
}

interface AdvertisingOptions {
  readonly interval?: number;
  readonly showName?: boolean;
  readonly manufacturer?: number;
}

interface ScanOptions {
  readonly filters?: readonly { readonly serviceData?: object }[];
  readonly window?: number;
  readonly interval?: number;
}

/** Bytes of an advertisement, and what flags, a name of 12 letters and Espruino's maker id take of them. */
const MOST_BYTES = 31;
const FLAGS_BYTES = 3;
const NAME_BYTES = 14;
const MAKER_BYTES = 4;

export class Radio {
  sending: Sending | undefined;
  listening: Listening | undefined;
  /** Its serial port is there: bytes may come in and go out. */
  uart = true;
  /** Times the program changed what is sent. */
  changes = 0;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** `NRF.setAdvertising`: service data by four hexadecimal digits. Throws where the packet is too long, as the board does. */
  advertise(data: Readonly<Record<string, readonly number[]>>, o: AdvertisingOptions = {}): void {
    this.changes++;
    let bytes =
      FLAGS_BYTES + (o.showName === false ? 0 : NAME_BYTES) + (o.manufacturer === 0 ? 0 : MAKER_BYTES);
    for (const [service, values] of Object.entries(data)) {
      if (!/^[0-9a-f]{4}$/.test(service)) throw new Error(`Invalid Service UUID: ${service}`);
      bytes += 4 + values.length;
    }
    if (bytes > MOST_BYTES) throw new Error(`Not enough space for advertising: ${bytes} bytes`);
    const intervalMs = Math.max(20, o.interval ?? 375);
    const copy = Object.fromEntries(Object.entries(data).map(([service, values]) => [service, [...values]]));
    this.sending = { packet: { serviceData: copy }, intervalMs, nextMs: this.#nowMs() };
  }

  /** `NRF.setScan`: without a callback the radio stops listening. */
  scan(found?: (device: Found) => void, o: ScanOptions = {}): void {
    if (typeof found !== 'function') {
      this.listening = undefined;
      return;
    }
    const intervalMs = o.interval ?? 100;
    this.listening = {
      found,
      service: Object.keys(o.filters?.[0]?.serviceData ?? {})[0],
      windowMs: Math.min(o.window ?? intervalMs, intervalMs),
      intervalMs,
      sinceMs: this.#nowMs(),
    };
  }

  /** Is it listening at `ms`, and would it tell the program of this packet? */
  hears(packet: Packet, ms: number): boolean {
    const l = this.listening;
    if (l === undefined || (ms - l.sinceMs) % l.intervalMs >= l.windowMs) return false;
    return l.service === undefined || packet.serviceData[l.service] !== undefined;
  }

  reset(): void {
    this.sending = undefined;
    this.listening = undefined;
    this.uart = true;
  }
}

/** As the interpreter hands it over; without service data the field is left out. */
export function foundOf(packet: Packet, id: string): Found {
  const entries = Object.entries(packet.serviceData);
  const serviceData = Object.fromEntries(
    entries.map(([k, v]) => [k, Uint8Array.from(v).buffer as ArrayBuffer]),
  );
  return { id, rssi: -60, ...(entries.length === 0 ? {} : { serviceData }) };
}
