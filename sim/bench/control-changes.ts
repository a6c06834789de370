/** One part of a drawn device exchanged for a better one; everything else stays as drawn. */
import { BELT_FLASK, type BottleParams } from '../plant/bottle-params.ts';
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
  'bottle of 0.25 L',
  'bottle of 0.5 L',
  'bottle of 1 L',
  'bottle of 0.5 L on a line of 3 mm',
] as const;

/** Bottles of the table by name; the line is that of the recommended one. */
const BOTTLES: Readonly<Record<string, BottleParams>> = {
  'bottle of 0.25 L': { ...BELT_FLASK, ml: 250 },
  'bottle of 0.5 L': BELT_FLASK,
  'bottle of 1 L': { ...BELT_FLASK, ml: 1000 },
  'bottle of 0.5 L on a line of 3 mm': { ...BELT_FLASK, lineBoreMm: 3, fittingBoreMm: 2.2 },
};

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
  const bottle = BOTTLES[change];
  if (bottle !== undefined) plant = { ...plant, bottle };
  return { ...draw, plant, sensor };
}
