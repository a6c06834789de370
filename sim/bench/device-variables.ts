/** Counts the variables that loader and image take in a real interpreter. */
import { PHASE_WORK } from '../../src/phases.ts';
import type { Interpreter } from '../interpreter/binary.ts';
import { InterpreterLevel } from '../interpreter/interpreter-level.ts';
import { Wearer } from '../level/wearer.ts';
import { Rig } from '../plant/rig.ts';
import type { RunSpec } from '../setup/resolve.ts';

export interface Variables {
  /** In use while idle, and the most seen at any call to the hardware in a tick under pressure. */
  readonly idle: number;
  readonly peak: number;
}

const IDLE_TICKS = 100;
const WORK_TICKS = 100;
const LONGEST = 4000;

/** Variables of loader and image with the code in Storage, as on the board. */
export function countVariables(
  interpreter: Interpreter,
  spec: RunSpec,
  files: Readonly<Record<string, string>>,
): Variables {
  const level = new InterpreterLevel(new Rig(spec.rig, spec.seed), { interpreter, files, ram: false });
  try {
    const wearer = new Wearer(level, spec.plan);
    const step = (): void => {
      level.nextTick();
      wearer.look();
    };
    for (let i = 0; i < IDLE_TICKS; i++) step();
    const idle = level.board.variables();
    for (let i = 0; i < LONGEST && level.view.phase !== PHASE_WORK; i++) step();
    level.board.watchPeak();
    for (let i = 0; i < WORK_TICKS; i++) step();
    return { idle, peak: level.board.peakVariables() };
  } finally {
    level.close();
  }
}
