import { beforeAll, describe, expect, it } from 'vitest';
import { ImageLevel } from '../../sim/board/image-level.ts';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { isPressurePhase } from '../../src/phases.ts';
import { inhibitNames } from '../../src/safety/inhibits.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';

/** Buttons that are jammed, welded or cut off, before the boot and in a session, on the image. */
const files: Record<string, string>[] = [];

beforeAll(async () => {
  for (const stop of [0, 1]) {
    files.push(
      await flashed('mprls', {
        [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1, stop }),
        [FILE_PROGRESS]: '1,2,2,1,0,0,0',
      }),
    );
  }
}, 60_000);

function power(stop: 0 | 1, prepare?: (board: VirtualBoard) => void): ImageLevel {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, 1);
  rig.setActivity('rest');
  return new ImageLevel(rig, {
    files: files[stop] ?? {},
    stopClosed: stop === 1,
    ...(prepare === undefined ? {} : { prepare }),
  });
}

function run(level: ImageLevel, ms: number): void {
  level.board.advanceTo(level.board.nowMs + ms);
}

function tap(level: ImageLevel, button: 0 | 1 | 2): void {
  const at = level.board.nowMs + 1;
  level.button(button, true, at);
  level.button(button, false, at + 150);
  run(level, 1000);
}

/** What keeps it from starting after ten seconds, a press and five more; and whether there is pressure. */
function outcome(level: ImageLevel): [string[], boolean] {
  run(level, 10_000);
  tap(level, 1);
  run(level, 4000);
  return [inhibitNames(level.view.inhibits), isPressurePhase(level.view.phase)];
}

describe('before pressure', () => {
  it('buttons that are well hold nothing up', () => {
    expect(outcome(power(0))).toEqual([[], true]);
  });

  it('BTN1 jammed down: before the boot, or after it', () => {
    expect(outcome(power(0, (board) => board.jam('BTN1', true)))).toEqual([['button'], false]);
    const level = power(0);
    run(level, 5000);
    level.board.jam('BTN1', true);
    expect(outcome(level)).toEqual([['button'], false]);
  });

  it('a normally open STOP jammed down: before the boot, or after it', () => {
    expect(outcome(power(0, (board) => board.jam('D26', true)))).toEqual([['button'], false]);
    const level = power(0);
    run(level, 5000);
    level.board.jam('D26', true);
    expect(outcome(level)).toEqual([['button'], false]);
  });

  it('the training button jammed down before the boot is service mode; its wire off starts nothing', () => {
    expect(() => power(0, (board) => board.jam('D1', true))).toThrow(/no image runs/);
    expect(outcome(power(0, (board) => board.jam('D1', false)))).toEqual([[], false]);
  });

  it('the training button jammed down while idle: service mode again and again, and never pressure', () => {
    const level = power(0);
    run(level, 10_000);
    level.board.jam('D1', true);
    run(level, 20_000);
    expect([level.board.evaluate('boot.mode'), level.rig.p2 < 1]).toEqual(['service', true]);
  });

  it('a button held only for a moment holds nothing up afterwards', () => {
    const level = power(0);
    run(level, 5000);
    tap(level, 0);
    tap(level, 2);
    expect(outcome(level)).toEqual([[], true]);
  });
});

describe('a STOP that is fitted', () => {
  it('has to be tried once after each power-up', () => {
    const level = power(1);
    expect(outcome(level)).toEqual([['stop-untried'], false]);
    tap(level, 2);
    expect(outcome(level)).toEqual([[], true]);
    level.board.powerOff();
    level.board.powerOn();
    run(level, 5000);
    expect(inhibitNames(level.view.inhibits)).toContain('stop-untried');
  });

  it('with a broken wire, or jammed: nothing starts, and it is said', () => {
    expect(outcome(power(1, (board) => board.jam('D26', false)))).toEqual([['stop', 'stop-untried'], false]);
    const level = power(1);
    run(level, 5000);
    tap(level, 2);
    level.board.jam('D26', false);
    expect(outcome(level)).toEqual([['stop'], false]);
  });

  it('welded shut: it cannot be tried, and nothing starts', () => {
    const level = power(1);
    run(level, 5000);
    level.board.jam('D26', true);
    tap(level, 2);
    expect(outcome(level)).toEqual([['stop-untried'], false]);
  });

  for (const [what, stop] of [
    ['pushed', (level: ImageLevel) => level.board.press('D26')],
    ['with its wire broken', (level: ImageLevel) => level.board.jam('D26', false)],
  ] as const) {
    it(`${what} under pressure vents at once and keeps it so`, () => {
      const level = power(1);
      run(level, 5000);
      tap(level, 2);
      expect(outcome(level)).toEqual([[], true]);
      stop(level);
      expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
      run(level, 6000);
      tap(level, 1);
      run(level, 15_000);
      expect([isPressurePhase(level.view.phase), level.rig.p2 < 15]).toEqual([false, true]);
    });
  }
});

describe('under pressure', () => {
  for (const button of ['BTN1', 'D1', 'D26'] as const) {
    it(`${button} that jams down vents, and nothing goes on while it stays so`, () => {
      const level = power(0);
      expect(outcome(level)).toEqual([[], true]);
      level.board.jam(button, true);
      expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
      run(level, 6000);
      tap(level, 1);
      run(level, 15_000);
      expect([isPressurePhase(level.view.phase), level.rig.p2 < 15]).toEqual([false, true]);
    });
  }

  it('a contact that chatters is one stop', () => {
    const level = power(0);
    expect(outcome(level)).toEqual([[], true]);
    for (let k = 0; k < 40; k++) {
      if (k % 2 === 0) level.board.press('D26');
      else level.board.release('D26');
      run(level, 3);
    }
    level.board.release('D26');
    run(level, 1000);
    expect([level.rig.valve, level.view.trip, level.board.machine.resets.length]).toEqual([0, 0, 1]);
  });
});
