/**
 * The wire over Bluetooth, made of the EspruinoTools CLI: a child process in its
 * terminal mode. Its exit code is 0 whatever happens, so what it prints is read. Its own upload is not used: it does not wait
 * for answers, ignores the board's flow control, and hangs on short files.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { type FlashFailure, noBoard, notEspruino, portBusy, portDenied } from './failure.ts';
import type { Wire, WireEvents } from './wire.ts';

const CLI = createRequire(import.meta.url).resolve('espruino/bin/espruino-cli.js');
const OPEN_MS = 15_000;
/** Bluetooth address: the only kind of port that needs the radio. */
const ADDRESS = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;

/** `port` is what the CLI's `--port` takes. */
export async function openCli(port: string, events: WireEvents): Promise<Wire> {
  const wire = new CliWire(port, events);
  await wire.opened;
  return wire;
}

class CliWire implements Wire {
  readonly opened: Promise<void>;
  readonly #events: WireEvents;
  readonly #child: ChildProcess;
  readonly #port: string;
  #said = '';
  #state: 'opening' | 'open' | 'over' = 'opening';
  #settle: (failure?: Error) => void = () => {};

  constructor(port: string, events: WireEvents) {
    this.#port = port;
    this.#events = events;
    this.#child = spawn(process.execPath, [CLI, ...argumentsFor(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
    const timer = setTimeout(() => this.#over('no answer'), OPEN_MS);
    this.opened = new Promise((resolve, reject) => {
      this.#settle = (failure) => {
        clearTimeout(timer);
        if (failure === undefined) resolve();
        else reject(failure);
      };
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#take(chunk.toString('latin1')));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#take(chunk.toString('latin1')));
    this.#child.stdin?.on('error', () => this.#over('disconnected'));
    this.#child.on('error', (error) => this.#over(error.message));
    this.#child.on('close', () => this.#over('disconnected'));
  }

  send(text: string): void {
    this.#child.stdin?.write(text);
  }

  close(): Promise<void> {
    this.#state = 'over';
    return endChild(this.#child);
  }

  #take(text: string): void {
    this.#said = (this.#said + text).slice(-8000);
    if (this.#state === 'opening') this.#takeOpening();
    else if (this.#state === 'open') {
      this.#events.onText(text);
      if (GONE.test(this.#said)) this.#over('disconnected');
    }
  }

  #takeOpening(): void {
    if (/Unable to connect|RECEIVE ERROR|^serial: Port .* not found$/m.test(this.#said))
      this.#over('not opened');
    const connected = /^Connected\r?\n/m.exec(this.#said);
    if (connected === null) return;
    const rest = this.#said.slice(connected.index + connected[0].length);
    this.#state = 'open';
    this.#said = rest;
    this.#settle();
    if (rest !== '') this.#events.onText(rest);
  }

  #over(why: string): void {
    const was = this.#state;
    this.#state = 'over';
    if (was === 'open') this.#events.onEnd(why);
    if (was === 'opening') this.#settle(whyNotOpen(this.#port, this.#said));
    void endChild(this.#child);
  }
}

/** What the CLI prints when the port goes away. */
const GONE = /^RECEIVE ERROR|^Disconnected\./m;

function argumentsFor(port: string): string[] {
  const config = ['ENV_ON_CONNECT=false', 'STORAGE_UPLOAD_METHOD=1', 'SERIAL_THROTTLE_SEND=1'];
  return [
    ...(ADDRESS.test(port) ? [] : ['--no-ble']),
    ...config.flatMap((setting) => ['--config', setting]),
    '--port',
    port,
  ];
}

/** From what the CLI printed before it gave up. */
export function whyNotOpen(port: string, said: string): FlashFailure {
  if (/permission denied|EACCES/i.test(said)) return portDenied(port);
  if (/cannot lock|EBUSY|resource busy|access denied/i.test(said)) return portBusy(port);
  if (/ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|ENETUNREACH|EAI_AGAIN/.test(said))
    return noBoard(`nothing listens at ${port}`);
  if (/not found|no such file|ENOENT/i.test(said)) return noBoard(`there is no port ${port}`);
  return notEspruino(port, said);
}

function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill('SIGKILL'), 2000);
    child.once('close', () => {
      clearTimeout(kill);
      resolve();
    });
    child.stdin?.end();
    child.kill('SIGTERM');
  });
}
