/** The sensor that this image is for. The build replaces this file by its choice; as it stands: the reference build. */
import type { ClockedSensor } from './clocked.ts';
import { MPRLS_ADDRESS, Mprls } from './mprls.ts';

export function openSensor(): ClockedSensor {
  return new Mprls({ sensor: { io: I2C1, address: MPRLS_ADDRESS } });
}
