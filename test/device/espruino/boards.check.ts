import { describe, expect, it } from 'vitest';
import { ImageLevel } from '../../../sim/board/image-level.ts';
import { layoutOf } from '../../../sim/board/wired-layout.ts';
import { deviceFiles } from '../../../sim/interpreter/device-files.ts';
import { InterpreterLevel } from '../../../sim/interpreter/interpreter-level.ts';
import { runLockstep } from '../../../sim/interpreter/lockstep.ts';
import { Rig } from '../../../sim/plant/rig.ts';
import { TICK_MS } from '../../../src/limits.ts';
import { isPressurePhase } from '../../../src/phases.ts';
import { loaderText } from '../../../tools/board/loader.ts';
import { deadMan } from '../../../tools/build/board-checks.ts';
import { buildImage } from '../../../tools/build/image.ts';
import { choices } from '../../../tools/build/project.ts';
import { figure } from './figures.ts';
import { needInterpreter, specOf } from './setup.ts';

const TICKS = Math.ceil(90_000 / TICK_MS);
const OTHERS = choices('boards').filter((board) => board !== 'jolt' && deadMan(board) !== '');

describe.each(OTHERS)('the image for %s in the interpreter', (board) => {
  it('decides as on its virtual board on every tick of a fill and a hold, within the variables', async () => {
    const spec = specOf('run', 1);
    const files = deviceFiles(await loaderText(board), await buildImage({ board }), spec.files);
    const layout = layoutOf(board);
    const rig = (): Rig => new Rig(spec.rig, spec.seed);
    const image = new ImageLevel(rig(), { layout, files });
    const interpreter = new InterpreterLevel(rig(), {
      layout,
      files,
      interpreter: needInterpreter(),
      ram: true,
    });
    const phases = new Set<number>();
    try {
      const compared = runLockstep([image, interpreter], {
        plan: spec.plan,
        ticks: TICKS,
        onTick: (rows) => phases.add(rows[0]?.phase ?? -1),
      });
      expect(compared).toBe(TICKS);
      expect(interpreter.board.mishaps).toEqual([]);
      expect([...phases].some(isPressurePhase)).toBe(true);
      expect(interpreter.rig.p2).toBeGreaterThan(60);
    } finally {
      image.close();
      interpreter.close();
    }
    const idle = new InterpreterLevel(rig(), { layout, files, interpreter: needInterpreter(), ram: false });
    try {
      for (let k = 0; k < 100; k++) idle.nextTick();
      const used = idle.board.variables();
      figure(`ticks compared, ${board}`, `${TICKS} at 2 levels; ${used} variables idle`);
      expect(used).toBeLessThan(0.75 * layout.variables);
    } finally {
      idle.close();
    }
  });
});
