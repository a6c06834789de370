/**
 * STOP from one cuff of a pair to the other, as a Bluetooth advertisement: no connection, nothing to wait for, nobody to answer. A
 * cuff listens a fifth of the time while it has a pair id, and sends for some seconds after a stop; without an id the radio is left
 * as it is. Nothing else can be sent this way, and a packet that is not whole or not of this pair is nothing.
 * Must never hand on anything but a stop.
 */
import type { RelayPort } from '../src/ports.ts';
import type { Ms } from '../src/units.ts';
import { now } from './clock.ts';
import { throwClosed } from './closed.ts';

/** A stop is sent for so long, ms, every so many; the listener's window is longer than that, so that one falls into each. */
const BURST_MS = 3000;
const SEND_MS = 20;
const WINDOW_MS = 35;
const LISTEN_MS = 175;
/** Espruino's own interval, ms. */
const QUIET_MS = 375;
/** A stop within so long of the last one is the same, ms: a hand in a hurry, a flood on the link. */
const SAME_MS = 500;
/** First byte of the four: a stop. Then the pair id, high byte first, and the number of the stop. */
const STOP = 83;

export interface RelayOptions {
  /** The other cuff was stopped; `number` is the same in all packets of one stop. */
  onStop: (number: number) => void;
}

export class Relay implements RelayPort {
  /** 1..65535, 0 = no pair. */
  pairId: number;
  onStop: (number: number) => void;
  count: number;
  /** When the last stop was sent, ms. */
  sentAt: Ms;

  constructor(options: RelayOptions) {
    this.pairId = 0;
    this.onStop = options.onStop;
    this.count = 0;
    this.sentAt = -BURST_MS;
  }

  /** Listen for the other cuff of pair `id` from now on; 0 = not. Once, after the start. */
  pair(id: number): void {
    if (!(id >= 1 && id <= 65535)) return;
    this.pairId = id;
    listen(this);
  }

  stop(): void {
    if (this.pairId === 0 || now() - this.sentAt < SAME_MS) return;
    this.sentAt = now();
    this.count = (this.count + 1) & 255;
    send(this);
  }

  close(): void {
    if (this.pairId > 0) hush();
    this.onStop = nothing;
    this.stop = throwClosed;
  }
}

function nothing(): void {}

/** A radio that refuses is no reason to do anything else: both cuffs have buttons. */
function listen(relay: Relay): void {
  try {
    NRF.setScan((found) => heard(relay, found), {
      filters: [{ serviceData: { ffc5: {} } }],
      window: WINDOW_MS,
      interval: LISTEN_MS,
    });
  } catch (_e) {
    relay.pairId = 0;
  }
}

function heard(relay: Relay, found: FoundDevice): void {
  const data = found.serviceData === undefined ? undefined : found.serviceData['ffc5'];
  if (data === undefined) return;
  const bytes = new Uint8Array(data);
  if (bytes.length !== 4 || bytes[0] !== STOP) return;
  if ((bytes[1] as number) * 256 + (bytes[2] as number) === relay.pairId) relay.onStop(bytes[3] as number);
}

/** Also while somebody is connected. The name is left out: the packet stays short whatever the board is called. */
function send(relay: Relay): void {
  const id = relay.pairId;
  try {
    NRF.setAdvertising(
      { ffc5: [STOP, id >> 8, id & 255, relay.count] },
      { interval: SEND_MS, showName: false, manufacturer: 0, whenConnected: true },
    );
    setTimeout(() => quiet(relay), BURST_MS);
  } catch (_e) {
    return;
  }
}

/** The end of a burst, unless a later stop is being sent. */
function quiet(relay: Relay): void {
  if (now() - relay.sentAt < BURST_MS - 1) return;
  try {
    NRF.setAdvertising({}, { interval: QUIET_MS, showName: true, whenConnected: false });
  } catch (_e) {
    return;
  }
}

function hush(): void {
  try {
    NRF.setScan();
  } catch (_e) {
    return;
  }
}
