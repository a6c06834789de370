/** A wearer's bench for tests: the core on a nominal simulated thigh, with the button under the test's finger. */
import { CoreLevel } from '../../sim/core/core-level.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig, type RigSpec } from '../../sim/plant/rig.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { phaseName } from '../../src/phases.ts';
import { defaultSettings, encodeSettings, type Settings } from '../../src/settings.ts';

export interface BenchOptions {
  settings?: Partial<Settings>;
  progress?: string;
  files?: Record<string, string>;
  rig?: Partial<RigSpec>;
  seed?: number;
}

/** Someone with two sessions behind him and a measured occlusion pressure of 190 mmHg. */
export function bench(options: BenchOptions = {}): Bench {
  const settings = { ...defaultSettings(), lopMmHg: 190, lopSource: 1, ...options.settings };
  const spec: RigSpec = { plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS', ...options.rig };
  const rig = new Rig(spec, options.seed ?? 1);
  rig.setActivity('rest');
  const files = {
    [FILE_SETTINGS]: encodeSettings(settings),
    [FILE_PROGRESS]: options.progress ?? '1,2,2,1,0,0,0',
    ...options.files,
  };
  return new Bench(new CoreLevel(rig, { files }));
}

export class Bench {
  readonly level: CoreLevel;

  constructor(level: CoreLevel) {
    this.level = level;
  }

  get phase(): string {
    return phaseName(this.level.view.phase);
  }

  /** Run for `seconds`. */
  run(seconds: number): void {
    const until = this.level.rig.nowMs + seconds * 1000;
    while (this.level.rig.nowMs < until) this.level.nextTick();
  }

  /** Run until the phase has this name; fails after `seconds`. */
  until(phase: string, seconds: number): void {
    const limit = this.level.rig.nowMs + seconds * 1000;
    while (this.phase !== phase) {
      if (this.level.rig.nowMs > limit)
        throw new Error(`still ${this.phase} after ${seconds} s, not ${phase}`);
      this.level.nextTick();
    }
  }

  /** `times` short presses of `button`, and the time it takes to understand them. */
  tap(times: number, button = 1): void {
    for (let i = 0; i < times; i++) {
      const at = this.level.rig.nowMs + 1;
      this.level.button(button, true, at);
      this.level.button(button, false, at + 150);
      this.run(0.4);
    }
    this.run(0.8);
  }

  hold(seconds: number, button = 1): void {
    const at = this.level.rig.nowMs + 1;
    this.level.button(button, true, at);
    this.level.button(button, false, at + seconds * 1000);
    this.run(seconds + 0.2);
  }

  /** Idle, zeroed and ready to start. */
  settle(): void {
    this.run(9);
  }

  /** Into the first work phase. */
  start(): void {
    this.settle();
    this.tap(1);
    this.until('work', 60);
  }
}
