/**
 * `navigator.serial` with a virtual board behind it: real web streams, a new port object after each restart of the USB, and knobs for all that
 * goes wrong. Time on the board runs while `SerialCable` is told to; for tests that fake Node's clock.
 */
import type { VirtualBoard } from '../../../sim/board/virtual-board.ts';
import type { PagePort, PageSerial } from '../../../sim/studio/link/browser-types.ts';
import { bytesOf, textOf } from '../../../tools/latin1.ts';

const SLICE_MS = 20;
export const JOLT = { usbVendorId: 0x1915, usbProductId: 0x520f } as const;

export interface Knobs {
  /** What the board sends may be changed or dropped on its way, and what goes to it. */
  fromBoard: (text: string) => string;
  toBoard: (text: string) => string;
  /** Opening fails with this name of an exception. */
  refuse: string;
  /** The reader of the page closes the list without a choice. */
  cancel: boolean;
  /** Writes hang, as with a peer that reads nothing. */
  stalled: boolean;
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

class FakePort implements PagePort {
  readonly #cable: SerialCable;
  #readable: ReadableStream<Uint8Array> | null = null;
  #writable: WritableStream<Uint8Array> | null = null;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #isOpen = false;
  connected = true;

  constructor(cable: SerialCable) {
    this.#cable = cable;
  }

  get readable(): ReadableStream<Uint8Array> | null {
    if (this.#isOpen && this.#readable === null && this.connected)
      this.#readable = new ReadableStream({
        start: (controller) => {
          this.#controller = controller;
        },
        cancel: () => {
          this.#readable = null;
        },
      });
    return this.#readable;
  }

  /** A stream that was thrown away is followed by a new one, as the standard has it. */
  get writable(): WritableStream<Uint8Array> | null {
    if (this.#isOpen && this.#writable === null && this.connected)
      this.#writable = new WritableStream({
        write: (chunk, controller) => this.#cable.written(textOf(chunk), controller.signal),
        abort: () => {
          this.#writable = null;
        },
      });
    return this.#writable;
  }

  getInfo(): typeof JOLT {
    return JOLT;
  }

  open(): Promise<void> {
    if (this.#cable.knobs.refuse !== '')
      return Promise.reject(named(this.#cable.knobs.refuse, 'Failed to open serial port.'));
    if (this.#isOpen) return Promise.reject(named('InvalidStateError', 'The port is already open.'));
    if (!this.connected) return Promise.reject(named('NetworkError', 'The device is gone.'));
    this.#isOpen = true;
    return Promise.resolve();
  }

  close(): Promise<void> {
    // a stream that somebody still holds keeps the port from closing, in browsers too
    if (this.#readable?.locked === true || this.#writable?.locked === true)
      return Promise.reject(named('TypeError', 'Cannot cancel a locked stream'));
    this.#isOpen = false;
    this.#readable = null;
    this.#writable = null;
    return Promise.resolve();
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  give(text: string): void {
    if (this.#isOpen && this.readable !== null) this.#controller?.enqueue(bytesOf(text));
  }

  /** The line has an error after which reading goes on. */
  stumble(name: string): void {
    const controller = this.#controller;
    this.#readable = null;
    controller?.error(named(name, 'framing'));
  }

  pull(): void {
    this.connected = false;
    const controller = this.#controller;
    const wasOpen = this.#isOpen;
    this.#readable = null;
    this.#writable = null;
    if (wasOpen) controller?.error(named('NetworkError', 'The device has been lost.'));
  }
}

export class SerialCable implements PageSerial {
  readonly board: VirtualBoard;
  readonly knobs: Knobs = {
    fromBoard: (text) => text,
    toBoard: (text) => text,
    refuse: '',
    cancel: false,
    stalled: false,
  };
  /** Everything that was written to the board. */
  sent = '';
  granted = false;
  /** How many port objects there have been. */
  ports = 1;
  #port: FakePort | undefined;
  #heard: ((event: { target: unknown }) => void)[] = [];
  #hung: (() => void)[] = [];
  #resets: number;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(board: VirtualBoard) {
    this.board = board;
    this.#port = new FakePort(this);
    this.#resets = board.machine.resets.length;
    this.#timer = setInterval(() => this.#slice(), SLICE_MS);
  }

  get port(): FakePort {
    if (this.#port === undefined) throw new Error('unplugged');
    return this.#port;
  }

  getPorts(): Promise<PagePort[]> {
    return Promise.resolve(this.granted && this.#port !== undefined ? [this.#port] : []);
  }

  requestPort(): Promise<PagePort> {
    if (this.knobs.cancel || this.#port === undefined)
      return Promise.reject(named('NotFoundError', 'No port selected by the user.'));
    this.granted = true;
    return Promise.resolve(this.#port);
  }

  addEventListener(type: 'connect' | 'disconnect', heard: (event: { target: unknown }) => void): void {
    if (type === 'connect') this.#heard.push(heard);
  }

  get listeners(): number {
    return this.#heard.length;
  }

  unplug(): void {
    this.#port?.pull();
    this.#port = undefined;
    this.board.machine.usb.take();
  }

  plug(): void {
    this.#port = new FakePort(this);
    this.ports++;
    for (const heard of this.#heard) heard({ target: this.#port });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  written(text: string, signal: AbortSignal): Promise<void> {
    if (!this.knobs.stalled) {
      this.#deliver(text);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      this.#hung.push(() => {
        this.#deliver(text);
        resolve();
      });
      signal.addEventListener('abort', () => reject(named('AbortError', 'aborted')));
    });
  }

  #deliver(text: string): void {
    this.sent += text;
    if (this.board.machine.powered)
      this.board.machine.receive(this.board.machine.usb, this.knobs.toBoard(text));
  }

  #slice(): void {
    if (this.board.machine.powered) this.board.advanceTo(this.board.nowMs + SLICE_MS);
    // a reset ends the USB for a moment: the browser makes a new port for the same board
    const resets = this.board.machine.resets.length;
    if (resets !== this.#resets && this.#port !== undefined) {
      this.#resets = resets;
      this.unplug();
      this.plug();
    }
    if (!this.board.machine.powered && this.#port !== undefined) this.unplug();
    const said = this.board.machine.usb.take();
    const text = said === '' ? '' : this.knobs.fromBoard(said);
    if (text !== '') this.#port?.give(text);
  }
}
