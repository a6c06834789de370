/** The steps of the first minute: what is said, what is asked for, and what has to have happened before the next one comes. Pure. */
import { isPressurePhase } from '../../../../src/phases.ts';

/** What the reader has done, and `trip`: a rule has tripped after they had broken something. */
export type Deed = 'press' | 'fault' | 'trip' | 'knob' | 'fork';

/** What is pointed at. */
export type Asked = 'press' | 'fault' | 'knob';

export interface FirstStep {
  /** With it the step is done. */
  readonly deed: Deed;
  readonly say: string;
  readonly doThis: string;
}

export const FIRST_STEPS: readonly FirstStep[] = [
  {
    deed: 'press',
    say: 'This is the firmware itself. It holds a simulated cuff on a running leg; time runs ten times as fast as on a real one.',
    doThis: 'Press the button of the device.',
  },
  {
    deed: 'trip',
    say: 'It vented at once: a press always stops. Once the cuff is empty, another press goes on.',
    doThis: 'Press again; when it holds, pull the hose, under “Break it”.',
  },
  {
    deed: 'knob',
    say: 'It sees what is wrong, vents, and says what to do next.',
    doThis: 'Turn a knob: the whole session is drawn anew, the one before stays behind it, dashed.',
  },
];

/** The step that is due; undefined = all are done. */
export function stepDue(done: ReadonlySet<Deed>): FirstStep | undefined {
  return FIRST_STEPS.find(({ deed }) => !done.has(deed));
}

/** What `step` asks for at this moment: a hose is pulled off a cuff that holds, else nothing is to be seen. `phase`: of the device, -1 = not known. */
export function askedIn(step: FirstStep | undefined, phase: number): Asked | '' {
  if (step === undefined) return '';
  if (step.deed === 'knob') return 'knob';
  return step.deed === 'trip' && isPressurePhase(phase) ? 'fault' : 'press';
}
