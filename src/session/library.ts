/**
 * Built-in protocols, made when asked for. What each rests on: docs/protocols.md. Must never hold ischaemic
 * preconditioning: it needs full occlusion.
 */
import {
  ACTIVITY_CYCLE,
  ACTIVITY_LIFT,
  ACTIVITY_PASSIVE,
  ACTIVITY_RUN,
  ACTIVITY_WALK,
  type Protocol,
  STEP_EASY,
  STEP_REST,
  STEP_WORK,
  type Step,
} from './protocol.ts';

export const PROTOCOL_RUN_5X3 = 0;
export const PROTOCOL_INTRO = 1;
export const PROTOCOL_RUN_6X3 = 2;
export const PROTOCOL_FAST = 3;
export const PROTOCOL_ARM = 13;
export const PROTOCOL_COUNT = 14;

function add(steps: Step[], kind: number, seconds: number, permille: number): void {
  steps.push({ kind: kind, ms: seconds * 1000, permille: permille, mmHg: 0, rampMmHgPerS: 0 });
}

/** `times` x work with a rest between, none after the last. */
function intervals(
  times: number,
  workS: number,
  permille: number,
  restS: number,
  restPermille: number,
): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < times; i++) {
    add(steps, STEP_WORK, workS, permille);
    if (i < times - 1) add(steps, STEP_REST, restS, restPermille);
  }
  return steps;
}

function make(id: string, activity: number, stage: number, steps: Step[]): Protocol {
  return { id: id, activity: activity, stage: stage, steps: steps };
}

/** 5 x 3 min easy running at 50 % LOP, 1 min rest with the cuff released. Intervals: Chen 2022. */
function run5x3(): Protocol {
  return make('run-5x3', ACTIVITY_RUN, 1, intervals(5, 180, 500, 60, 0));
}

/** Weeks 1-2, treadmill or bike: 3 x 2 min at 40 % LOP, the lower end of Patterson 2019. */
function intro(): Protocol {
  return make('intro', ACTIVITY_RUN, 0, intervals(3, 120, 400, 60, 0));
}

/**
 * Longer, not harder: 6 x 3 min at 50 %, with a full release of 4 min after the third: a slow pump's fills would bring
 * six in a row to the time limit.
 */
function run6x3(): Protocol {
  const steps = intervals(3, 180, 500, 60, 0);
  add(steps, STEP_REST, 240, 0);
  return make('run-6x3', ACTIVITY_RUN, 2, steps.concat(intervals(3, 180, 500, 60, 0)));
}

/** For the adapted: 3 sets of 5 x (30 s fast, 30 s easy), cuff on in the set, released between. After Paton 2017. */
function fast(): Protocol {
  const steps: Step[] = [];
  for (let set = 0; set < 3; set++) {
    if (set > 0) add(steps, STEP_REST, 150, 0);
    for (let i = 0; i < 5; i++) {
      add(steps, STEP_WORK, 30, 500);
      add(steps, STEP_REST, 30, 500);
    }
  }
  return make('fast-3x5', ACTIVITY_RUN, 3, steps);
}

/** Easy continuous run or walk, 10 and 15 min at 40 %. Patterson 2019: 5-20 min. */
function easy10(): Protocol {
  return make('easy-10', ACTIVITY_WALK, 0, intervals(1, 600, 400, 0, 0));
}

function easy15(): Protocol {
  return make('easy-15', ACTIVITY_RUN, 1, intervals(1, 900, 400, 0, 0));
}

/** Walking 5 x 2 min, released in the 1 min rests. 10.3389/fphys.2020.00568. */
function walk5x2(): Protocol {
  return make('walk-5x2', ACTIVITY_WALK, 0, intervals(5, 120, 500, 60, 0));
}

/** Cycling 5 x 2 min at 60 %, released in the rests. Brown 2026. */
function cycle5x2(): Protocol {
  return make('cycle-5x2', ACTIVITY_CYCLE, 1, intervals(5, 120, 600, 60, 0));
}

/** Sprints with the cuff only in the recovery: 6 x (30 s sprint, 2 min on, 2.5 min off). Taylor 2016, Pugh. */
function sprintRecovery(): Protocol {
  const steps: Step[] = [];
  for (let i = 0; i < 6; i++) {
    add(steps, STEP_EASY, 30, 0);
    add(steps, STEP_REST, 120, 600);
    add(steps, STEP_EASY, 150, 0);
  }
  return make('sprint-recovery', ACTIVITY_RUN, 3, steps);
}

/** 30-15-15-15 repetitions of 2 s at 60 %, 30 s rests with the cuff on. Patterson 2019. */
function lift(): Protocol {
  const steps: Step[] = [];
  add(steps, STEP_WORK, 60, 600);
  for (let set = 0; set < 3; set++) {
    add(steps, STEP_REST, 30, 600);
    add(steps, STEP_WORK, 30, 600);
  }
  return make('lift-30-15', ACTIVITY_LIFT, 1, steps);
}

/** Cycle of 8 x (20 s on, 5 s off), three sets rising 30, 40, 50 %. After the KAATSU cycle mode. */
function cycle20(): Protocol {
  const steps: Step[] = [];
  for (let set = 0; set < 3; set++) {
    if (set > 0) add(steps, STEP_REST, 60, 0);
    for (let i = 0; i < 8; i++) {
      add(steps, STEP_REST, 20, 300 + set * 100);
      if (i < 7) add(steps, STEP_REST, 5, 0);
    }
  }
  return make('cycle-20-5', ACTIVITY_PASSIVE, 0, steps);
}

/** Passive, lying or seated: 4 x 5 min at 70 %, 4 min off. Patterson 2019, VALD. */
function passive(): Protocol {
  const steps: Step[] = [];
  for (let i = 0; i < 4; i++) {
    if (i > 0) add(steps, STEP_REST, 240, 0);
    add(steps, STEP_REST, 300, 700);
  }
  return make('passive-4x5', ACTIVITY_PASSIVE, 1, steps);
}

/** 5 x 3 min with the cuff left on in the rests, 19 of 20 allowed minutes; for the adapted, by hand only. */
function run5x3On(): Protocol {
  return make('run-5x3-on', ACTIVITY_RUN, 2, intervals(5, 180, 500, 60, 500));
}

/** For an arm: 30-15-15-15 repetitions of 2 s at 40 %, 30 s rests with the cuff on. Patterson 2019; Owens: arms 40-50 %. */
function armLift(): Protocol {
  const steps: Step[] = [];
  add(steps, STEP_WORK, 60, 400);
  for (let set = 0; set < 3; set++) {
    add(steps, STEP_REST, 30, 400);
    add(steps, STEP_WORK, 30, 400);
  }
  return make('arm-30-15', ACTIVITY_LIFT, 0, steps);
}

const MAKERS: ReadonlyArray<() => Protocol> = [
  run5x3,
  intro,
  run6x3,
  fast,
  easy10,
  easy15,
  walk5x2,
  cycle5x2,
  sprintRecovery,
  lift,
  cycle20,
  passive,
  run5x3On,
  armLift,
];

/** The protocol of an index; anything else is the introduction. */
export function builtInProtocol(index: number): Protocol {
  const maker = MAKERS[index] ?? intro;
  return maker();
}
