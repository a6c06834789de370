/** `npm run docs:pictures`: the pictures of docs/tuning.md and docs/commissioning.md, each from a run of its own. */
import { defaultSettings, LOP_ENTERED, type Settings } from '../../src/settings.ts';
import { type Exercise, nominalLimb } from '../plant/limb-params.ts';
import { NOMINAL_ARM, NOMINAL_THIGH, type PlantParams, REFERENCE_THIGH } from '../plant/params.ts';
import { Rig } from '../plant/rig.ts';
import { SENSORS } from '../plant/sensor-params.ts';
import type { RunLog } from '../report/run-log.ts';
import { type Chart, chartSvg, type Line } from '../tune/chart.ts';
import { commission, dummyLimb } from '../tune/commission.ts';
import { commissionMmHg } from '../tune/commission-protocol.ts';
import { fitSettings, runTrial, shareOf, trialProtocol } from '../tune/trial.ts';

const BLUE = '#0b6fb8';
const RED = '#c2410c';

interface Side {
  readonly label: string;
  readonly color: string;
  readonly plant: PlantParams;
  readonly settings?: Partial<Settings>;
}

function base(plant: PlantParams, changes: Partial<Settings>): Settings {
  const known = { lopMmHg: Math.round(plant.lopMmHg), lopSource: LOP_ENTERED };
  return { ...defaultSettings(), ...known, minStartMv: 2600, minRailMv: 2400, ...changes };
}

/** A trial of one side; time counts from its first row, the pressure is the true one in the cuff. */
function lineOf(side: Side, motion: Exercise, strips: boolean): Line {
  const on = { plant: side.plant, limb: nominalLimb(motion), sensor: SENSORS.MPRLS, seed: 11 };
  const settings = fitSettings(base(side.plant, side.settings ?? {}), side.plant);
  const log: RunLog = runTrial(on, settings, trialProtocol(motion), motion);
  const c = log.columns;
  const from = c.vent.indexOf(0);
  const at = c.tMs[from] ?? 0;
  const rows = Array.from(c.tMs.keys()).slice(from, log.rows);
  return {
    label: side.label,
    color: side.color,
    s: rows.map((i) => ((c.tMs[i] ?? 0) - at) / 1000),
    mmHg: rows.map((i) => c.p2[i] ?? 0),
    ...(strips
      ? {
          pump: rows.map((i) => (c.pump[i] ?? 0) / 1000),
          valve: rows.map((i) => (c.bleedMs[i] ?? 0) / log.header.tickMs),
        }
      : {}),
  };
}

function targetOf(plant: PlantParams, motion: Exercise): number {
  return (Math.round(plant.lopMmHg) * shareOf(motion)) / 1000;
}

type Drawn = Omit<Chart, 'command'>;

function compared(
  title: string,
  motion: Exercise,
  sides: readonly Side[],
  view: readonly [number, number, number, number],
  strips = true,
): Drawn {
  const [fromS, toS, lowMmHg, highMmHg] = view;
  const target = targetOf((sides[0] as Side).plant, motion);
  return {
    title,
    fromS,
    toS,
    lowMmHg,
    highMmHg,
    target,
    lines: sides.map((side) => lineOf(side, motion, strips)),
  };
}

const THIN: PlantParams = { ...NOMINAL_THIGH, hoseM: 1.2, hoseBoreMm: 2, barbBoreMm: 1.2, pumpFlow: 50 };

function commissioningChart(): Drawn {
  const plant = REFERENCE_THIGH;
  const settings = base(plant, {});
  const rig = new Rig({ plant, limb: dummyLimb(), sensor: 'MPRLS' }, 3);
  const { trace } = commission(rig, settings, 'picture');
  const from = trace.vent.indexOf(0);
  const at = trace.tMs[from] ?? 0;
  const cut = <T>(list: readonly T[]): readonly T[] => list.slice(from);
  return {
    title: 'Commissioning: fill, hold, step down by bleeds, vent; fill again, vent from the top',
    fromS: 0,
    toS: Math.ceil(((trace.tMs[trace.tMs.length - 1] ?? 0) - at) / 1000),
    lowMmHg: 0,
    highMmHg: commissionMmHg(settings) + 20,
    lines: [
      {
        label: 'reading of the device',
        color: BLUE,
        s: cut(trace.tMs).map((t) => (t - at) / 1000),
        mmHg: cut(trace.mmHg),
        pump: cut(trace.pump),
        valve: cut(trace.bleedMs).map((ms, i) => (cut(trace.vent)[i] === 1 ? 1 : ms)),
      },
    ],
  };
}

/** Each picture by name. */
export const PICTURES: Readonly<Record<string, () => Drawn>> = {
  'tuning-fill': () =>
    compared(
      'A small cuff and a big pump: fill as fast as it goes, and at 10 mmHg/s',
      'curl',
      [
        { label: 'fillMmHgPerS 0', color: RED, plant: NOMINAL_ARM },
        { label: 'fillMmHgPerS 10', color: BLUE, plant: NOMINAL_ARM, settings: { fillMmHgPerS: 10 } },
      ],
      [0, 14, 0, 100],
    ),
  'tuning-pump': () =>
    compared(
      'Leg press: a pump of 0.8 L/min cannot put back what the wave takes, one of 2.4 L/min can',
      'legpress',
      [
        { label: '0.8 L/min', color: RED, plant: { ...NOMINAL_THIGH, pumpFlow: 14 } },
        { label: '2.4 L/min', color: BLUE, plant: NOMINAL_THIGH },
      ],
      [50, 66, 110, 200],
    ),
  'tuning-leak': () =>
    compared(
      'Sitting still: a sound cuff, and one that loses 60 mmHg/min',
      'walk',
      [
        { label: '60 mmHg/min', color: RED, plant: { ...NOMINAL_THIGH, leakMmHgPerMin: 60 } },
        { label: '3 mmHg/min', color: BLUE, plant: NOMINAL_THIGH },
      ],
      [92, 112, 80, 110],
    ),
  'tuning-sensor': () =>
    compared(
      'Leg press on a thin hose: sensor at the pump, and on a line of its own at the cuff',
      'legpress',
      [
        { label: 'sensor at the pump', color: RED, plant: THIN },
        { label: 'sensor at the cuff', color: BLUE, plant: { ...THIN, sensorAt: 'cuff' } },
      ],
      [50, 66, 110, 200],
    ),
  'tuning-save': () =>
    compared(
      'Walking: as well as possible, and with the energy mode at its highest',
      'walk',
      [
        { label: 'savePercent 0', color: RED, plant: NOMINAL_THIGH },
        { label: 'savePercent 100', color: BLUE, plant: NOMINAL_THIGH, settings: { savePercent: 100 } },
      ],
      [60, 72, 70, 120],
    ),
  commissioning: commissioningChart,
};

export function pictureSvg(name: string): string {
  const make = Object.hasOwn(PICTURES, name) ? PICTURES[name] : undefined;
  if (make === undefined)
    throw new RangeError(`no picture "${name}"; there are ${Object.keys(PICTURES).join(', ')}`);
  return chartSvg({ ...make(), command: `npm run docs:pictures -- ${name}` });
}
