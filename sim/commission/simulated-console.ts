/** The console of a simulated board in service mode: what is asked there is evaluated on the virtual board, in virtual time. It must start no run. */
import { readJson } from '../../tools/input/json.ts';
import type { VirtualBoard } from '../board/virtual-board.ts';
import type { ServiceConsole } from './bench.ts';

/** `rig`: what the board drives. */
export function consoleOf(
  board: VirtualBoard,
  rig: { readonly pump: number; readonly valve: number },
): ServiceConsole {
  return {
    ask: (expression) => {
      const value = board.evaluate(`JSON.stringify(${expression})`);
      return Promise.resolve(typeof value === 'string' ? readJson(value).value : value);
    },
    wait: (ms) => {
      board.advanceTo(board.nowMs + ms);
      return Promise.resolve();
    },
    hasReset: () => {
      board.advanceTo(board.nowMs + 3000);
      const reset = board.machine.resets.at(-1)?.cause === 'watchdog';
      return Promise.resolve(reset && rig.pump === 0 && rig.valve === 0);
    },
  };
}
