/** The firmware's regulator as a row of the control benchmark. */
import { createRegulator, type Regulator, regulate } from '../../src/control/regulator.ts';
import { standardControlSettings } from '../../src/control/settings.ts';
import { capOf } from '../../src/core.ts';
import { createTick } from '../../src/tick.ts';
import type { Control, ControlMaker } from './control-drive.ts';

/** The firmware's regulator at a period. */
export function oursAt(
  periodMs: number,
  look?: (r: Regulator, now: number, mmHg: number) => void,
): ControlMaker {
  return (_target, lop, ageMs, noise): Control => {
    const r = createRegulator(standardControlSettings(), {
      ageMs: Math.round(ageMs),
      zeroMinMmHg: -100,
      zeroMaxMmHg: 2000,
      noiseMilliMmHg: Math.round(noise * 1000),
      maxPeriodMs: 120,
      maxMmHg: 300,
      frozenConversions: 25,
    });
    const t = createTick(periodMs);
    t.capMmHg = capOf(Math.round(lop));
    let stale = 0;
    const c: Control = {
      periodMs,
      pump: 0,
      bleedMs: 0,
      vent: true,
      step(now, mmHg, fresh, target) {
        t.outPump = t.pump;
        t.outBleedMs = t.bleedMs;
        t.outVent = t.vent;
        t.now = now;
        t.dt = periodMs;
        stale = fresh ? 0 : stale + periodMs;
        if (fresh || now === 0) t.raw = mmHg;
        t.fresh = fresh;
        t.doubtful = stale > 130;
        t.setpoint = target;
        regulate(r, t);
        look?.(r, now, mmHg);
        c.pump = t.pump / 1000;
        c.bleedMs = t.bleedMs;
        c.vent = t.vent;
      },
    };
    return c;
  };
}
