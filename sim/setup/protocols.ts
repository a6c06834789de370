/** The sessions that a run can choose, and what is read off one: its movement, its steps in words, its highest pressure. */
import { type Protocol, STEP_REST, STEP_WORK, stepSetpoint } from '../../src/session/protocol.ts';
import { builtIns } from '../../tools/protocol/built-ins.ts';
import { clock } from '../report/figures.ts';
import { BadOption } from './bad-option.ts';

export interface ChosenProtocol {
  readonly index: number;
  readonly protocol: Protocol;
  /** A line for people. */
  readonly title: string;
}

export function protocols(): ChosenProtocol[] {
  return builtIns();
}

/** A protocol of the firmware's own. Throws BadOption. */
export function builtInNamed(given: string): ChosenProtocol {
  const found = protocols().find(({ protocol }) => protocol.id === given);
  if (found !== undefined) return found;
  const names = protocols().map(({ protocol }) => protocol.id);
  throw new BadOption(
    '--protocol',
    given,
    `no such protocol; allowed are ${names.join(', ')}, or a JSON file`,
  );
}

/** The movement that goes with a protocol, in the order of ACTIVITY_*. */
const MOVES = ['run', 'walk', 'cycle', 'legpress', 'rest'] as const;

export function motionOf(protocol: Protocol): (typeof MOVES)[number] {
  return MOVES[protocol.activity] ?? 'rest';
}

/** "work 3:00 at 95 mmHg" for each step. */
export function stepTexts(protocol: Protocol, lopMmHg: number): string[] {
  return protocol.steps.map((step) => {
    const setpoint = stepSetpoint(step, lopMmHg, 0);
    const kind = step.kind === STEP_WORK ? 'work' : step.kind === STEP_REST ? 'rest' : 'easy';
    const how = setpoint === null ? 'released' : `at ${Math.round(setpoint)} mmHg`;
    return `${kind} ${clock(step.ms / 1000)} ${how}`;
  });
}

/** Highest setpoint of the protocol, mmHg; 0 when it is never on. */
export function highestSetpoint(protocol: Protocol, lopMmHg: number): number {
  return Math.max(0, ...protocol.steps.map((step) => stepSetpoint(step, lopMmHg, 0) ?? 0));
}

/** Planned length without fills, s. */
export function plannedSeconds(protocol: Protocol): number {
  return protocol.steps.reduce((sum, step) => sum + step.ms, 0) / 1000;
}
