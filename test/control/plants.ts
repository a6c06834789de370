import type { Draw } from '../../sim/bench/control-draw.ts';
import { drive, type Run } from '../../sim/bench/control-drive.ts';
import { type Metrics, measure } from '../../sim/bench/control-metrics.ts';
import { oursAt } from '../../sim/bench/control-ours.ts';
import type { BenchScenario } from '../../sim/bench/control-scenarios.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH, type PlantParams } from '../../sim/plant/params.ts';
import { SENSORS, type SensorKind, type SensorParams } from '../../sim/plant/sensor-params.ts';

export const FILL = { kind: 'fill', activity: 'rest', seconds: 45 } as const;
export const SETTLE = { kind: 'settle', activity: 'rest', seconds: 10 } as const;

/** A nominal thigh with an ideal sensor, changed where a test needs it. */
export function drawOf(
  kind: Draw['limb']['kind'],
  plant: Partial<PlantParams> = {},
  sensor: SensorKind | SensorParams = 'MPRLS',
  seed = 5,
): Draw {
  return {
    seed,
    plant: { ...NOMINAL_THIGH, ...plant },
    limb: nominalLimb(kind),
    sensor: typeof sensor === 'string' ? SENSORS[sensor] : sensor,
  };
}

/** One session of our regulator on one draw. */
export function session(
  scenario: BenchScenario,
  draw: Draw,
  periodMs: number,
): { run: Run; metrics: Metrics } {
  const run = drive(scenario, draw, oursAt(periodMs));
  return { run, metrics: measure(scenario, run) };
}

export function resting(seconds: number, percent = 80): BenchScenario {
  return {
    name: 'rest',
    title: 'rest',
    limb: 'rest',
    percent,
    stretches: [FILL, { kind: 'rest', activity: 'rest', seconds }],
  };
}

export function moving(
  kind: 'legpress' | 'walk' | 'run' | 'cycle',
  percent: number,
  seconds = 40,
): BenchScenario {
  return {
    name: kind,
    title: kind,
    limb: kind,
    percent,
    stretches: [
      FILL,
      SETTLE,
      { kind: 'move', activity: kind, seconds },
      { kind: 'rest', activity: 'rest', seconds: 20 },
    ],
  };
}
