import { expect, it } from 'vitest';
import { INSTANT_FLASH, NRF52_FLASH } from '../../sim/board/flash.ts';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_LOCK, FILE_PROGRESS, FILE_SETTINGS, FILE_ZERO } from '../../src/files.ts';
import { OVERRUN_MS } from '../../src/limits.ts';
import { phaseName } from '../../src/phases.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';

/** A start on a board whose flash takes its time and is so full that a write has to tidy up first. */
async function startOn(flashTimes = NRF52_FLASH): Promise<ImageLevel> {
  const files = await flashed('mprls', {
    [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
    [FILE_PROGRESS]: '1,2,2,1,0,0,0',
  });
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, 1);
  rig.setActivity('rest');
  const level = new ImageLevel(rig, { files, flashTimes });
  const { storage } = level.board.machine;
  storage.write('keep', 'k'.repeat(storage.getFree() - 3 * 4096));
  storage.write('drop', 'd'.repeat(storage.getFree() - 32));
  storage.erase('drop');
  level.board.advanceTo(30_000);
  level.button(1, true, 30_001);
  level.button(1, false, 30_151);
  return level;
}

/** Longest time between two ticks until the phase has this name, ms. */
function longestUntil(level: ImageLevel, phase: string): number {
  let longest = 0;
  const limit = level.board.nowMs + 60_000;
  while (phaseName(level.view.phase) !== phase) {
    if (level.board.nowMs > limit)
      throw new Error(`still ${phaseName(level.view.phase)}, trip ${level.view.trip}`);
    const before = level.view.now;
    level.nextTick();
    longest = Math.max(longest, level.view.now - before);
  }
  return longest;
}

it('the writes before a session hold the loop up on a vented cuff only: no overrun, no early tick, no reset', async () => {
  const level = await startOn();
  const held = longestUntil(level, 'fill');
  expect(held).toBeGreaterThan(OVERRUN_MS);
  expect(level.stored(FILE_LOCK)).toBe('1');
  expect(level.stored(FILE_ZERO)).toMatch(/^7\d\d\d$/);
  expect(longestUntil(level, 'work')).toBeLessThan(OVERRUN_MS);
  expect(level.view.trip).toBe(0);
  expect(level.board.machine.resets.length).toBe(1);
}, 60_000);

it('a flash that takes no time holds nothing up', async () => {
  const level = await startOn(INSTANT_FLASH);
  expect(longestUntil(level, 'fill')).toBeLessThan(OVERRUN_MS);
}, 60_000);
