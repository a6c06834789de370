import { Rig } from '../plant/rig.ts';
import { changePlant } from './control-changes.ts';
import { type Draw, drawOne } from './control-draw.ts';
import { drive } from './control-drive.ts';
import { entryOf } from './control-entries.ts';
import { type Metrics, measure } from './control-metrics.ts';
import type { Done, Task } from './control-pool.ts';
import { type BenchScenario, SCENARIOS } from './control-scenarios.ts';
import { limitOf } from './limit.ts';
import { neededDuty } from './rest-need.ts';

/** Pump full on, valve shut, from the vented cuff. */
function pumpLimited(scenario: BenchScenario, draw: Draw): number {
  const target = Math.round((draw.plant.lopMmHg * scenario.percent) / 100);
  const rig = new Rig(
    {
      plant: draw.plant,
      limb: { ...draw.limb, kind: 'rest' },
      sensor: draw.sensor,
      targetMmHg: (draw.plant.lopMmHg * scenario.percent) / 100,
    },
    draw.seed,
  );
  rig.advanceTo(800);
  rig.valve = 1;
  rig.pump = 1;
  for (let now = 810; now < 120_000; now += 10) {
    rig.advanceTo(now);
    if (rig.p2 >= 0.97 * target) return (now - 800) / 1000;
  }
  return Number.POSITIVE_INFINITY;
}

process.on('message', (task: Task) => {
  const scenario = SCENARIOS[task.scenario];
  const drawn = drawOne(scenario, task.seed, task.index, task.build);
  const draw = task.change === undefined ? drawn : changePlant(drawn, task.change);
  const metrics: Record<string, Metrics> = {};
  for (const key of task.keys) metrics[key] = measure(scenario, drive(scenario, draw, entryOf(key).make));
  const done: Done = {
    task,
    metrics,
    limit: task.limit ? limitOf(scenario, draw, true) : null,
    pumpLimitedS: pumpLimited(scenario, draw),
    neededDuty: neededDuty(scenario, draw),
  };
  process.send?.(done);
});
process.on('disconnect', () => process.exit(0));
