/**
 * Holding a resting limb: rare sized corrections against the mean over a heart beat, each followed by a time in which nothing is done.
 * Must never follow the pulse or the breath.
 */
import type { RegulateTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import { bleedBy, runPulse, startPulse, stopPulse } from './act.ts';
import { openCycle } from './cycle-balance.ts';
import { dropForecast, restartErrors, startWave, turnWave } from './forecast.ts';
import { dropJobs } from './jobs.ts';
import { startLevels } from './levels.ts';
import { MODE_LOOSE, MODE_REST, setMode } from './mode.ts';
import { awaitFirst } from './rhythm.ts';
import type { ReadonlyRegulator } from './state.ts';
import { restartStillness } from './stillness.ts';

/** Time constant of the limb's resting level, ms: longer than half a heart beat. Set by bench:control on the project's draw. */
const REST_MEAN_MS = 700;
/** Quiet after a correction, ms: the flow has died down, and the gas has its heat back (plant model: 0.1 to 0.5 s). */
const QUIET_MS = 300;
/** Quiet when a rest begins, ms. Set by bench:control on the project's draw. */
const SETTLE_MS = 60;
/** Thousandths of the setpoint: pumped up below this in the mean, or below this now. docs/lab/control.md, "How it works", 6. */
const LOW_MEAN = 14;
const LOW_NOW = 22;
/** Let out above this, thousandths of the setpoint, and how many tenths of what is too much. docs/lab/control.md: 20 instead of 25 within the noise. */
const HIGH = 25;
const HIGH_TENTHS = 8;
/** A pulse aims above the setpoint by one part in 250 of it, for what the cuff loses by itself. Set by bench:control on the project's draw. */
const ABOVE_PART = 250;
/** A limb that is this far from its mean, thousandths of the setpoint, moves. Set by bench:control on the project's draw. */
const MOVES = 45;

/** Written in this file only. */
export interface RestState {
  /** Resting level of the limb, slow mean. */
  restMmHg: MmHg;
  /** Nothing is started before this time. */
  quietUntilMs: Ms;
}

type RestOwner = ReadonlyRegulator & RestState;

/** The limb rests from here on. */
export function enterRest(r: RestOwner, t: RegulateTick): void {
  setMode(r, MODE_REST);
  stopPulse(r);
  r.quietUntilMs = t.now + SETTLE_MS;
  r.restMmHg = r.limbMmHg;
}

/** The limb has begun to move. Its old wave is kept: a new set is mostly like the last one. */
function enterLoose(r: RestOwner, t: RegulateTick): void {
  setMode(r, MODE_LOOSE);
  stopPulse(r);
  restartStillness(r, r.restMmHg);
  dropForecast(r);
  startWave(r);
  dropJobs(r);
  turnWave(r, 1);
  startLevels(r, r.restMmHg);
  awaitFirst(r);
  restartErrors(r);
  openCycle(r, t.now);
}

/** Starts a correction where mean or moment ask for one. */
function correct(r: RestOwner, t: RegulateTick): void {
  const error = r.restMmHg + r.ownAirMmHg - r.targetMmHg;
  const now = r.limbMmHg + r.ownAirMmHg - r.targetMmHg;
  const low = now * 1000 < -LOW_NOW * r.targetMmHg && error < 0;
  if (low || error * 1000 < -LOW_MEAN * r.targetMmHg) {
    startPulse(r, r.targetMmHg / ABOVE_PART - error);
    r.quietUntilMs = t.now + r.pulseLeftMs + QUIET_MS;
    runPulse(r, t);
    return;
  }
  const over = now < error ? now : error;
  if (over * 1000 > HIGH * r.targetMmHg) {
    bleedBy(r, t, (over * HIGH_TENTHS) / 10);
    r.quietUntilMs = t.now + QUIET_MS;
  }
}

/** A tick at rest. */
export function stepRest(r: RestOwner, t: RegulateTick): void {
  const limb = r.limbMmHg;
  r.restMmHg += ((limb - r.restMmHg) * t.dt) / REST_MEAN_MS;
  const off = limb - r.restMmHg;
  if ((off < 0 ? -off : off) * 1000 > MOVES * r.targetMmHg) enterLoose(r, t);
  else if (r.pulseLeftMs > 0) runPulse(r, t);
  else if (t.now >= r.quietUntilMs) correct(r, t);
}
