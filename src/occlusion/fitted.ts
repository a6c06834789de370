/**
 * Constants of the three regressions, fitted by sim/bench/lop-fit.ts on 3000 simulated people (seed 710001); docs/lop.md says on whom.
 * Intercept, then one factor a feature (flank.ts), for each pulse size. Expect a bias on real people.
 */
export const FITTED_SCALE = 10000;
// biome-ignore format: one row a pulse size
export const FITTED: readonly number[] = [
  -6876, 73, -757, -1602, -228, 2957, 7467, 2852, -108, -337, -2120,
  18801, -488, -1801, -1425, 4207, 8236, 2529, -647, -313, -1, -1924,
  19123, -669, -1175, 420, 2973, 7296, 2474, -648, -263, -72, -1671,
];
