/**
 * Constants of the three regressions, fitted by sim/bench/lop-fit.ts on 1000 simulated people (seed 710001); docs/lop.md says on whom.
 * Intercept, then one factor a feature (flank.ts), for each pulse size. Expect a bias on real people.
 */
export const FITTED_SCALE = 10000;
// biome-ignore format: one row a pulse size
export const FITTED: readonly number[] = [
  4431, -944, 826, -2508, 611, 2138, 6975, 3460, 182, -318, -3130,
  38515, -2143, -728, 1263, 3282, 7085, 752, 755, 183, -26, -2798,
  21384, -827, -440, -1198, 2414, 7175, 4269, -799, -169, -38, -2264,
];
