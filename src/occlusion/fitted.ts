/**
 * Constants of the three regressions, fitted by sim/bench/lop-fit.ts on 5000 simulated people (seed 710001); docs/lop.md says on whom.
 * Intercept, then one factor a feature (flank.ts), for each pulse size. Expect a bias on real people.
 * Must never be edited by hand: the command fits them anew.
 */
export const FITTED_SCALE = 10000;
// biome-ignore format: one row a pulse size
export const FITTED: readonly number[] = [
  -1084, -1116, -1471, -165, 723, 2682, 6690, 2541, -31, 637, -1080, 650, -2383, -4309, -5837, -523, 1699,
  883, -1011, -2582, 395, 3906, 6364, 1593, 2000, -25, -250, -697, 766, -2603, -8533, -6186, -429, 1184,
  8405, -1301, -1204, -563, 4138, 5375, 1763, 1974, -166, 508, -844, 25, -1781, -6222, -5390, -421, 1248,
];
