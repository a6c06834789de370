import { describe, expect, it } from 'vitest';
import { InterpreterLevel } from '../../../sim/interpreter/interpreter-level.ts';
import { Wearer } from '../../../sim/level/wearer.ts';
import { Rig } from '../../../sim/plant/rig.ts';
import { PHASE_WORK } from '../../../src/phases.ts';
import { againstBudget } from '../../../tools/budgets.ts';
import { figure } from './figures.ts';
import { flashOf, needInterpreter, specOf } from './setup.ts';

const FIRST = 100;
const LAST = 10_000;

async function open(ram: boolean, starts: boolean): Promise<{ level: InterpreterLevel; wearer: Wearer }> {
  const spec = specOf('run', 1);
  const level = new InterpreterLevel(new Rig(spec.rig, spec.seed), {
    interpreter: needInterpreter(),
    files: await flashOf(spec),
    ram,
  });
  return { level, wearer: new Wearer(level, { ...spec.plan, starts }) };
}

/** Ticks over which the highest count is taken: a number that is a whole one for a moment needs a variable less. */
const WINDOW = 50;

/** Interpreter variables of loader, image and what they hold, without those of the stand-in for the hardware. */
function mostUsed(level: InterpreterLevel): number {
  let most = 0;
  for (let i = 0; i < WINDOW; i++) {
    level.nextTick();
    most = Math.max(most, level.board.variables());
  }
  return most;
}

describe('variables of the image in the interpreter', () => {
  it('are the same after 100 ticks and after 10,000', async () => {
    const { level } = await open(true, false);
    try {
      for (let i = 0; i < FIRST; i++) level.nextTick();
      const early = mostUsed(level);
      for (let i = FIRST; i < LAST; i++) level.nextTick();
      const late = mostUsed(level);
      figure('leak check, code in RAM', `${early} variables after ${FIRST} ticks, ${late} after ${LAST}`);
      expect(late).toBe(early);
    } finally {
      level.close();
    }
  });

  it('stay within the budget, idle and at the peak of a tick under pressure', async () => {
    const { level, wearer } = await open(false, true);
    try {
      for (let i = 0; i < FIRST; i++) level.nextTick();
      const idle = mostUsed(level);
      level.board.watchPeak();
      let working = 0;
      for (let i = 0; i < 3000 && working < 250; i++) {
        level.nextTick();
        wearer.look();
        if (level.view.phase === PHASE_WORK) working += 1;
      }
      const peak = level.board.peakVariables();
      figure('variables, code in Storage', `${idle} idle, ${peak} at the peak of a tick`);
      expect(working).toBe(250);
      expect(againstBudget('variablesIdle', idle).over).toBe(false);
      expect(againstBudget('variablesPeak', peak).over).toBe(false);
      expect(peak).toBeGreaterThan(idle);
    } finally {
      level.close();
    }
  });
});
