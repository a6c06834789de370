/** Outputs of any board, from the board's own object (hal/boards). Reads files: apart from pins.ts, which a browser can load. */
import { boardObject } from '../../tools/build/board-object.ts';
import type { DrivePins } from './pins.ts';

export function drivePins(board: string): DrivePins {
  const b = boardObject(board);
  const { pump, valve } = b.sense ?? {};
  return {
    pump: { output: b.pump.output.pin, enable: b.pump.enable },
    valve: { output: b.valve.output.pin, enable: b.valve.enable },
    sense: pump === undefined || valve === undefined ? undefined : [pump, valve],
    modes: b.released,
    numerator: b.divider.numerator,
    denominator: b.divider.denominator,
    feed: b.deadMan,
  };
}
