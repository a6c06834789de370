/** Builds with one hidden fault each, and healthy ones: what the commissioning has to tell apart. Plain data. */
import type { Fault } from '../plant/faults.ts';
import { type PlantParams, REFERENCE_THIGH } from '../plant/params.ts';
import type { Random } from '../plant/random.ts';
import { SENSORS, type SensorParams } from '../plant/sensor-params.ts';
import { BUILD_KINDS, FOUR_NIMH, type Supply, supplied } from './supplies.ts';

/** A simulated build, as it came out of the workshop. */
export interface Build {
  readonly plant: PlantParams;
  readonly supply: Supply;
  readonly sensor: SensorParams;
  readonly faults: readonly Fault[];
  /** The valve shuts the cuff off without power: a three-port one on its other port. */
  readonly shutUnpowered: boolean;
  /** Pump and valve on each other's outputs. */
  readonly swapped: boolean;
  /** Enables that are not driven float up. */
  readonly noPullDown: boolean;
  readonly deadLease: boolean;
  readonly deadWatchdog: boolean;
  /** The output of the external dead-man is stuck high; only boards with one. */
  readonly deadMonostable: boolean;
  /** Whoever commissions it takes a full battery for the run with the hot valve. */
  readonly neverLow: boolean;
  /** A tick of its board takes so many times what it takes on the reference board. */
  readonly slowness: number;
}

const FITTED = {
  ...REFERENCE_THIGH,
  ...supplied(FOUR_NIMH),
  leakMmHgPerMin: 1,
  coilHeat: 0.2,
  pumpHeat: 0.05,
};

/** Nothing wrong with it. */
export const HEALTHY: Build = {
  plant: FITTED,
  supply: FOUR_NIMH,
  sensor: SENSORS.MPRLS,
  faults: [],
  shutUnpowered: false,
  swapped: false,
  noPullDown: false,
  deadLease: false,
  deadWatchdog: false,
  deadMonostable: false,
  neverLow: false,
  slowness: 1,
};

function plant(change: Partial<PlantParams>): Build {
  return { ...HEALTHY, plant: { ...FITTED, ...change } };
}

/** On a supply, or with a valve, that is not as it should be. */
function by(change: Partial<Supply>): Build {
  const supply = { ...FOUR_NIMH, ...change };
  return { ...plant(supplied(supply)), supply };
}

function sensor(change: Partial<SensorParams>): Build {
  return { ...HEALTHY, sensor: { ...SENSORS.MPRLS, ...change } };
}

/** One fault each. */
export const HIDDEN_FAULTS: Readonly<Record<string, Build>> = {
  leak: { ...HEALTHY, faults: [{ kind: 'leak', atMs: 0, mmHgPerMin: 30 }] },
  'fixed bleed': plant({ bleed: 0.005 }),
  'pump on its inlet': { ...HEALTHY, faults: [{ kind: 'pump-weak', atMs: 0, factor: -0.02 }] },
  'valve on the wrong port': { ...HEALTHY, shutUnpowered: true },
  'valve that does not pull in hot': by({ pullInMv: 4050 }),
  'hot valve that needs a full battery, and gets one': { ...by({ pullInMv: 3975 }), neverLow: true },
  'blocked sense line': { ...HEALTHY, faults: [{ kind: 'sense-line', atMs: 0 }] },
  // codes of a part of 30 psi, read as one of 25
  'wrong sensor range': sensor({ codesPerMmHg: (SENSORS.MPRLS.codesPerMmHg * 25) / 30 }),
  'sensor 5 % off': sensor({ gain: 0.05 }),
  'no relief valve': plant({ relief: null }),
  'late relief valve': plant({ relief: { crackMmHg: 345, flow: 60 } }),
  'relief valve too small': plant({ relief: { crackMmHg: 300, flow: 2 } }),
  'weak battery': by({ railMv: 4900, sag: 0.12 }),
  'swapped outputs': { ...HEALTHY, swapped: true },
  'missing pull-down': { ...HEALTHY, noPullDown: true },
  'dead watchdog': { ...HEALTHY, deadWatchdog: true },
  'dead lease': { ...HEALTHY, deadLease: true },
  'slow board': { ...HEALTHY, slowness: 1.6 },
};

/** A build from good parts, put together well, on one of the supplies of docs/build.md in turn: within what that page asks for. */
export function sampleHealthy(rng: Random, kind = BUILD_KINDS[0]): Build {
  const supply = kind?.draw(rng.fork('supply')) ?? FOUR_NIMH;
  const heat = rng.fork('heat');
  return {
    ...HEALTHY,
    supply,
    plant: {
      ...FITTED,
      ...supplied(supply),
      coilHeat: heat.range(0.1, 0.22),
      coilHeatS: heat.range(150, 450),
      pumpHeat: heat.range(0, 0.12),
      pumpHeatS: heat.range(60, 240),
      slackMl: rng.range(90, 200),
      stretch: rng.range(0.2, 0.45),
      creepFast: rng.range(0.02, 0.05),
      creepSlow: rng.range(0.03, 0.09),
      hoseM: rng.range(0.1, 0.3),
      barbBoreMm: rng.range(2.4, 3.2),
      leakMmHgPerMin: rng.range(0.3, 3),
      pumpFlow: rng.range(34, 52),
      pumpShutOff: rng.range(380, 520),
      valveC: rng.range(0.085, 0.16),
      relief: { crackMmHg: rng.range(288, 312), flow: rng.range(60, 90) },
    },
    sensor: {
      ...SENSORS.MPRLS,
      offsetMmHg: rng.range(-6, 6),
      gain: rng.range(-0.01, 0.01),
      noiseMmHg: rng.range(0.04, 0.1),
    },
  };
}
