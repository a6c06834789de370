/** Which sensor parts can be wired to the virtual board, and where. */
import type { Machine } from '../machine.ts';
import { MprlsPart } from './mprls.ts';
import { XgzpPart } from './xgzp6847d.ts';

/** Sensor parts that can be wired to the virtual board. */
export type SensorPart = 'MPRLS' | 'ABP2' | 'XGZP6847D' | 'MPX5050-12';

const MPX_PIN = 2;
const MPX_SUPPLY_MV = 5000;
const MPX_CODES = 4095;
const MPX_DIVIDER = 2 / 3;

/** Wire `part` where the reference wiring has it: the I2C parts to Q0, the analogue one through its divider to D2. */
export function attachSensor(machine: Machine, part: SensorPart): void {
  if (part === 'MPRLS') machine.bus.attach(0x18, new MprlsPart(machine.rig));
  else if (part === 'ABP2') machine.bus.attach(0x28, new MprlsPart(machine.rig));
  else if (part === 'XGZP6847D') machine.bus.attach(0x6d, new XgzpPart(machine.rig));
  else
    machine.analogInputs.set(
      MPX_PIN,
      () => (machine.rig.read().code / MPX_CODES) * MPX_SUPPLY_MV * MPX_DIVIDER,
    );
}
