/** One part of a drawn device exchanged for a better one; everything else stays as drawn. */
import { SENSORS } from '../plant/sensor-params.ts';
import type { Draw } from './control-draw.ts';

/** What a hobbyist could spend money on; the rest of the device stays as drawn. */
export const CHANGES = [
  'as drawn',
  'sensor on its own line at the cuff',
  'short wide hose',
  'pump twice as strong',
  'faster sensor',
  'all four',
] as const;

/** The same device and wearer with one part changed. */
export function changePlant(draw: Draw, change: string): Draw {
  const all = change === 'all four';
  let plant = draw.plant;
  let sensor = draw.sensor;
  if (all || change === 'sensor on its own line at the cuff') plant = { ...plant, sensorAt: 'cuff' };
  if (all || change === 'short wide hose')
    plant = { ...plant, hoseM: 0.15, hoseBoreMm: 4, barbBoreMm: Math.max(plant.barbBoreMm, 3) };
  if (all || change === 'pump twice as strong') plant = { ...plant, pumpFlow: plant.pumpFlow * 2 };
  if (all || change === 'faster sensor')
    sensor = { ...SENSORS.MPRLS, gain: sensor.gain, noiseMmHg: Math.min(sensor.noiseMmHg, 0.08) };
  return { ...draw, plant, sensor };
}
