/**
 * The self-test: from power-up until nothing speaks against a start, and from the press until the fill begins, in seconds of the board, its ticks as late
 * as it makes them. docs/commissioning.md has the figures; a fault of its parts lets neither of the two come to an end.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BoardCost } from '../../sim/board/cost/board-cost.ts';
import type { BoardFault } from '../../sim/board/faults.ts';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { layoutOf } from '../../sim/board/wired-layout.ts';
import type { Fault } from '../../sim/plant/faults.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { REFERENCE_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { PHASE_FILL } from '../../src/phases.ts';
import { inhibitNames } from '../../src/safety/inhibits.ts';
import { defaultSettings, encodeSettings, LOP_MEASURED } from '../../src/settings.ts';

const TEXTS = {
  [FILE_SETTINGS]: encodeSettings({
    ...defaultSettings(),
    lopMmHg: 190,
    lopSource: LOP_MEASURED,
    screening: 1,
  }),
  [FILE_PROGRESS]: '1,2,2,1,0,0,0',
};
const PATIENCE_MS = 30_000;

async function powered(
  board: string,
  rigFaults: Fault[] = [],
  faults: BoardFault[] = [],
): Promise<ImageLevel> {
  const spec = { plant: REFERENCE_THIGH, limb: nominalLimb('rest'), sensor: 'MPRLS' as const };
  const rig = new Rig({ ...spec, faults: rigFaults }, 1);
  rig.setActivity('rest');
  return new ImageLevel(rig, {
    layout: layoutOf(board),
    files: await flashed('mprls', TEXTS, board),
    cost: new BoardCost({ seed: 1, board }),
    faults,
  });
}

/** s since power-up from which on nothing has spoken against a start, within half a minute; NaN = something does at its end. */
function readyS(level: ImageLevel): number {
  let since = Number.NaN;
  while (level.board.nowMs < PATIENCE_MS) {
    level.nextTick();
    if (level.view.inhibits !== 0) since = Number.NaN;
    else if (Number.isNaN(since)) since = level.board.nowMs / 1000;
  }
  return since;
}

/** s from the release of the button to the first tick of the fill, NaN = none. */
function startS(level: ImageLevel): number {
  const at = level.board.nowMs + 200;
  level.button(1, true, at - 150);
  level.button(1, false, at);
  while (level.board.nowMs < at + PATIENCE_MS) {
    level.nextTick();
    if (level.view.phase === PHASE_FILL) return (level.board.nowMs - at) / 1000;
  }
  return Number.NaN;
}

const PAGE = readFileSync(new URL('../../docs/commissioning.md', import.meta.url), 'utf8');

describe.each(['jolt', 'pico2', 'xiao'])('%s', (board) => {
  it('takes as long as the page says', { timeout: 60_000 }, async () => {
    const row = PAGE.split('\n').find((line) => line.startsWith(`| \`${board}\``)) ?? '';
    const said = row.split('|').slice(2, 4).map(Number);
    const level = await powered(board);
    const took = [readyS(level), startS(level)];
    level.close();
    for (const [i, seconds] of took.entries())
      expect(Math.abs(seconds - (said[i] ?? Number.NaN)), `${took} s`).toBeLessThan(0.3);
  });
});

it.each<[string, Fault[], BoardFault[], string]>([
  ['a sensor that does not answer', [{ kind: 'sensor-nak', atMs: 0 }], [], 'sensor'],
  ['an empty battery', [{ kind: 'battery-sag', atMs: 0, factor: 0.85 }], [], 'battery'],
])('%s: it does not come to its end, and says why', { timeout: 60_000 }, async (_name, rig, chip, why) => {
  const level = await powered('jolt', rig, chip);
  expect(readyS(level)).toBeNaN();
  expect(inhibitNames(level.view.inhibits)).toContain(why);
  expect(startS(level)).toBeNaN();
  level.close();
});
