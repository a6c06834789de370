import { performance } from 'node:perf_hooks';
import { cuffVolume } from '../plant/compliance.ts';
import { nominalLimb } from '../plant/limb-params.ts';
import { NOMINAL_THIGH } from '../plant/params.ts';
import { Pneumatics } from '../plant/pneumatics.ts';
import { Rig } from '../plant/rig.ts';
import { drive } from './control-drive.ts';
import { oursAt } from './control-ours.ts';
import { SCENARIOS } from './control-scenarios.ts';
import { textTable } from './control-table.ts';

/** Speed of the simulator as a multiple of real time, and as a ratio to a bare loop of the same equations; best of three runs each. */
const SESSION_S = 300;

function best(run: () => number): number {
  let top = 0;
  for (let k = 0; k < 3; k += 1) {
    const from = performance.now();
    const simulatedS = run();
    const speed = simulatedS / ((performance.now() - from) / 1000);
    if (speed > top) top = speed;
  }
  return top;
}

/** Nothing but the equations, 1 ms steps, pump half of the time on, one call for 4 ms as the rig makes it. */
function bare(): number {
  const gas = new Pneumatics(NOMINAL_THIGH, 1);
  gas.rail = 1;
  gas.command = 1;
  for (let ms = 0; ms < SESSION_S * 1000; ms += 4) {
    gas.drive = ms % 4000 < 400 || ms < 8000 ? 1 : 0;
    gas.run(4, 0, 10 * Math.sin(ms / 400), 0, 0);
  }
  return SESSION_S;
}

/** Plant, limb and sensor, read every 40 ms, with no controller. */
function plantOnly(): number {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('legpress'), sensor: 'MPRLS' }, 1);
  rig.valve = 1;
  rig.setActivity('legpress');
  for (let ms = 40; ms <= SESSION_S * 1000; ms += 40) {
    rig.pump = ms % 4000 < 400 || ms < 8000 ? 1 : 0;
    rig.convert();
    rig.advanceTo(ms);
    rig.read();
  }
  return SESSION_S;
}

/** Plant and regulator with the benchmark's loop. */
function regulated(periodMs: number): number {
  const scenario = SCENARIOS.legpress;
  const draw = { seed: 1, plant: NOMINAL_THIGH, limb: nominalLimb('legpress'), sensor: sensorOf() };
  const run = drive(scenario, draw, oursAt(periodMs));
  return (run.p2.length * 10) / 1000;
}

function sensorOf(): Parameters<typeof drive>[1]['sensor'] {
  return new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('rest'), sensor: 'MPRLS' }, 1).sensor.params;
}

if (!(cuffVolume(NOMINAL_THIGH, 100) > 0)) throw new Error('nominal thigh has no volume');
const base = best(bare);
const rows: string[][] = [['', 'x real time', 'x bare loop']];
const add = (title: string, speed: number): void => {
  rows.push([title, speed.toFixed(0), (speed / base).toFixed(2)]);
};
add('bare 1 ms loop of the equations', base);
add('plant, limb and sensor', best(plantOnly));
add(
  'with the regulator, 40 ms',
  best(() => regulated(40)),
);
add(
  'with the regulator, 20 ms',
  best(() => regulated(20)),
);
process.stdout.write(
  `Speed of the simulator, leg press on the nominal thigh, best of three\n\n${textTable(rows)}\n`,
);
for (const seconds of [60, 300, 1200]) {
  const from = performance.now();
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('legpress'), sensor: 'MPRLS' }, 1);
  rig.valve = 1;
  rig.advanceTo(seconds * 1000);
  process.stdout.write(`one cuff, ${seconds} s: ${(performance.now() - from).toFixed(0)} ms\n`);
}
for (const cuffs of [1, 4, 16]) {
  const from = performance.now();
  for (let i = 0; i < cuffs; i += 1)
    new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('legpress'), sensor: 'MPRLS' }, i).advanceTo(60_000);
  process.stdout.write(`${cuffs} cuffs, 60 s each: ${(performance.now() - from).toFixed(0)} ms\n`);
}
