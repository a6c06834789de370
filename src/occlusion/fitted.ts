/**
 * Constants of the three regressions, fitted by sim/bench/lop-fit.ts on 2500 simulated people (seed 710001); docs/lop.md says on whom.
 * Intercept, then one factor a feature (flank.ts), for each pulse size. Expect a bias on real people.
 */
export const FITTED_SCALE = 10000;
// biome-ignore format: one row a pulse size
export const FITTED: readonly number[] = [
  -8303, -86, -1121, -1185, 314, 3434, 7075, 2424, -178, -359, -2206,
  13400, 2, -1677, -1566, 3676, 8000, 3380, -803, -250, -449, -2023,
  16964, -1061, 189, -436, 2700, 7493, 2537, -557, -353, -199, -1764,
];
