import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { deadMan } from '../../tools/build/board-checks.ts';
import { buildBundle, buildImage } from '../../tools/build/image.ts';
import { ROOT } from '../../tools/build/project.ts';

/** The reference board under the name `unguarded`, without a word of what cuts its outputs. */
describe('a board on which nothing cuts pump and valve when the program stands still', () => {
  let tree = '';
  beforeAll(() => {
    mkdirSync(join(ROOT, 'build'), { recursive: true });
    tree = mkdtempSync(join(ROOT, 'build', 'guard-'));
    for (const layer of ['src', 'hal']) cpSync(join(ROOT, layer), join(tree, layer), { recursive: true });
    const jolt = readFileSync(join(ROOT, 'hal/boards/jolt.ts'), 'utf8');
    const file = jolt.replace(/^ {2}deadMan:\s+'[^']*',$/m, '  deadMan: undefined,');
    expect(file).toContain('deadMan: undefined');
    writeFileSync(join(tree, 'hal/boards/unguarded.ts'), file);
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it('gets no image to wear, with the reason', async () => {
    expect(deadMan('unguarded', tree)).toBe('');
    await expect(buildImage({ root: tree, board: 'unguarded' })).rejects.toThrow(
      /--board unguarded: for the bench only, add --dev: nothing is known to cut its pump and valve/,
    );
  });

  it('gets one for the bench, whose outputs stay off without the strap', async () => {
    const code = await buildBundle({ root: tree, board: 'unguarded', dev: true });
    const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('rest'), sensor: 'MPRLS' }, 1);
    const board = new VirtualBoard({ rig });
    board.write({ '.bootcde': `var cuff=${code};` });
    board.powerOn();
    board.advanceTo(6000);
    expect(board.view).toBeDefined();
    board.evaluate('digitalWrite(D23,1);digitalWrite(D22,1);digitalWrite(D21,1);digitalWrite(D17,1);');
    board.advanceTo(6500);
    expect([rig.pump, rig.valve]).toEqual([0, 0]);
  }, 120_000);

  it('the reference board has a dead-man, and says which', () => {
    expect(deadMan('jolt')).toMatch(/timer/);
  });
});
