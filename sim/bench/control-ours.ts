/** The firmware as the benchmark meets it: the whole tick at a period, told what to hold; a trip vents and stays. */
import type { Regulator } from '../../src/control/regulator.ts';
import { FILE_SETTINGS } from '../../src/files.ts';
import { MAX_LOP_MMHG, MAX_SETPOINT_MMHG, MIN_LOP_MMHG } from '../../src/limits.ts';
import { noteTook } from '../../src/pace.ts';
import type { PressureSensor } from '../../src/ports.ts';
import { defaultSettings, encodeSettings, LOP_MEASURED } from '../../src/settings.ts';
import { LedCore } from '../core/led-core.ts';
import { silentPorts } from '../core/silent-ports.ts';
import type { Control, ControlMaker } from './control-drive.ts';

/** The benchmark's supply does not sag, mV. */
const RAIL_MV = 3700;

/** A gauge sensor that hands over what it is given, once. */
class FedSensor implements PressureSensor {
  readonly faults = 0;
  readonly traits;
  next = Number.NaN;

  constructor(ageMs: number, noiseMmHg: number) {
    this.traits = {
      ageMs: Math.round(ageMs),
      zeroMinMmHg: -100,
      zeroMaxMmHg: 2000,
      noiseMilliMmHg: Math.round(noiseMmHg * 1000),
      maxPeriodMs: 120,
      maxMmHg: 400,
      frozenMs: 1250,
    };
  }

  sample(): number {
    const mmHg = this.next;
    this.next = Number.NaN;
    return mmHg;
  }
}

function filesFor(lopMmHg: number): Record<string, string> {
  const lop = Math.min(MAX_LOP_MMHG, Math.max(MIN_LOP_MMHG, Math.round(lopMmHg)));
  const settings = {
    ...defaultSettings(),
    lopMmHg: lop,
    lopSource: LOP_MEASURED,
    maxMmHg: MAX_SETPOINT_MMHG,
  };
  return { [FILE_SETTINGS]: encodeSettings(settings) };
}

/** The firmware's tick at a period; `look` sees the regulator after each. */
export function oursAt(
  periodMs: number,
  look?: (r: Regulator, now: number, mmHg: number) => void,
): ControlMaker {
  return (_target, lop, ageMs, noise): Control => {
    const sensor = new FedSensor(ageMs, noise);
    const led = new LedCore(
      silentPorts(sensor, filesFor(lop), () => RAIL_MV),
      periodMs,
    );
    const c: Control = {
      periodMs,
      pump: 0,
      bleedMs: 0,
      vent: true,
      step(now, mmHg, fresh, target) {
        if (fresh || now === 0) sensor.next = mmHg;
        led.hold(target);
        led.tick(now + periodMs);
        look?.(led.core.regulator, now, mmHg);
        const t = led.core.tick;
        c.pump = t.outPump / 1000;
        c.bleedMs = t.outBleedMs;
        c.vent = t.outVent;
      },
    };
    c.took = (ms) => noteTook(led.core, ms);
    return c;
  };
}
