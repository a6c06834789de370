/** What a damping volume is made of: the bottle, its line, how both are joined. Data only; its equations stand in bottle-air.ts. */

/** A bottle, its line and how it is joined. Pressures are gauge mmHg, NmL is mL of air at 760 mmHg and ambient temperature. */
export interface BottleParams {
  /** Inner volume, mL; 50-2000. A runner's flask has 250-500. */
  readonly ml: number;
  /** Line from the joint to the bottle: length, m, 0.02-1.5, and bore, mm, 1-12. */
  readonly lineM: number;
  readonly lineBoreMm: number;
  /** Narrowest fitting of that line, mm, 0.8-12, and the sum of the loss factors of entry, exit and fittings, 1-10. */
  readonly fittingBoreMm: number;
  readonly fittingLoss: number;
  /** Where the line joins: at the cuff, or at the pump's manifold, where the cuff's hose lies between the wave and the bottle. */
  readonly at: 'pump' | 'cuff';
  /**
   * Time constant of the heat exchange between the air and the wall, s; 0.05-20. An empty bottle lies between isothermal and adiabatic: the
   * layer of air that follows the wall's temperature in a wave of frequency f is sqrt(a / (pi f)) thick, with the diffusivity
   * a = 1.8e-5 m2/s of air at 1.15 atmospheres. That is 2.0 mm at 1.4 Hz and 3.6 mm at 0.45 Hz. A bottle of 0.5 L has 14 mm of volume
   * over surface. A single time constant that loses as much heat per cycle is 1.6 s and 2.7 s; jets from the line stir, so 2 s is typical and
   * 1-4 s are drawn. Metal wool in the bottle makes it nearly isothermal (0.1 s), and the bottle act 1.4 times as large.
   */
  readonly exchangeS: number;
  /** Leak of bottle and line at 150 mmHg, as the fall of the bottle alone, mmHg/min; 0-200. */
  readonly leakMmHgPerMin: number;
  /** The tap on the line: with `shut` the bottle is as good as taken off. */
  readonly tap: 'open' | 'shut';
  /** What the line's quick coupling does at the cuff when it is pulled off: a plain one is a hole of the line's bore. */
  readonly coupling: 'plain' | 'sealing';
}

/** The recommended one: a 0.5 L flask on the belt, 0.3 m of 5 mm hose, fittings of 4 mm, a coupling that seals. */
export const BELT_FLASK: BottleParams = {
  ml: 500,
  lineM: 0.3,
  lineBoreMm: 5,
  fittingBoreMm: 4,
  fittingLoss: 3,
  at: 'cuff',
  exchangeS: 2,
  leakMmHgPerMin: 2,
  tap: 'open',
  coupling: 'sealing',
};

/** What a bottle may be, for `--plant` files: least, most. */
export const BOTTLE_RANGES: Readonly<Record<string, readonly [number, number]>> = {
  ml: [50, 2000],
  lineM: [0.02, 1.5],
  lineBoreMm: [1, 12],
  fittingBoreMm: [0.8, 12],
  fittingLoss: [1, 10],
  exchangeS: [0.05, 20],
  leakMmHgPerMin: [0, 200],
};
