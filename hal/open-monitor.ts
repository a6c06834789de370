/** Opens the monitor that a board's wiring allows. Without sense pins it must never hand on a voltage: the rail reads as none. */
import { type MonitorPort, NO_RAIL } from '../src/ports.ts';
import type { Board } from './boards/board.ts';
import { DirectMonitor } from './direct-monitor.ts';
import { ElectricalMonitor, type MonitorOptions } from './monitor.ts';
import type { Pump } from './pump.ts';

/** For a board that reads nothing back. */
export function openBlindMonitor(): MonitorPort {
  return {
    readsTerminals: false,
    look(t) {
      t.railMv = NO_RAIL;
    },
  };
}

/** For a board whose rail is read on a free output of the pump's driver; it has all of that. */
export function openBridgeMonitor(board: Board, pump: Pump): MonitorPort {
  return new ElectricalMonitor({
    pump,
    sense: board.sense as MonitorOptions['sense'],
    divider: board.divider,
    railOutput: board.railOutput as Pin,
    faults: board.faults as MonitorOptions['faults'],
  });
}

/** For a board whose rail has a divider of its own. */
export function openDirectMonitor(board: Board): MonitorPort {
  const sense = board.sense;
  if (sense === undefined) return openBlindMonitor();
  return new DirectMonitor({ sense, divider: board.divider, faults: board.faults });
}
