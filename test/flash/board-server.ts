import { createServer, type Server, type Socket } from 'node:net';
import type { Flash } from '../../sim/board/flash.ts';
import { PowerCut } from '../../sim/board/flash.ts';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import type { OpenWire, Wire } from '../../tools/board/wire.ts';

const SLICE_MS = 20;
/** A busy computer must not make the board's time jump further, ms. */
const MOST_MS = 2000;

/** A virtual board with pneumatics, USB plugged in. */
export function newBoard(flash?: Flash): VirtualBoard {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, 1);
  rig.setActivity('rest');
  const board = new VirtualBoard({ rig, ...(flash === undefined ? {} : { flash }) });
  board.machine.usb.connected = true;
  return board;
}

/** Bytes into the board's USB port; a power cut on the way is one, whoever was running. */
function feed(board: VirtualBoard, bytes: string): void {
  try {
    board.machine.receive(board.machine.usb, bytes);
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
  }
  // A program may catch what stands for the power cut; it says nothing any more all the same.
  if (board.flash.dead) {
    board.powerOff();
    board.machine.usb.take();
  }
}

/** The board's USB port on tcp://127.0.0.1, on time that runs as fast as the wall clock or `speed` times faster. */
export class BoardServer {
  readonly board: VirtualBoard;
  /** May change or drop what goes to the board. */
  toBoard: (bytes: string) => string = (bytes) => bytes;
  fromBoard: (bytes: string) => string = (bytes) => bytes;
  /** Called after each slice of time. */
  onSlice: () => void = () => {};
  readonly #server: Server;
  readonly #timer: NodeJS.Timeout;
  #slicedAt = Date.now();
  #client: Socket | undefined;

  private constructor(board: VirtualBoard, server: Server, speed: number) {
    this.board = board;
    this.#server = server;
    this.#timer = setInterval(() => {
      const now = Date.now();
      this.#slice(Math.min(MOST_MS, (now - this.#slicedAt) * speed));
      this.#slicedAt = now;
    }, SLICE_MS);
  }

  static async start(board: VirtualBoard, speed = 1): Promise<BoardServer> {
    const server = createServer();
    const made = new BoardServer(board, server, speed);
    server.on('connection', (socket) => made.#serve(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get port(): string {
    const address = this.#server.address();
    return `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  /** Pull the cable. */
  unplug(): void {
    this.#client?.destroy();
    this.#client = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.unplug();
    this.#server.close();
  }

  #serve(socket: Socket): void {
    this.#client?.destroy();
    this.#client = socket;
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      if (this.board.machine.powered) feed(this.board, this.toBoard(chunk.toString('latin1')));
      this.#drain();
    });
  }

  #slice(ms: number): void {
    if (this.board.machine.powered) this.board.advanceTo(this.board.nowMs + ms);
    this.onSlice();
    this.#drain();
  }

  #drain(): void {
    const text = this.board.machine.usb.take();
    if (text !== '' && this.#client !== undefined) this.#client.write(this.fromBoard(text), 'latin1');
    if (!this.board.machine.powered) this.unplug();
  }
}

export interface DirectOptions {
  /** May change what goes to the board, and what comes from it. */
  disturb?: (bytes: string) => string;
  disturbBack?: (bytes: string) => string;
  /** Time runs on the board while the wire is open; for tests that fake Node's clock. */
  live?: boolean;
}

/** The board as a wire without any socket: whole updates in milliseconds. A power cut ends it. */
export function directWire(board: VirtualBoard, options: DirectOptions = {}): OpenWire {
  const { disturb = (b: string) => b, disturbBack = (b: string) => b } = options;
  return (_port, events) => {
    let over = false;
    const deliver = () => {
      if (over) return;
      const said = board.machine.usb.take();
      if (said !== '') events.onText(disturbBack(said));
      if (board.machine.powered) return;
      over = true;
      events.onEnd('disconnected');
    };
    const slice = () => {
      if (board.machine.powered) board.advanceTo(board.nowMs + SLICE_MS);
      deliver();
    };
    const timer = options.live === true ? setInterval(slice, SLICE_MS) : undefined;
    const wire: Wire = {
      send: (text) => {
        feed(board, disturb(text));
        queueMicrotask(deliver);
      },
      close: () => {
        over = true;
        clearInterval(timer);
        return Promise.resolve();
      },
    };
    return Promise.resolve(wire);
  };
}
