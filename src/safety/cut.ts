/** Cuts the outputs from outside of a tick: for a button press and for the failing loop. Never throws. */
import { type Ports, VALVE_VENT } from '../ports.ts';

/** Each output on its own: one that throws must not keep the others from being cut. */
export function cutOutputs(ports: Ports): void {
  const cuts = [() => ports.valve.write(VALVE_VENT), () => ports.pump.write(0), () => ports.lease.drop()];
  for (const cut of cuts) attempt(cut);
}

function attempt(cut: () => void): void {
  try {
    cut();
  } catch (_e) {
    return;
  }
}
