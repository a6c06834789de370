/** The sessions in which faults are planted and false alarms are looked for: short, but with every phase in them. */
import { MAX_LOP_PERMILLE } from '../../src/limits.ts';
import type { Protocol, Step } from '../../src/session/protocol.ts';
import { STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import type { Activity, LimbParams } from '../plant/limb-params.ts';

/** Sit still with the cuff on; move; rest with the cuff on; rest with the cuff released. */
export type What = 'settle' | 'work' | 'rest' | 'released';

export interface SessionShape {
  readonly name: string;
  readonly limb: 'thigh' | 'arm';
  readonly kind: LimbParams['kind'];
  /** What the wearer does in work phases and in rests. */
  readonly work: Activity;
  readonly rest: Activity;
  /** Pressure as a share of LOP. */
  readonly permille: number;
  /** What is done, one after the other, and for how long, s. */
  readonly steps: readonly (readonly [What, number])[];
}

export const SHAPES: readonly SessionShape[] = [
  {
    name: 'rest',
    limb: 'thigh',
    kind: 'rest',
    work: 'rest',
    rest: 'rest',
    permille: MAX_LOP_PERMILLE,
    steps: [['settle', 150]],
  },
  {
    name: 'legpress',
    limb: 'thigh',
    kind: 'legpress',
    work: 'legpress',
    rest: 'rest',
    permille: MAX_LOP_PERMILLE,
    steps: [
      ['settle', 25],
      ['work', 66],
      ['rest', 30],
      ['work', 33],
      ['rest', 30],
      ['work', 33],
      ['rest', 12],
    ],
  },
  {
    name: 'run',
    limb: 'thigh',
    kind: 'run',
    work: 'run',
    rest: 'stand',
    permille: 500,
    steps: [
      ['settle', 25],
      ['work', 120],
      ['rest', 30],
      ['work', 40],
    ],
  },
  {
    name: 'walk',
    limb: 'thigh',
    kind: 'walk',
    work: 'walk',
    rest: 'stand',
    permille: 500,
    steps: [
      ['settle', 25],
      ['work', 100],
      ['rest', 30],
      ['work', 50],
    ],
  },
  {
    name: 'run-released',
    limb: 'thigh',
    kind: 'run',
    work: 'run',
    rest: 'stand',
    permille: 500,
    steps: [
      ['work', 70],
      ['released', 45],
      ['work', 70],
    ],
  },
  {
    name: 'stop-start',
    limb: 'thigh',
    kind: 'walk',
    work: 'walk',
    rest: 'rest',
    permille: 500,
    steps: [
      ['work', 12],
      ['rest', 8],
      ['work', 15],
      ['rest', 6],
      ['work', 20],
      ['rest', 10],
      ['work', 10],
      ['rest', 5],
      ['work', 25],
      ['rest', 20],
    ],
  },
  {
    name: 'curl',
    limb: 'arm',
    kind: 'curl',
    work: 'curl',
    rest: 'rest',
    permille: 500,
    steps: [
      ['settle', 25],
      ['work', 60],
      ['rest', 30],
      ['work', 30],
      ['rest', 30],
      ['work', 30],
      ['rest', 12],
    ],
  },
];

/** The shape as a protocol of the firmware. */
export function protocolOf(shape: SessionShape): Protocol {
  const steps: Step[] = shape.steps.map(([what, seconds]) => ({
    kind: what === 'work' ? STEP_WORK : STEP_REST,
    ms: seconds * 1000,
    permille: what === 'released' ? 0 : shape.permille,
    mmHg: 0,
    rampMmHgPerS: 0,
  }));
  return { id: shape.name, activity: 0, stage: 0, steps };
}
