import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HIDE_BOOT } from '../../sim/interpreter/hide-boot.ts';
import { installFiles } from '../../sim/interpreter/install.ts';
import { pause } from '../../tools/board/open-board.ts';
import type { OpenWire } from '../../tools/board/wire.ts';

/**
 * `.boot0` of the Linux interpreter: what a Jolt.js has and Linux has not. A watchdog and a reboot end the process, which
 * `InterpreterBoard` starts again.
 */
const STAND_INS = `
var nativeMemory=process.memory;
var process={version:"2v29.277",env:{BOARD:"JOLTJS",VERSION:"2v29.277",SERIAL:"0"},memory:nativeMemory,on:function(){}};
function digitalWrite(){}
function digitalRead(p){return p===D0?0:1}
function analogRead(){return 1/2}
function analogWrite(){}
function pinMode(){}
function setWatch(){return 1}
function clearWatch(){}
${Array.from({ length: 48 }, (_, i) => `var D${i}={n:${i}};`).join('')}
var LED3=D41,BTN1=D0;
var Jolt={setDriverMode:function(){},Q0:{setPower:function(){return this}}};
var I2C1={setup:function(){},writeTo:function(){},readFrom:function(){return new Uint8Array([64,50,0,0])}};
var Bluetooth={on:function(){},write:function(){}};
Modules.addCached("timer",function(){exports.add=function(){return 0};exports.remove=function(){}});
var dogMs=0,dog;
E.enableWatchdog=function(s){dogMs=s*1000;if(dog)clearTimeout(dog);dog=setTimeout(E.reboot,dogMs)};
E.kickWatchdog=function(){if(dog)clearTimeout(dog);dog=setTimeout(E.reboot,dogMs)};
E.getAnalogVRef=function(){return 3};
`;

/** A real interpreter with a Jolt.js around it; its flash outlives power cuts. */
export class InterpreterBoard {
  readonly folder = mkdtempSync(join(tmpdir(), 'cuffloop-flash-'));
  readonly #binary: string;
  #child: ChildProcess | undefined;
  #on = false;
  /** What it prints, for who listens now. */
  onText: (text: string) => void = () => {};
  onReset: () => void = () => {};
  /** Everything since the last power-on or reset. */
  printed = '';
  resets = 0;

  constructor(binary: string) {
    this.#binary = binary;
    installFiles(binary, this.folder, { '.boot0': HIDE_BOOT + STAND_INS });
  }

  /** Flash content, to go back to. */
  get flash(): Buffer {
    return readFileSync(join(this.folder, 'espruino.flash'));
  }

  set flash(bytes: Buffer) {
    writeFileSync(join(this.folder, 'espruino.flash'), bytes);
  }

  /** Files into its flash, while it is off. */
  install(files: Readonly<Record<string, string>>): void {
    installFiles(this.#binary, this.folder, files);
  }

  powerOn(): void {
    this.#on = true;
    this.#spawn();
  }

  async powerOff(): Promise<void> {
    this.#on = false;
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.powerOff();
    rmSync(this.folder, { recursive: true, force: true });
  }

  send(bytes: string): void {
    this.#child?.stdin?.write(Buffer.from(bytes, 'latin1'));
  }

  /** Restart, and the value of `expression` on its open console as JSON. */
  async ask(expression: string): Promise<unknown> {
    let heard = '';
    this.onText = (text) => {
      heard += text;
    };
    for (let k = 0; k < 40; k++) {
      if (k % 10 === 0) this.send(`\x03\x10print("~"+"="+JSON.stringify(${expression}))\n`);
      await pause(100);
      const answer = /~=([^\r\n]*)\r?\n/.exec(heard)?.[1];
      if (answer !== undefined) return answer === 'undefined' ? undefined : (JSON.parse(answer) as unknown);
    }
    throw new Error(`no answer from the interpreter: ${heard.slice(-200)}`);
  }

  #spawn(): void {
    this.printed = '';
    const child = spawn(this.#binary, [], { cwd: this.folder, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    child.stdin.on('error', () => {});
    child.stdout.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      this.printed = (this.printed + text).slice(-8000);
      this.onText(text);
    });
    child.once('close', () => {
      if (!this.#on || this.#child !== child) return;
      this.resets++;
      this.onReset();
      this.#spawn();
    });
  }
}

/** The interpreter as a wire without a port: what flash.sh does, minus the CLI. */
export function wireTo(board: InterpreterBoard, disturb: (bytes: string) => string = (b) => b): OpenWire {
  return (_port, events) => {
    board.onText = (text) => events.onText(text);
    board.onReset = () => events.onEnd('restarted');
    return Promise.resolve({
      send: (text) => {
        const bytes = disturb(text);
        if (bytes === CUT) void board.powerOff().then(() => events.onEnd('power cut'));
        else board.send(bytes);
      },
      close: () => {
        board.onText = () => {};
        board.onReset = () => {};
        return Promise.resolve();
      },
    });
  };
}

/** What `disturb` gives back to cut the power instead of sending. */
export const CUT = 'cut';

/** A pseudo-terminal, as `script` makes one: what is sent to `path` comes out at the board and back. */
export class PseudoTerminal {
  path = '';
  toBoard: (bytes: string) => string = (bytes) => bytes;
  readonly #script: ChildProcess;
  readonly #file: string;

  private constructor(board: InterpreterBoard) {
    this.#file = join(board.folder, 'tty');
    const command = `tty > ${this.#file}; stty raw -echo; exec sleep 600`;
    this.#script = spawn('script', ['-qfc', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#script.stdin?.on('error', () => {});
    this.#script.stdout?.on('data', (chunk: Buffer) => board.send(this.toBoard(chunk.toString('latin1'))));
    board.onText = (text) => this.#script.stdin?.write(Buffer.from(text, 'latin1'));
  }

  static async open(board: InterpreterBoard): Promise<PseudoTerminal> {
    const pty = new PseudoTerminal(board);
    for (let k = 0; k < 100 && pty.path === ''; k++) {
      await pause(50);
      try {
        pty.path = readFileSync(pty.#file, 'latin1').trim();
      } catch {
        // not there yet
      }
    }
    if (!pty.path.startsWith('/dev/')) throw new Error(`script(1) made no pseudo-terminal: ${pty.path}`);
    await pause(300);
    return pty;
  }

  close(): void {
    this.#script.kill('SIGKILL');
  }
}
