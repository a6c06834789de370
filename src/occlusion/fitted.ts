/**
 * Constants of the three regressions, fitted by sim/bench/lop-fit.ts on 3000 simulated people (seed 710001); docs/lop.md says on whom.
 * Intercept, then one factor a feature (flank.ts), for each pulse size. Expect a bias on real people.
 */
export const FITTED_SCALE = 10000;
// biome-ignore format: one row a pulse size
export const FITTED: readonly number[] = [
  -6289, 50, -735, -1577, -284, 2982, 7526, 2808, -98, -359, -2124,
  18813, -492, -1781, -1412, 4113, 8247, 2579, -652, -307, 2, -1922,
  19880, -694, -1074, 258, 3168, 7286, 2353, -631, -269, -66, -1665,
];
