/** One interpreter process and the two FIFOs to it. Everything here blocks: the two take turns. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DOWN, DOWN_DATA, RECORD } from './frames.ts';
import { Guard } from './guard.ts';

const FIFOS = ['up', 'down', 'keys'];
/** Nothing runs longer than this, whatever happens to us. */
const LIFE_S = 3600;

export interface ChannelOptions {
  /** The interpreter's binary, and the folder with its flash. */
  readonly binary: string;
  readonly folder: string;
  /** An answer may take this long, ms. */
  readonly limitMs: number;
  /** Put before the binary, for example valgrind and its options. */
  readonly wrapper?: readonly string[];
}

const ESCAPE = String.fromCharCode(27);

/** What the interpreter has printed, without escape codes and banner. */
export function cleanOutput(text: string): string {
  return [...text.replaceAll(`${ESCAPE}[J`, '')]
    .filter((c) => c === '\n' || c >= ' ')
    .join('')
    .replace(/\[\d*[A-Za-z]/g, '')
    .replace(/^[\s\S]*?Donate\s*/, '')
    .replace(/^>/gm, '')
    .trim();
}

export class Channel {
  readonly #options: ChannelOptions;
  readonly #child: ChildProcess;
  readonly #guard: Guard;
  readonly #down: number;
  readonly #keys: number;
  #up: number;
  #waiting = true;
  readonly #in = Buffer.alloc(65536);
  #have = 0;
  readonly #out = Buffer.alloc(DOWN);
  #closed = false;
  readonly #kill = (): void => {
    this.close();
  };

  constructor(options: ChannelOptions) {
    this.#options = options;
    const { folder } = options;
    for (const name of FIFOS) rmSync(join(folder, name), { force: true });
    const made = spawnSync('mkfifo', FIFOS, { cwd: folder, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`cannot make FIFOs in ${folder}: ${made.stderr}`);
    // opened for both directions a FIFO never blocks on opening, and what is read from it never ends
    this.#down = openSync(join(folder, 'down'), constants.O_RDWR);
    this.#up = openSync(join(folder, 'up'), constants.O_RDONLY | constants.O_NONBLOCK);
    this.#keys = openSync(join(folder, 'keys'), constants.O_RDWR);
    const log = openSync(join(folder, 'printed'), 'a');
    const words = ['-s', 'KILL', String(LIFE_S), ...(options.wrapper ?? []), options.binary];
    this.#child = spawn('timeout', words, { cwd: folder, stdio: [this.#keys, log, log], detached: true });
    closeSync(log);
    this.#child.on('error', () => undefined);
    this.#child.unref();
    process.once('exit', this.#kill);
    // the group's leader is `timeout`: a negative id reaches the interpreter too
    this.#guard = new Guard(-(this.#child.pid ?? 0), options.limitMs);
  }

  /** What the interpreter has printed so far. */
  get printed(): string {
    return cleanOutput(readFileSync(join(this.#options.folder, 'printed'), 'latin1'));
  }

  /** Bytes on the interpreter's console. */
  type(bytes: string): void {
    writeSync(this.#keys, bytes, null, 'latin1');
  }

  /** Send a command or an answer. */
  send(a: number, b = 0, c = 0, data: string | Uint8Array = ''): void {
    const out = this.#out;
    out.fill(0);
    out.writeDoubleLE(a, 0);
    out.writeDoubleLE(b, 8);
    if (c === 0) {
      const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
      if (bytes.length > DOWN_DATA)
        throw new Error(`frame: ${bytes.length} bytes do not fit in ${DOWN_DATA}`);
      out.set(bytes, 16);
    } else {
      const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
      if (bytes.length > DOWN_DATA - 8)
        throw new Error(`frame: ${bytes.length} bytes do not fit in ${DOWN_DATA - 8}`);
      out.writeDoubleLE(c, 16);
      out.set(bytes, 24);
    }
    this.#write(out);
  }

  /** Bytes that follow a frame. */
  sendText(text: string): void {
    this.#write(Buffer.from(text, 'latin1'));
  }

  #write(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) at += writeSync(this.#down, bytes, at, bytes.length - at);
  }

  /** Wait for the next frame: its records as one buffer of floats, without the count. Throws when there is no answer. */
  receive(): Buffer {
    this.#guard.begin();
    try {
      this.#fill(8);
      const size = this.#in.readDoubleLE(0) * 8;
      if (!(size >= 8 + RECORD * 8 && size <= this.#in.length))
        throw new Error(`frame of ${size} bytes: not ours`);
      this.#fill(size);
      const frame = this.#in.subarray(8, size);
      this.#have = 0;
      return frame;
    } finally {
      this.#guard.end();
    }
  }

  #fill(size: number): void {
    if (this.#waiting) this.#awaitFirst();
    while (this.#have < size) {
      const n = readSync(this.#up, this.#in, this.#have, this.#in.length - this.#have, null);
      if (n === 0) throw new Error(this.#obituary());
      this.#have += n;
    }
  }

  /** Until the other side has opened its end, its death could not be told from its being slow: look now and then. */
  #awaitFirst(): void {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let waited = 0; this.#have === 0; waited += 2) {
      if (waited >= this.#options.limitMs || this.#hasEnded()) throw new Error(this.#obituary());
      this.#have = this.#tryRead();
      if (this.#have === 0) Atomics.wait(pause, 0, 0, 2);
    }
    // from now on reads block, and the death of the other side is an end of file
    const blocking = openSync(join(this.#options.folder, 'up'), constants.O_RDONLY);
    closeSync(this.#up);
    this.#up = blocking;
    this.#waiting = false;
  }

  #tryRead(): number {
    try {
      return readSync(this.#up, this.#in, 0, this.#in.length, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      throw error;
    }
  }

  /** True when the process is gone or waits to be reaped. */
  #hasEnded(): boolean {
    try {
      const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'latin1');
      return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z';
    } catch {
      return true;
    }
  }

  #obituary(): string {
    const said = this.printed.slice(-600);
    const why = this.#guard.hasKilled
      ? `did not answer within ${this.#options.limitMs} ms and was killed`
      : 'has ended';
    return `the interpreter ${why}. It printed: ${said === '' ? '(nothing)' : said}`;
  }

  /** End the process, by its id, for good. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    process.removeListener('exit', this.#kill);
    this.#guard.close();
    try {
      if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
    for (const fd of [this.#down, this.#up, this.#keys]) closeSync(fd);
  }
}
