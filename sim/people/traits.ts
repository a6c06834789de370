/** What one simulated person is made of. */
import type { Artery } from '../plant/artery.ts';
import type { WaveName } from './waves.ts';

/** How the wearer behaves while the measurement runs. */
export type Behaviour = 'rest' | 'move';

/** What one simulated wearer is made of. Pressures in mmHg, times in s, volumes in mL unless said otherwise. */
export interface PersonTraits {
  /** What the measurement should find: mean systolic pressure / eta. 110-240. */
  readonly lopMmHg: number;
  readonly artery: Artery;
  /** Mean systolic and diastolic pressure at the artery under the cuff. */
  readonly systolic: number;
  readonly diastolic: number;
  /** Beats a minute, 45-120. */
  readonly heartRate: number;
  /** Irregularity of the beat interval as a share (SD); sinus 0.01-0.05, atrial fibrillation 0.15-0.28. */
  readonly intervalSpread: number;
  /** True: atrial fibrillation (intervals independent, pulses follow the interval before). */
  readonly fibrillation: boolean;
  /** Share of beats that come early and weak, 0-0.12. */
  readonly ectopic: number;
  /** Beat-to-beat systolic SD: 1-3, in arrhythmia 4-8. */
  readonly systolicSpread: number;
  /** Breath: rate in Hz, 0.15-0.35; swing of systolic pressure (+-), 1.5-4; swing of the sealed cuff p-p, 0.2-1.5 mmHg. */
  readonly breathHz: number;
  readonly breathSystolic: number;
  readonly breathMmHg: number;
  /** Shape of the arterial pulse over a beat. */
  readonly wave: WaveName;
  /** Share of the beat until the systolic peak 0.12-0.3, decay shape 1.5-4.5, height of the dicrotic wave 0-0.2. */
  readonly rise: number;
  readonly decay: number;
  readonly notch: number;
  /** Time for the pressure beyond the cuff to fall, 0.4-5, and to rise while the artery is wide open, 0.02-0.08. */
  readonly runOffS: number;
  readonly refillS: number;
  /** Transmural pressure from which it is wide open, 10-30; below, it lets through in proportion. */
  readonly opensMmHg: number;
  /** Slow drift of systolic pressure over the run, mmHg per 60 s, +-4. */
  readonly drift: number;
  /** Mayer waves of the systolic pressure, +- mmHg, and their frequency, 0.07-0.13 Hz. */
  readonly mayerMmHg: number;
  readonly mayerHz: number;
  /** Tremor, mmHg p-p in the sealed cuff (0 in most people), and its frequency, 8-12 Hz. */
  readonly tremorMmHg: number;
  readonly tremorHz: number;
  /** Events a second: bumps, fidgets, coughs. */
  readonly bumps: number;
  readonly fidgets: number;
  readonly coughs: number;
  /** Wearer who moves: size of the wave in the sealed cuff, mmHg p-p (0 at rest), its frequency and the share of time it is on. */
  readonly motionMmHg: number;
  readonly motionHz: number;
  readonly motionShare: number;
}
