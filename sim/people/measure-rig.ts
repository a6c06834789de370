import { createRegulator, regulate } from '../../src/control/regulator.ts';
import { standardControlSettings } from '../../src/control/settings.ts';
import { CONVERT_MS, MAX_CUFF_MMHG, MAX_SETPOINT_MMHG } from '../../src/limits.ts';
import { createLop, LOP_DONE, type Lop, lopStep, startLop } from '../../src/occlusion/lop.ts';
import { createTick } from '../../src/tick.ts';
import { nominalLimb } from '../plant/limb.ts';
import { REFERENCE_THIGH } from '../plant/params.ts';
import { Rig } from '../plant/rig.ts';
import { SENSORS, type SensorKind } from '../plant/sensor.ts';
import { type Subject, traitsFor } from './measure.ts';
import { Person } from './person.ts';

/**
 * Measure one subject with the firmware's own regulator on the full plant: hose, valve edges, heat, the sensor's conversions. Slower than
 * the light cuff and there to check it.
 */
export function measureOnRig(who: Subject, sensor: SensorKind, careful: boolean, periodMs: number): Lop {
  const plant = { ...REFERENCE_THIGH, ...pick(who) };
  const person = new Person(who.person, plant, who.rng.fork('heart and motion'));
  const start = person.volumeMl(0, 0);
  const wearer = { volumeMl: (s: number, mmHg: number): number => person.volumeMl(s, mmHg) - start };
  const part = SENSORS[sensor];
  const rig = new Rig(
    { plant, limb: nominalLimb('rest'), sensor: part, wearer },
    who.rng.fork('rig').int(2 ** 31),
  );
  const traits = {
    ...traitsFor(part.noiseMmHg),
    maxMmHg: (part.codeMax - part.codeZero) / part.codesPerMmHg,
  };
  const lop = createLop(part.absolute ? { ...traits, maxMmHg: traits.maxMmHg - part.ambientMmHg } : traits);
  const regulator = createRegulator(standardControlSettings(), lop.traits);
  const t = createTick(periodMs);
  const zero = part.absolute ? part.ambientMmHg : 0;
  t.capMmHg = MAX_CUFF_MMHG;
  startLop(lop, { limb: 0, careful, maxMmHg: MAX_SETPOINT_MMHG });
  let conversions = 0;
  for (let now = periodMs; now < 260_000 && lop.state !== LOP_DONE; now += periodMs) {
    bleed(rig, t.outBleedMs, t.outVent, now);
    rig.convert();
    rig.advanceTo(now + CONVERT_MS);
    const reading = rig.read();
    t.now = now;
    t.dt = periodMs;
    t.fresh = reading.conversions !== conversions;
    conversions = reading.conversions;
    t.doubtful = false;
    t.raw = (reading.code - part.codeZero) / part.codesPerMmHg - zero;
    t.p = t.raw;
    t.railMv = rig.railMv;
    lopStep(lop, t);
    regulate(regulator, t);
    rig.pump = t.vent ? 0 : t.pump / 1000;
    t.outPump = t.pump;
    t.outBleedMs = t.vent ? 0 : t.bleedMs;
    t.outVent = t.vent;
    rig.valve = t.vent || t.outBleedMs > 0 ? 0 : 1;
  }
  return lop;
}

function bleed(rig: Rig, ms: number, vent: boolean, until: number): void {
  if (!vent && ms > 0 && rig.nowMs + ms < until) {
    rig.advanceTo(rig.nowMs + Math.round(ms));
    rig.valve = 1;
  }
  rig.advanceTo(until);
}

/** The subject's own cuff: volumes and creep; hose, pump and valve are the reference build's. */
function pick(who: Subject): Partial<typeof REFERENCE_THIGH> {
  const { limb, lopMmHg, residualMl, slackMl, slackMmHg, stretch } = who.plant;
  const { creepFast, creepFastS, creepSlow, creepSlowS, leakMmHgPerMin } = who.plant;
  return {
    limb,
    lopMmHg,
    residualMl,
    slackMl,
    slackMmHg,
    stretch,
    creepFast,
    creepFastS,
    creepSlow,
    creepSlowS,
    leakMmHgPerMin,
  };
}
