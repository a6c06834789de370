/** The sessions of the control benchmark: what the wearer does, for how long, at which share of LOP. */
import type { Activity } from '../plant/limb-params.ts';

/** A stretch of a session, in order. */
export interface Stretch {
  readonly kind: 'fill' | 'settle' | 'move' | 'rest' | 'deflate';
  /** What the wearer does; `rest` unless moving. */
  readonly activity: Activity;
  /** Length in s, or repetitions instead. */
  readonly seconds?: number;
  readonly reps?: number;
}

export interface BenchScenario {
  readonly name: ScenarioName;
  readonly title: string;
  /** Movement the limb is drawn for. */
  readonly limb: 'rest' | 'legpress' | 'walk' | 'run' | 'cycle' | 'curl';
  /** Target as a share of LOP, percent. */
  readonly percent: number;
  readonly stretches: readonly Stretch[];
}

export type ScenarioName = 'legpress' | 'walk' | 'run' | 'intervals' | 'rest' | 'rest5' | 'cycle' | 'curl';

const FILL: Stretch = { kind: 'fill', activity: 'rest', seconds: 25 };
const SETTLE: Stretch = { kind: 'settle', activity: 'rest', seconds: 25 };
const DEFLATE: Stretch = { kind: 'deflate', activity: 'rest', seconds: 40 };
const PAUSE: Stretch = { kind: 'rest', activity: 'rest', seconds: 30 };

function sets(activity: 'legpress' | 'curl'): Stretch[] {
  const list: Stretch[] = [FILL, SETTLE, { kind: 'move', activity, reps: 30 }];
  for (let i = 0; i < 3; i += 1) list.push(PAUSE, { kind: 'move', activity, reps: 15 });
  list.push(PAUSE, DEFLATE);
  return list;
}

function steady(activity: 'walk' | 'run' | 'cycle'): Stretch[] {
  return [FILL, SETTLE, { kind: 'move', activity, seconds: 120 }, PAUSE, DEFLATE];
}

function intervals(): Stretch[] {
  const list: Stretch[] = [FILL];
  for (let i = 0; i < 5; i += 1) {
    list.push({ kind: 'move', activity: 'run', seconds: 180 });
    if (i % 2 === 0) list.push({ kind: 'rest', activity: 'stand', seconds: 60 });
    else list.push({ kind: 'move', activity: 'walk', seconds: 60 });
  }
  list.push(DEFLATE);
  return list;
}

/** Those that the reference model was scored on (docs/sources.md), and cycling and arm curls besides. */
export const SCENARIOS: Readonly<Record<ScenarioName, BenchScenario>> = {
  legpress: {
    name: 'legpress',
    title: 'leg press',
    limb: 'legpress',
    percent: 80,
    stretches: sets('legpress'),
  },
  walk: { name: 'walk', title: 'walking', limb: 'walk', percent: 50, stretches: steady('walk') },
  run: { name: 'run', title: 'running', limb: 'run', percent: 50, stretches: steady('run') },
  intervals: { name: 'intervals', title: 'intervals', limb: 'run', percent: 50, stretches: intervals() },
  rest: {
    name: 'rest',
    title: 'rest',
    limb: 'rest',
    percent: 80,
    stretches: [FILL, { kind: 'rest', activity: 'rest', seconds: 85 }, DEFLATE],
  },
  rest5: {
    name: 'rest5',
    title: 'rest, 5 min',
    limb: 'rest',
    percent: 80,
    stretches: [FILL, { kind: 'rest', activity: 'rest', seconds: 300 }, DEFLATE],
  },
  cycle: { name: 'cycle', title: 'cycling', limb: 'cycle', percent: 50, stretches: steady('cycle') },
  curl: { name: 'curl', title: 'arm curl', limb: 'curl', percent: 50, stretches: sets('curl') },
};
