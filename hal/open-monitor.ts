/** Opens the monitor that a board's wiring allows. Without sense pins it must never hand on a voltage: the rail reads as none. */
import { type MonitorPort, NO_RAIL } from '../src/ports.ts';
import type { Board } from './boards/board.ts';
import { ElectricalMonitor } from './monitor.ts';
import type { Pump } from './pump.ts';

const BLIND: MonitorPort = {
  readsTerminals: false,
  look(t) {
    t.railMv = NO_RAIL;
  },
};

export function openMonitor(board: Board, pump: Pump): MonitorPort {
  const sense = board.sense;
  if (sense === undefined) return BLIND;
  return new ElectricalMonitor({
    pump,
    sense,
    divider: board.divider,
    railOutput: board.railOutput,
    faults: board.faults,
  });
}
