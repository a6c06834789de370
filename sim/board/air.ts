/** The air between virtual boards: moves them through the same virtual time and carries what one advertises to those that listen. */
import { Random } from '../plant/random.ts';
import { foundOf, type Packet } from './radio.ts';
import type { VirtualBoard } from './virtual-board.ts';

export interface AirOptions {
  /** Share of the packets that are lost, 0..1; drawn from the seed. */
  readonly loss?: number;
  readonly seed?: number;
}

/** Longest random delay that the standard adds to an advertising interval, ms. */
const JITTER_MS = 10;

export class Air {
  readonly boards: readonly VirtualBoard[];
  loss: number;
  /** Packets that went out, and that reached a program. */
  sent = 0;
  heard = 0;
  readonly #rng: Random;

  constructor(boards: readonly VirtualBoard[], options: AirOptions = {}) {
    this.boards = boards;
    this.loss = options.loss ?? 0;
    this.#rng = new Random(options.seed ?? 1);
  }

  get nowMs(): number {
    return this.boards[0]?.nowMs ?? 0;
  }

  /** All boards, to `ms`: one ms of the radios after the other. */
  advanceTo(ms: number): void {
    while (this.nowMs < ms) {
      const next = this.nowMs + 1;
      for (const board of this.boards) board.advanceTo(next);
      for (const board of this.boards) this.#send(board, next);
    }
  }

  /** A packet of nobody on this air: to every board that listens now. True when one was told of it. */
  shout(packet: Packet): boolean {
    const before = this.heard;
    for (const board of this.boards) this.#carry(board, packet, 'ff:ff:ff:ff:ff:ff');
    return this.heard > before;
  }

  #send(board: VirtualBoard, ms: number): void {
    const sending = board.machine.radio.sending;
    if (sending === undefined || !board.machine.powered || ms < sending.nextMs) return;
    sending.nextMs = ms + sending.intervalMs + this.#rng.int(JITTER_MS);
    this.sent++;
    const id = `00:00:00:00:00:0${this.boards.indexOf(board)}`;
    for (const other of this.boards) if (other !== board) this.#carry(other, sending.packet, id);
  }

  #carry(to: VirtualBoard, packet: Packet, id: string): void {
    const { machine } = to;
    if (!machine.powered || !machine.radio.hears(packet, to.nowMs) || this.#rng.chance(this.loss)) return;
    this.heard++;
    machine.hear(foundOf(packet, id));
  }
}
