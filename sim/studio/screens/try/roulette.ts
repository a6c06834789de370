/**
 * A round of the quiz "which fault is it?": one of the simulator's faults at some moment of a session, and the answers among which the right one
 * stands. The number of the round gives all of it, so that somebody else can be given the same riddle.
 */
import { Random } from '../../../plant/random.ts';
import type { ExplainedLine } from '../../engine/explain.ts';
import { FIRST_SPEC, type TrySpec } from '../../engine/try-spec.ts';

export interface Suspect {
  /** `kind` or `kind:size`, as the simulator has it. */
  readonly fault: string;
  readonly label: string;
  /** What gives it away. */
  readonly tell: string;
}

export interface Round {
  readonly number: number;
  readonly spec: TrySpec;
  readonly right: Suspect;
  /** In the order in which they are offered; `right` is one of them. */
  readonly choices: readonly Suspect[];
}

export const SUSPECTS: readonly Suspect[] = [
  {
    fault: 'hose-off',
    label: 'The hose comes off',
    tell: 'The reading falls at once, whatever the pump does.',
  },
  {
    fault: 'leak:3000',
    label: 'A leak',
    tell: 'The reading falls evenly, and the pump runs more and more to make up for it.',
  },
  {
    fault: 'kink:400',
    label: 'The hose is kinked',
    tell: 'The pump’s end leaps when the pump runs, and the cuff hardly follows.',
  },
  {
    fault: 'valve-stuck-shut',
    label: 'The valve sticks shut',
    tell: 'Bleeds are sent and nothing goes out.',
  },
  {
    fault: 'valve-stuck-open',
    label: 'The valve sticks open',
    tell: 'The cuff empties through the valve though it is told to be shut.',
  },
  {
    fault: 'pump-dead',
    label: 'The pump stands still',
    tell: 'The pump is told to run, and no pressure comes of it.',
  },
  {
    fault: 'pump-stuck-on',
    label: 'The pump runs on',
    tell: 'The pressure rises though the pump is told to be off.',
  },
  {
    fault: 'sensor-frozen',
    label: 'The reading stands still',
    tell: 'No step, no beat: the sensor’s line is perfectly flat.',
  },
  {
    fault: 'sensor-nak',
    label: 'The sensor does not answer',
    tell: 'No new reading comes, and nothing else has changed.',
  },
  {
    fault: 'sensor-drift:-0.5',
    label: 'The reading drifts away',
    tell: 'Sensor and truth part slowly: what is held on the screen is not what is in the cuff.',
  },
  {
    fault: 'battery-sag:0.62',
    label: 'The battery gives in',
    tell: 'The pump gets weaker, and the supply is what is complained of.',
  },
];

/** Answers that are offered. */
const CHOICES = 4;
/** The fault comes between these, s: after the first fill, and early enough for the end to be seen. */
const FROM_S = 45;
const TO_S = 150;

/** What is said of a tick while the riddle stands: the rule that has tripped would give it away. */
export function withoutRule(lines: readonly ExplainedLine[]): readonly ExplainedLine[] {
  return lines.map((line) =>
    line.what.startsWith('Trip')
      ? { what: 'Trip', text: 'A rule has tripped. Which one is told when you have said what is wrong.' }
      : line,
  );
}

/** Round `number`, 1 = the first. */
export function roundOf(number: number): Round {
  const rng = new Random(number);
  const left = [...SUSPECTS];
  const take = (): Suspect => left.splice(rng.int(left.length), 1)[0] as Suspect;
  const right = take();
  const choices = [right, ...Array.from({ length: CHOICES - 1 }, take)];
  const atS = FROM_S + rng.int(TO_S - FROM_S);
  const [kind = '', size] = right.fault.split(':');
  const fault = `${kind}@${atS}${size === undefined ? '' : `:${size}`}`;
  choices.sort((a, b) => a.label.localeCompare(b.label));
  return { number, right, choices, spec: { ...FIRST_SPEC, seed: number, fault: [fault] } };
}
