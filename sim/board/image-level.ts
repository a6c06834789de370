/** The image in the loop: the bytes that are flashed, on the virtual board. It must decide nothing itself. */
import type { View } from '../../src/ports.ts';
import { storedText } from '../../tools/settings/store-file.ts';
import type { Level } from '../level/level.ts';
import type { Rig } from '../plant/rig.ts';
import type { EspruinoVersion } from './chip.ts';
import type { BoardCost } from './cost/board-cost.ts';
import type { BoardFault } from './faults.ts';
import type { Flash, FlashTimes } from './flash.ts';
import type { BoardLayout, ButtonName } from './layout.ts';
import { VirtualBoard } from './virtual-board.ts';

const NAMES: readonly ButtonName[] = ['BTN1', 'D1', 'D26'];
/** Without a tick for this long, ms, the firmware has stopped: a watchdog reset and a boot take less. */
const SILENT_MS = 30_000;

export interface ImageLevelOptions {
  /** See VirtualBoardOptions. */
  readonly layout?: BoardLayout;
  /** Flash content: loader, slots, records, texts; see `deviceFiles`. */
  readonly files: Readonly<Record<string, string>>;
  /** Instead of an empty flash. */
  readonly flash?: Flash;
  readonly faults?: readonly BoardFault[];
  /** How long flash takes; see VirtualBoardOptions. */
  readonly flashTimes?: FlashTimes;
  /** See VirtualBoardOptions. */
  readonly version?: EspruinoVersion;
  readonly before?: string;
  readonly cost?: BoardCost;
  readonly stopClosed?: boolean;
  readonly openReset?: boolean;
  /** What is wired or plugged in before the power comes. */
  readonly prepare?: (board: VirtualBoard) => void;
}

/** The image in the loop: the bytes that are flashed, on the virtual board. */
export class ImageLevel implements Level {
  readonly name = 'image';
  readonly rig: Rig;
  readonly board: VirtualBoard;
  #view: View;
  #ticks = 0;

  constructor(rig: Rig, options: ImageLevelOptions) {
    this.rig = rig;
    const { files, prepare, ...board } = options;
    this.board = new VirtualBoard({ rig, sensor: rig.spec.sensor, ...board });
    this.board.write(files);
    prepare?.(this.board);
    this.board.onTick = (view) => {
      this.#view = view;
      this.#ticks++;
    };
    this.board.powerOn();
    const view = this.board.view;
    if (view === undefined)
      throw new Error(`no image runs: ${this.board.machine.complaints.join('; ') || 'no slot is whole'}`);
    this.#view = view;
  }

  get view(): View {
    return this.board.view ?? this.#view;
  }

  /** Throws when the firmware has not ticked for 30 s: it hangs, or is in service mode. */
  nextTick(): void {
    const before = this.#ticks;
    const limit = this.board.nowMs + SILENT_MS;
    while (this.#ticks === before) {
      if (this.board.nowMs >= limit) throw new Error(`no tick for ${SILENT_MS} ms at ${this.board.nowMs} ms`);
      this.board.advanceToNext(limit);
    }
  }

  button(index: number, down: boolean, atMs: number): void {
    const name = NAMES[index];
    if (name === undefined) throw new RangeError(`button ${index} is outside 0..2`);
    this.board.schedule(atMs, () => (down ? this.board.press(name) : this.board.release(name)));
  }

  stored(name: string): string | undefined {
    const storage = this.board.machine.storage;
    return storedText({ a: storage.read(`${name}.0`), b: storage.read(`${name}.1`) });
  }

  close(): void {
    this.board.powerOff();
  }
}
