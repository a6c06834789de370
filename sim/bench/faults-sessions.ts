/** The sessions in which faults are planted and false alarms are looked for: short, but with every phase in them. */
import { MAX_LOP_PERMILLE } from '../../src/limits.ts';
import type { Protocol, Step } from '../../src/session/protocol.ts';
import { STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import type { Activity, LimbParams } from '../plant/limb-params.ts';

export interface SessionShape {
  readonly name: string;
  readonly limb: 'thigh' | 'arm';
  readonly kind: LimbParams['kind'];
  /** What the wearer does in work phases and in rests. */
  readonly work: Activity;
  readonly rest: Activity;
  /** Pressure as a share of LOP. */
  readonly permille: number;
  /** Alternating work and rest, s; a negative rest is one with the cuff released. */
  readonly seconds: readonly number[];
}

export const SHAPES: readonly SessionShape[] = [
  {
    name: 'rest',
    limb: 'thigh',
    kind: 'rest',
    work: 'rest',
    rest: 'rest',
    permille: MAX_LOP_PERMILLE,
    seconds: [150],
  },
  {
    name: 'legpress',
    limb: 'thigh',
    kind: 'legpress',
    work: 'legpress',
    rest: 'rest',
    permille: MAX_LOP_PERMILLE,
    seconds: [66, 30, 33, 30, 33, 10],
  },
  {
    name: 'run',
    limb: 'thigh',
    kind: 'run',
    work: 'run',
    rest: 'stand',
    permille: 500,
    seconds: [120, 30, 40],
  },
  {
    name: 'walk',
    limb: 'thigh',
    kind: 'walk',
    work: 'walk',
    rest: 'stand',
    permille: 500,
    seconds: [100, 30, 60],
  },
  {
    name: 'run-released',
    limb: 'thigh',
    kind: 'run',
    work: 'run',
    rest: 'stand',
    permille: 500,
    seconds: [70, -45, 70],
  },
  {
    name: 'stop-start',
    limb: 'thigh',
    kind: 'walk',
    work: 'walk',
    rest: 'rest',
    permille: 500,
    seconds: [12, 8, 15, 6, 20, 10, 10, 5, 25, 20],
  },
  {
    name: 'curl',
    limb: 'arm',
    kind: 'curl',
    work: 'curl',
    rest: 'rest',
    permille: 500,
    seconds: [60, 30, 30, 30, 30, 10],
  },
];

/** The shape as a protocol of the firmware. */
export function protocolOf(shape: SessionShape): Protocol {
  const steps: Step[] = shape.seconds.map((s, i) => ({
    kind: i % 2 === 0 ? STEP_WORK : STEP_REST,
    ms: Math.abs(s) * 1000,
    permille: s < 0 ? 0 : shape.permille,
    mmHg: 0,
    rampMmHgPerS: 0,
  }));
  return { id: shape.name, activity: 0, stage: 0, steps };
}
