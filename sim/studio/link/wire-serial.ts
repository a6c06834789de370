/**
 * A wire over a serial port of the browser. It sends nothing by itself. An error of the line (overrun, framing, break, parity) is not its end; a
 * device that is gone is. Closing follows the one order that browsers take: end the reading, let go of both streams, close the port.
 */
import type { WireEvents } from '../../../tools/board/wire.ts';
import { bytesOf, textOf } from '../../../tools/latin1.ts';
import type { ByteReader, ByteWriter, PagePort } from './browser-types.ts';
import { type LinkWire, Outgoing, withoutFlow } from './link-wire.ts';
import { whyNotOpened } from './why-not.ts';

/** Espruino over USB takes any rate. */
const BAUD = 9600;
const BUFFER_BYTES = 8192;
/** One write: so much lies before a STOP at most. */
const PIECE = 512;
/** A write that has hung so long stands in the way of a STOP, ms. */
const STUCK_MS = 1000;
const PASSING: readonly string[] = ['BufferOverrunError', 'FramingError', 'BreakError', 'ParityError'];

/** Opens `port`; rejects with a FlashFailure that says why it cannot. */
export async function openSerialWire(port: PagePort, events: WireEvents): Promise<LinkWire> {
  try {
    await port.open({ baudRate: BAUD, bufferSize: BUFFER_BYTES });
  } catch (error) {
    throw whyNotOpened(error);
  }
  return new SerialWire(port, events);
}

class SerialWire implements LinkWire {
  readonly #port: PagePort;
  readonly #events: WireEvents;
  readonly #outgoing = new Outgoing();
  readonly #reading: Promise<void>;
  #reader: ByteReader | undefined;
  #writer: ByteWriter | undefined;
  /** When the write that is under way began; undefined = none is. */
  #writesSince: number | undefined;
  #over = false;
  #closing: Promise<void> | undefined;

  constructor(port: PagePort, events: WireEvents) {
    this.#port = port;
    this.#events = events;
    this.#reading = this.#read();
  }

  send(text: string): void {
    this.#outgoing.add(text);
    void this.#write();
  }

  urgent(text: string): void {
    this.#outgoing.addUrgent(text);
    if (this.#writesSince === undefined) void this.#write();
    else if (Date.now() - this.#writesSince >= STUCK_MS) void this.#unblock();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#over = true;
    this.#outgoing.clear();
    await this.#reader?.cancel().catch(() => {});
    await this.#reading;
    await this.#letGo();
    await this.#port.close().catch(() => {});
  }

  /** Of the stream that writes. What has not gone out goes no more. */
  async #letGo(): Promise<void> {
    const writer = this.#writer;
    this.#writer = undefined;
    if (this.#writesSince !== undefined) await writer?.abort().catch(() => {});
    this.#writesSince = undefined;
    writer?.releaseLock();
  }

  #end(why: string): void {
    if (!this.#over) this.#events.onEnd(why);
    this.#over = true;
  }

  async #read(): Promise<void> {
    while (!this.#over && this.#port.readable !== null) {
      const reader = this.#port.readable.getReader();
      this.#reader = reader;
      const ended = await this.#readAll(reader);
      this.#reader = undefined;
      reader.releaseLock();
      if (ended) break;
    }
    this.#end('disconnected');
  }

  /** Reads until the stream ends; false = by an error after which a new stream goes on. */
  async #readAll(reader: ByteReader): Promise<boolean> {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return true;
        if (value !== undefined && !this.#over) this.#events.onText(withoutFlow(textOf(value)));
      }
    } catch (error) {
      return !PASSING.includes((error as Error).name);
    }
  }

  /** One write at a time, so that a STOP never waits behind more than one. */
  async #write(): Promise<void> {
    if (this.#writesSince !== undefined) return;
    for (let text = this.#next(); text !== ''; text = this.#next()) {
      const writer = this.#writer ?? this.#port.writable?.getWriter();
      if (writer === undefined) return;
      this.#writer = writer;
      const since = Date.now();
      this.#writesSince = since;
      // one that fails says so to the reading, which ends the wire
      await writer.write(bytesOf(text)).catch(() => {});
      if (this.#writer !== writer) return;
      this.#writesSince = undefined;
    }
  }

  #next(): string {
    return this.#over ? '' : this.#outgoing.next(PIECE);
  }

  /** Throws away the stream whose write hangs; the port gives a new one. */
  async #unblock(): Promise<void> {
    await this.#letGo();
    void this.#write();
  }
}
