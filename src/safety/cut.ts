/** Cuts the outputs from outside of a tick: for a button press and for the failing loop. Never throws. */
import { type Ports, VALVE_VENT } from '../ports.ts';

/**
 * Each output on its own: one that throws must not keep the other from being cut. The lease is left to run out: it cuts by
 * hardware what a throwing port has left on.
 */
export function cutOutputs(ports: Ports): void {
  const cuts = [() => ports.valve.write(VALVE_VENT), () => ports.pump.write(0)];
  for (const cut of cuts) attempt(cut);
}

function attempt(cut: () => void): void {
  try {
    cut();
  } catch (_e) {
    return;
  }
}
