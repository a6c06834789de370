/** Wires a sensor part to the virtual board, as its record says; the code is the rig's. Knows no part by name. */
import { SENSORS, type SensorKind, type SensorParams } from '../../plant/sensor-params.ts';
import type { Machine } from '../machine.ts';
import { CommandPart, RegisterPart } from './bus-parts.ts';

/** The reference wiring's analogue input: D2, connector Q1. */
const ANALOG_PIN = 2;

/** Wire `part` where the reference wiring has it: the I2C parts to Q0, an analogue one through its divider to D2. */
export function attachSensor(machine: Machine, part: SensorKind | SensorParams): void {
  const { kind, wiring } = typeof part === 'string' ? SENSORS[part] : part;
  const rig = machine.rig;
  if (wiring.how === 'command') machine.bus.attach(wiring.address, new CommandPart(rig, wiring.command));
  else if (wiring.how === 'registers') machine.bus.attach(wiring.address, new RegisterPart(rig, wiring));
  else if (wiring.how === 'analog')
    machine.analogInputs.set(ANALOG_PIN, () => (rig.read().code / wiring.codes) * wiring.fullMv);
  else throw new RangeError(`${kind}: cannot be wired to a virtual board`);
}
