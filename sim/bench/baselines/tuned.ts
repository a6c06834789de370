import type { PidTuning, SimcTuning } from './simple.ts';

/** Found by search.ts (`tsx sim/bench/baselines/search.ts pid`), on design seeds. */
export const TUNED_PID: PidTuning = { kp: 68.2, ki: 0.194, kd: 0.991, periodMs: 30 };
export const TUNED_SIMC: SimcTuning = { kc: 0.067, ti: 1.8, periodMs: 50, deadBand: 1 };
