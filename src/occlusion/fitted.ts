/**
 * Constants of the three regressions, fitted by `npm run fit:lop` on 1200 simulated people of one family (seed 710001);
 * docs/lab/lop.md says on whom. One factor a feature (flank.ts), for each pulse size. Expect a bias on real people.
 * Must never be edited by hand: the command fits them anew.
 */
export const FITTED_SCALE = 10000;
// biome-ignore format: one row a pulse size
export const FITTED: readonly number[] = [
  -2007, 10904, -2184, -892, -2011,
  -2164, 10820, -3425, -894, -1637,
  -216, 10913, -2853, -1067, -1537,
];
