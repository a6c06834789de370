/** The air of the reference build, with the lengths and bores that the simulator's reference plant has: one source for both. */
import { REFERENCE_THIGH } from '../plant/params.ts';
import { box, line, picture, words } from './drawing.ts';

/** Picture of pump, valves, cuff and lines. */
export function pneumaticsSvg(): string {
  const p = REFERENCE_THIGH;
  const relief = p.relief === null ? 'none' : `${p.relief.crackMmHg} mmHg`;
  const parts = [
    words(20, 30, 'The air. Thick: wide hose. Thin: sense line, nothing flows in it.', false),
    line('a', [
      [150, 105],
      [560, 105],
    ]),
    line('a', [
      [470, 105],
      [470, 200],
    ]),
    line('a', [
      [470, 260],
      [470, 300],
    ]),
    line('a', [
      [770, 160],
      [770, 200],
    ]),
    line('n', [
      [640, 160],
      [640, 330],
      [330, 330],
    ]),
    line('a d', [
      [890, 160],
      [890, 300],
    ]),
    box(20, 75, 130, 60, 'Pump', ['inlet: free air']),
    box(210, 75, 150, 60, 'Check valve', ['opens < 10 mmHg']),
    box(560, 60, 390, 100, 'CUFF', ['two ports', 'bladder 11 to 13 cm wide']),
    box(370, 200, 200, 60, 'VALVE, normally open', ['coil on = shut']),
    words(430, 318, 'exhaust, never closed', true),
    box(690, 200, 150, 60, 'RELIEF VALVE', [`${relief}, at the cuff`]),
    words(690, 278, 'nothing to close it off'),
    box(150, 300, 180, 60, 'Sensor', ['own line, 2 mm, ≤ 1 m']),
    box(800, 300, 150, 60, 'Bottle', ['runners: 0.25 to 1 L']),
    words(375, 92, `${p.hoseBoreMm} mm, ≤ ${p.hoseM} m`),
    words(484, 130, 'tee'),
    words(484, 190, '4 mm'),
  ];
  return picture(970, 380, 'Pneumatics of the reference build', parts);
}
