/** Byte streams of the board, USB and Bluetooth, with their buffers. */
const TX_BYTES = 255;

/** A byte stream of the board: USB or Bluetooth, with the one output buffer's fill as seen by this peer. */
export class BoardStream {
  readonly name: string;
  /** The other side takes what comes; false = connected, but it reads nothing. */
  reads = true;
  connected = true;
  /** Everything the other side has got since it was last taken. */
  #received = '';
  #waiting = '';
  #handlers: ((bytes: string) => void)[] = [];

  constructor(name: string) {
    this.name = name;
  }

  on(event: string, handler: (bytes: string) => void): void {
    if (event === 'data') this.#handlers.push(handler);
  }

  get hasListener(): boolean {
    return this.#handlers.length > 0;
  }

  get listeners(): readonly ((bytes: string) => void)[] {
    return this.#handlers;
  }

  /** Bytes in the output buffer. */
  get used(): number {
    return this.#waiting.length;
  }

  static readonly capacity = TX_BYTES;

  /** Queue bytes; false when the buffer is full, where the interpreter would stand still. */
  put(bytes: string): boolean {
    if (!this.connected) return true;
    if (this.reads) {
      this.#received += this.#waiting + bytes;
      this.#waiting = '';
      return true;
    }
    this.#waiting = (this.#waiting + bytes).slice(0, TX_BYTES);
    return this.#waiting.length < TX_BYTES;
  }

  /** What the other side has received since the last call. */
  take(): string {
    if (this.reads) {
      this.#received += this.#waiting;
      this.#waiting = '';
    }
    const text = this.#received;
    this.#received = '';
    return text;
  }

  reset(): void {
    this.#handlers = [];
    this.#waiting = '';
  }
}
