/** Wires a sensor part to the virtual board, as its record says; the code is the rig's. Knows no part by name. */
import { SENSORS, type SensorKind, type SensorParams } from '../../plant/sensor-params.ts';
import type { Machine } from '../machine.ts';
import { Ads1115Part, CommandPart, RegisterPart } from './bus-parts.ts';
import { ClockedPart } from './clocked-part.ts';

/**
 * Wire `part` where the board has it: the I2C parts to its bus, an analogue one through its divider to its input, a clocked one to two pins.
 * `openReset`: nothing resets the part after its supply is up.
 */
export function attachSensor(machine: Machine, part: SensorKind | SensorParams, openReset = false): void {
  const { kind, wiring } = typeof part === 'string' ? SENSORS[part] : part;
  const { rig, layout } = machine;
  if (wiring.how === 'command' && wiring.fastSupply === true && openReset && !layout.switchedSupply) return;
  if (wiring.how === 'command') machine.bus.attach(wiring.address, new CommandPart(rig, wiring.command));
  else if (wiring.how === 'registers') machine.bus.attach(wiring.address, new RegisterPart(rig, wiring));
  else if (wiring.how === 'ads1115') machine.bus.attach(wiring.address, new Ads1115Part(rig));
  else if (wiring.how === 'analog' && layout.analog !== undefined)
    machine.analogInputs.set(layout.analog, () => {
      const r = rig.read();
      // with the part gone the divider pulls the input to ground
      return r.nak ? 0 : (r.code / wiring.codes) * wiring.fullMv;
    });
  else if (wiring.how === 'clocked' && layout.clocked !== undefined) clocked(machine, layout.clocked);
  else throw new RangeError(`${kind}: cannot be wired to a virtual ${layout.name}`);
}

function clocked(machine: Machine, pins: { readonly data: number; readonly clock: number }): void {
  const part = new ClockedPart(machine.rig, machine.pin(pins.data), machine.pin(pins.clock));
  machine.pinParts.push(() => part.follow());
}
