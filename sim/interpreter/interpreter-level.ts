/** The interpreter in the loop: the bytes that are flashed, in a real Espruino. It must decide nothing itself. */
import type { View } from '../../src/ports.ts';
import { storedText } from '../../tools/settings/store-file.ts';
import type { ButtonName } from '../board/layout.ts';
import type { Level } from '../level/level.ts';
import type { Rig } from '../plant/rig.ts';
import { InterpreterBoard, type InterpreterBoardOptions } from './interpreter-board.ts';

const NAMES: readonly ButtonName[] = ['BTN1', 'D1', 'D26'];
/** Without a tick for this long, ms, the firmware has stopped: a watchdog reset and a boot take less. */
const SILENT_MS = 30_000;

export type InterpreterLevelOptions = Omit<InterpreterBoardOptions, 'rig'>;

/** The interpreter in the loop: the bytes that are flashed, run by a real Espruino. `close` it: there is a process behind it. */
export class InterpreterLevel implements Level {
  readonly name = 'interpreter';
  readonly rig: Rig;
  readonly board: InterpreterBoard;
  #view: View;

  constructor(rig: Rig, options: InterpreterLevelOptions) {
    this.rig = rig;
    this.board = new InterpreterBoard({ sensor: rig.spec.sensor, ...options, rig });
    try {
      this.board.powerOn();
      this.#view = this.board.evaluate('cuff.view()') as View;
    } catch (error) {
      const said = this.board.printed;
      this.board.close();
      throw new Error(`no image runs in the interpreter: ${String(error)}\nit printed: ${said}`);
    }
  }

  get view(): View {
    return this.board.view ?? this.#view;
  }

  /** Throws when the firmware has not ticked for 30 s: it hangs, or is in service mode. */
  nextTick(): void {
    const board = this.board;
    if (!board.advanceToTick(board.nowMs + SILENT_MS))
      throw new Error(
        `no tick for ${SILENT_MS} ms at ${board.nowMs} ms; the interpreter printed: ${board.printed}`,
      );
  }

  button(index: number, down: boolean, atMs: number): void {
    const name = NAMES[index];
    if (name === undefined) throw new RangeError(`button ${index} is outside 0..2`);
    this.board.schedule(atMs, () => (down ? this.board.press(name) : this.board.release(name)));
  }

  stored(name: string): string | undefined {
    // a missing file comes back as null: JSON knows no undefined
    const read = (file: string): string | undefined =>
      (this.board.evaluate(`require("Storage").read(${JSON.stringify(file)})`) as string | null) ?? undefined;
    return storedText({ a: read(`${name}.0`), b: read(`${name}.1`) });
  }

  close(): void {
    this.board.close();
  }
}
