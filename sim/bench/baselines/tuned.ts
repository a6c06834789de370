import type { PidTuning, SimcTuning } from './simple.ts';

/** Found by search.ts (`tsx sim/bench/baselines/search.ts pid`), on design seeds. */
export const TUNED_PID: PidTuning = { kp: 59, ki: 0.84, kd: 0.97, periodMs: 30 };
export const TUNED_SIMC: SimcTuning = { kc: 0.265, ti: 0.02, periodMs: 30, deadBand: 0.61 };
