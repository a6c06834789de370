/**
 * What a sweep keeps of every step, in flat typed arrays: the quiet window itself (detrended in place later), and the figures drawn from
 * it. One allocation at boot, reused by every measurement; 24 steps of 100 samples are ~440 interpreter
 * variables. Must never grow while a measurement runs.
 */

/** Most windows that one sweep keeps; a sweep of 66 s makes 12 to 18. */
export const MAX_STEPS = 24;
/** Most samples of one window: 2.8 s at the closest spacing, 30 ms. */
export const WINDOW_SAMPLES = 96;
/** Stored samples are whole numbers of 1/128 mmHg around the window's trend. */
export const SAMPLE_SCALE = 128;
/** Delays at which windows are compared with themselves: from the fastest heart's beat to beyond the slowest's, ms; most of them (a delay is two samples). */
const FIRST_LAG_MS = 320;
const LAST_LAG_MS = 1600;
const MAX_LAGS = 28;

export interface Steps {
  /** Windows kept so far. */
  count: number;
  /** Samples, window after window, `SAMPLE_SCALE` a mmHg. */
  samples: Int16Array;
  /** Samples in each window. */
  length: Uint8Array;
  /** Mean pressure of each window, mmHg. */
  pressure: Float32Array;
  /** Variance of the window about its cubic trend, mmHg^2: pulse plus noise. */
  energy: Float32Array;
  /** Variance of what is too fast for a pulse, mmHg^2: sensor noise and tremor. */
  noise: Float32Array;
  /** Coefficients of the window's trend: even 0 and 2, odd 1 and 3, about its middle. */
  trend: Float32Array;
  /** 1: the window has lost its trend. */
  flat: Uint8Array;
  /** 1: the window holds something that is not a pulse. */
  doubt: Uint8Array;
  /** The three pulse sizes, mmHg: sine fit, energy, low peak-to-peak; `MAX_STEPS` each. */
  sizes: Float32Array;
  /** Summed autocorrelation of the windows, each scaled to its own variance. */
  lags: Float32Array;
  /** Sum of the weights of the windows in `lags`. */
  votes: number;
  /** The same for each lag: a window's last lags are dropped when the next window ends before they are done. */
  voted: Float32Array;
  /** First lag of `lags` in use, and the one after the last. */
  firstLag: number;
  endLag: number;
  /** Time between two samples, ms. */
  spacing: number;
}

export function createSteps(): Steps {
  return {
    count: 0,
    samples: new Int16Array(MAX_STEPS * WINDOW_SAMPLES),
    length: new Uint8Array(MAX_STEPS),
    pressure: new Float32Array(MAX_STEPS),
    energy: new Float32Array(MAX_STEPS),
    noise: new Float32Array(MAX_STEPS),
    trend: new Float32Array(4 * MAX_STEPS),
    flat: new Uint8Array(MAX_STEPS),
    doubt: new Uint8Array(MAX_STEPS),
    sizes: new Float32Array(3 * MAX_STEPS),
    lags: new Float32Array(MAX_LAGS),
    votes: 0,
    voted: new Float32Array(MAX_LAGS),
    firstLag: 4,
    endLag: 21,
    spacing: 40,
  };
}

export function clearSteps(steps: Steps): void {
  steps.count = 0;
  steps.votes = 0;
  steps.flat.fill(0);
  steps.lags.fill(0);
  steps.voted.fill(0);
}

/** Time between two samples from now on, 30-60 ms, and with it which lags are looked at. */
export function setSpacing(steps: Steps, ms: number): void {
  steps.spacing = ms;
  steps.firstLag = Math.floor(FIRST_LAG_MS / (2 * ms));
  const end = Math.floor(LAST_LAG_MS / (2 * ms)) + 1;
  steps.endLag = end < MAX_LAGS ? end : MAX_LAGS;
}
