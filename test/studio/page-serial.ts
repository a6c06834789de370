/**
 * `navigator.serial` of a page, with a virtual board in this process behind it: what the page writes goes to the board's USB, and back. The board's
 * time runs beside the clock on the wall, or faster. A reset of the board gives the page a new port object, as a browser does.
 */
import type { Page } from 'playwright-core';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';

const SLICE_MS = 20;

/** Runs in the page, before its own scripts. */
const FAKE = `(() => {
  const named = (name, text) => Object.assign(new Error(text), { name });
  let heard = [];
  let port;
  const make = () => {
    let open = false, readable = null, writable = null, controller;
    const self = {
      connected: true,
      get readable() {
        if (open && readable === null && self.connected)
          readable = new ReadableStream({ start: (c) => { controller = c; }, cancel: () => { readable = null; } });
        return readable;
      },
      get writable() {
        if (open && writable === null && self.connected)
          writable = new WritableStream({
            write: (chunk, { signal }) => window.cuffloopSerial.stall
              ? new Promise((_, no) => signal.addEventListener('abort', () => no(signal.reason)))
              : cuffloopToBoard(String.fromCharCode(...chunk)),
            abort: () => { writable = null; },
          });
        return writable;
      },
      getInfo: () => ({ usbVendorId: 0x1915, usbProductId: 0x520f }),
      open: async () => {
        if (window.cuffloopSerial.refuse) throw named(window.cuffloopSerial.refuse, 'Failed to open serial port.');
        open = true;
      },
      close: async () => {
        if (readable?.locked || writable?.locked) throw named('TypeError', 'Cannot cancel a locked stream');
        open = false; readable = null; writable = null;
      },
      give: (text) => {
        if (open && self.readable) controller.enqueue(Uint8Array.from(text, (c) => c.charCodeAt(0)));
      },
      pull: () => {
        self.connected = false;
        const c = controller, was = open;
        readable = null; writable = null;
        if (was) c.error(named('NetworkError', 'The device has been lost.'));
      },
    };
    return self;
  };
  port = make();
  let granted = false;
  const serial = {
    getPorts: async () => (granted && port ? [port] : []),
    requestPort: async () => {
      if (window.cuffloopSerial.cancel || !port) throw named('NotFoundError', 'No port selected by the user.');
      granted = true;
      return port;
    },
    addEventListener: (type, f) => { if (type === 'connect') heard.push(f); },
  };
  window.cuffloopSerial = {
    refuse: '', cancel: false, stall: false,
    give: (text) => port?.give(text),
    unplug: () => { port?.pull(); port = undefined; },
    plug: () => { port = make(); for (const f of heard) f({ target: port }); },
  };
  Object.defineProperty(navigator, 'serial', { value: serial, configurable: true });
})()`;

export class PageSerial {
  readonly board: VirtualBoard;
  /** What the board says may be changed on its way. */
  fromBoard: (text: string) => string = (text) => text;
  readonly #page: Page;
  readonly #pages: Page[] = [];
  readonly #timer: ReturnType<typeof setInterval>;
  #speed: number;
  #plugged = true;
  #resets: number;

  private constructor(page: Page, board: VirtualBoard, speed: number) {
    this.#page = page;
    this.board = board;
    this.#resets = board.machine.resets.length;
    this.#speed = speed;
    this.#timer = setInterval(() => this.#slice(SLICE_MS * this.#speed), SLICE_MS);
  }

  /** Before the page is loaded. */
  static async behind(page: Page, board: VirtualBoard, speed: number): Promise<PageSerial> {
    const made = new PageSerial(page, board, speed);
    await made.alsoBehind(page);
    return made;
  }

  /** One more tab of the same browser, before it is loaded: the same port is there for it. */
  async alsoBehind(page: Page): Promise<void> {
    const { machine } = this.board;
    await page.exposeFunction('cuffloopToBoard', (text: string) => {
      if (this.#plugged && machine.powered) machine.receive(machine.usb, text);
    });
    await page.addInitScript(FAKE);
    this.#pages.push(page);
  }

  /** `expression` on `window.cuffloopSerial`. */
  async tell(expression: string): Promise<void> {
    await this.#page.evaluate(`window.cuffloopSerial.${expression}`);
  }

  async unplug(): Promise<void> {
    this.#plugged = false;
    await this.tell('unplug()');
  }

  async plug(): Promise<void> {
    this.board.machine.usb.take();
    this.#plugged = true;
    await this.tell('plug()');
  }

  /** The peer reads nothing and says nothing, or does so again. */
  async stall(on: boolean): Promise<void> {
    this.fromBoard = on ? () => '' : (text) => text;
    await this.tell(`stall = ${on}`);
  }

  /** The training button, `ms` long. */
  hold(ms: number): void {
    const at = this.board.nowMs + 20;
    this.board.schedule(at, () => this.board.press('D1'));
    this.board.schedule(at + ms, () => this.board.release('D1'));
  }

  /** While `work` looks at the page, the board's time goes no faster than the clock: on a slow computer a step or a pause would be over meanwhile. */
  async slowly<T>(work: () => Promise<T>): Promise<T> {
    const speed = this.#speed;
    this.#speed = 1;
    try {
      return await work();
    } finally {
      this.#speed = speed;
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #slice(ms: number): void {
    const { board } = this;
    if (board.machine.powered) board.advanceTo(board.nowMs + ms);
    const said = board.machine.usb.take();
    if (!this.#plugged) return;
    const resets = board.machine.resets.length;
    const again =
      resets === this.#resets ? '' : 'window.cuffloopSerial.unplug();window.cuffloopSerial.plug();';
    this.#resets = resets;
    if (again === '' && said === '') return;
    const script = `${again}window.cuffloopSerial.give(${JSON.stringify(this.fromBoard(said))})`;
    // a port that is not open takes nothing; a page that has gone meanwhile needs nothing any more
    for (const page of this.#pages) page.evaluate(script).catch(() => {});
  }
}
