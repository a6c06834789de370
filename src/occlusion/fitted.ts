/**
 * Constants of the three regressions, fitted by sim/bench/lop-fit.ts on 1000 simulated people (seed 710001); docs/lop.md says on whom.
 * Intercept, then one factor a feature (flank.ts), for each pulse size. Expect a bias on real people.
 */
export const FITTED_SCALE = 10000;
// biome-ignore format: one row a pulse size
export const FITTED: readonly number[] = [
  5873, -18, -689, -1027, 771, 2129, 5930, 3638, -47, -315, -2645,
  24902, -911, -275, 97, 1312, 8204, 3496, -1047, 34, -505, -2249,
  23469, -820, -2032, 928, 3632, 6032, 3400, -878, -362, 500, -2069,
];
