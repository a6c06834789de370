/** The air of the reference build, with the lengths and bores that the simulator's reference plant has: one source for both. */
import { REFERENCE_THIGH } from '../plant/params.ts';
import { box, line, picture, words } from './drawing.ts';

/** Hose to the cuff that healthy builds of the commissioning have at most, m. */
const MOST_HOSE_M = 0.3;

/** Picture of pump, valves, cuff and lines. */
export function pneumaticsSvg(): string {
  const p = REFERENCE_THIGH;
  const relief = p.relief === null ? 'none' : `${p.relief.crackMmHg} mmHg`;
  const parts = [
    words(20, 30, 'The air. Thick: wide hose. Thin: sense line, nothing flows in it.', false),
    line('a', [
      [150, 105],
      [580, 105],
    ]),
    line('a', [
      [470, 105],
      [470, 290],
    ]),
    line('a', [
      [790, 160],
      [790, 200],
    ]),
    line('n', [
      [640, 160],
      [640, 370],
      [230, 370],
    ]),
    line('a d', [
      [920, 160],
      [920, 340],
    ]),
    '<circle cx="470" cy="105" r="6"/>',
    box(20, 75, 130, 60, 'Pump', ['inlet: free air']),
    box(200, 75, 160, 60, 'Check valve', ['opens < 10 mmHg']),
    box(580, 50, 400, 110, 'CUFF', ['two ports, on the cuff itself', 'bladder 11 to 13 cm wide']),
    words(590, 148, 'second port: sense line'),
    box(365, 200, 210, 66, 'VALVE, normally open', ['coil on = shut', 'third port (NC): plugged']),
    words(484, 286, 'NO port to the open air,'),
    words(484, 302, 'never closed'),
    box(680, 200, 200, 60, 'RELIEF VALVE', [`${relief}, at the cuff`]),
    words(680, 278, 'nothing to close it off'),
    box(30, 340, 200, 60, 'Sensor', ['own line, 2 mm, ≤ 1 m']),
    box(800, 340, 180, 60, 'Bottle, for runners', ['0.25 to 1 L, no tap']),
    words(375, 92, `${p.hoseBoreMm} mm, ${p.hoseM} m, at most ${MOST_HOSE_M} m`),
    words(484, 128, 'tee'),
    words(484, 186, '4 mm, to the COM port'),
  ];
  return picture(1000, 420, 'Pneumatics of the reference build', parts);
}
