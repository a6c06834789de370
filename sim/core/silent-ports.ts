/** Ports of a core that nobody sees: what is driven is read from the core's own record, a fixed supply, a store in memory. */
import type { Ports, PressureSensor } from '../../src/ports.ts';
import { MemoryStore } from './store.ts';

/** Ports around `sensor`; `railMv` is asked for the motor supply, mV. */
export function silentPorts(
  sensor: PressureSensor,
  files: Readonly<Record<string, string>>,
  railMv: () => number,
): Ports {
  const nothing = (): void => undefined;
  return {
    sensor,
    pump: { write: nothing },
    valve: { write: nothing },
    lease: { renew: () => true, drop: nothing },
    monitor: {
      readsTerminals: false,
      look: (into) => {
        into.railMv = railMv();
      },
    },
    indicator: { write: nothing },
    watchdog: { kick: nothing },
    store: new MemoryStore(files),
    link: { write: nothing, writeProven: nothing, writeRows: nothing, taken: nothing },
    relay: { stop: nothing },
    buttons: { look: nothing },
    service: { request: nothing },
  };
}
