/** Built-in protocols, made when asked for. Sources: docs/protocols.md and field.md section 3. */
import { type Protocol, STEP_REST, STEP_WORK, type Step } from './protocol.ts';

export const PROTOCOL_RUN_5X3 = 0;
export const PROTOCOL_INTRO = 1;
export const PROTOCOL_COUNT = 2;

/** Sessions a first-time wearer spends on the introduction before the default takes over. */
export const INTRO_SESSIONS = 2;

/** `work` seconds at `permille` and `rest` seconds at `restPermille`, `times` over, no rest after the last. */
function intervals(
  id: string,
  times: number,
  workS: number,
  permille: number,
  restS: number,
  restPermille: number,
): Protocol {
  const steps: Step[] = [];
  for (let i = 0; i < times; i++) {
    steps.push({ kind: STEP_WORK, ms: workS * 1000, permille: permille, mmHg: 0 });
    if (i < times - 1) steps.push({ kind: STEP_REST, ms: restS * 1000, permille: restPermille, mmHg: 0 });
  }
  return { id: id, steps: steps };
}

/** 5 x 3 min easy running at 50 % LOP, 1 min rest with the cuff released. Intervals: Chen 2022. */
function run5x3(): Protocol {
  return intervals('run-5x3', 5, 180, 500, 60, 0);
}

/** Weeks 1-2: 3 x 2 min at 40 % LOP, 1 min rest with the cuff released. Lower end of Patterson 2019. */
function intro(): Protocol {
  return intervals('intro', 3, 120, 400, 60, 0);
}

const MAKERS: ReadonlyArray<() => Protocol> = [run5x3, intro];

/** The protocol of an index; anything else is the introduction. */
export function builtInProtocol(index: number): Protocol {
  const make = MAKERS[index] ?? intro;
  return make();
}
