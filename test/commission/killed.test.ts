/**
 * A wizard that is killed (its process, the computer, the cable) at any moment leaves a device that a press does not fill: while it still has power, by
 * the lease; after a power-up, by what stands in its store, whichever write was the last.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Flash } from '../../sim/board/flash.ts';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { BoardBench } from '../../sim/commission/board-bench.ts';
import { ownOf, plannedFor } from '../../sim/commission/borrowed.ts';
import { recordOf } from '../../sim/commission/record.ts';
import { REFERENCE_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { onBottle } from '../../sim/tune/bottle.ts';
import { dummyLimb } from '../../sim/tune/commission.ts';
import { FILE_COMMISSIONED, FILE_LOCK, FILE_SETTINGS } from '../../src/files.ts';
import { INHIBIT_COMMISSION } from '../../src/safety/inhibits.ts';
import { BENCH_LEASE_MS } from '../../src/session/bench-lease.ts';
import { decodeProtocol, protocolFile } from '../../src/session/stored.ts';
import {
  decodeSettings,
  defaultSettings,
  encodeSettings,
  LOP_BENCH,
  LOP_MEASURED,
} from '../../src/settings.ts';
import { wantedBoard } from '../../tools/board/board-names.ts';
import { serialTo } from '../cuff/over-serial.ts';
import { Builder, fresh, over } from './builder.ts';

const OWN = { ...defaultSettings(), lopMmHg: 150, lopSource: LOP_MEASURED, screening: 1 };
const NOT_PASSED = recordOf({ lines: [], passed: false, endedBy: '' }, 0, {
  version: '0.1.0',
  board: 'jolt',
  sensor: 'mprls',
});
/** Asks for service mode at the next boot (hal/boot/service.ts, which only a board can load). */
const SERVICE_FILE = 'cuff.svc';
/** More than this is no air that a press has put in, mmHg. */
const EMPTY_MMHG = 3;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Presses the training button, and gives the highest true pressure of the next 8 s, mmHg. */
function pressed(level: ImageLevel): number {
  const at = level.board.nowMs;
  level.button(1, true, at + 100);
  level.button(1, false, at + 250);
  let most = 0;
  while (level.board.nowMs < at + 8000) {
    level.board.advanceTo(level.board.nowMs + 50);
    most = Math.max(most, level.rig.p2);
  }
  return most;
}

function benchOf(level: ImageLevel, person: Builder, killed?: () => boolean): BoardBench {
  return new BoardBench({
    open: serialTo(level.board, killed === undefined ? {} : { killed }),
    port: 'here',
    board: wantedBoard('jolt'),
    person,
  });
}

describe('a wizard that is killed, the device still powered', { timeout: 120_000 }, () => {
  it.each<[string, (bench: BoardBench) => Promise<unknown>, (level: ImageLevel) => boolean]>([
    ['in the fill of step 5', (bench) => bench.stop(), (level) => level.rig.p2 > 15],
    [
      'in the hold of the run',
      (bench) => bench.run('bottle'),
      (level) => level.view.setpoint === 150 && level.rig.p2 > 140,
    ],
    ['in a run that heats the valve', (bench) => bench.heat(), (level) => level.rig.p2 > 100],
    ['before anybody has pressed', (bench) => bench.run('cuff'), (level) => level.board.nowMs > 0],
  ])('%s: vented within the lease, and a press fills nothing', async (_name, work, reached) => {
    const level = await fresh({ [FILE_SETTINGS]: encodeSettings(OWN) });
    let killed = false;
    const bench = benchOf(level, new Builder(level), () => killed);
    await over(bench.prepare(true));
    void work(bench).catch(() => undefined);
    for (let k = 0; k < 5000 && !killed; k++) {
      await vi.advanceTimersByTimeAsync(20);
      killed = reached(level);
    }
    expect(killed).toBe(true);
    level.board.advanceTo(level.board.nowMs + BENCH_LEASE_MS + 400);
    expect(level.view.vent).toBe(1);
    level.board.advanceTo(level.board.nowMs + 12_000);
    expect(level.rig.p2).toBeLessThan(EMPTY_MMHG);
    // out of what the run has left on the lamp, and again
    level.board.advanceTo(level.board.nowMs + 70_000);
    expect([pressed(level) < EMPTY_MMHG, pressed(level) < EMPTY_MMHG]).toEqual([true, true]);
    expect(level.view.inhibits & INHIBIT_COMMISSION).toBe(INHIBIT_COMMISSION);
  });
});

/** Flash after each write of the wizard and of the device, once for each state of the texts that decide what a press does. */
function watchWrites(level: ImageLevel): Map<string, Uint8Array> {
  const left = new Map<string, Uint8Array>();
  const { storage } = level.board.machine;
  const note = (): void => {
    const what = [FILE_COMMISSIONED, FILE_SETTINGS, protocolFile(3)]
      .map((name) => level.stored(name))
      .join('|');
    if (!left.has(what)) left.set(what, level.board.flash.bytes.slice());
  };
  for (const name of ['write', 'erase'] as const) {
    const before = storage[name].bind(storage) as (...args: unknown[]) => unknown;
    Object.assign(storage, {
      [name]: (...args: unknown[]) => {
        const result = before(...args);
        note();
        return result;
      },
    });
  }
  return left;
}

it('after each write of a whole commissioning the power goes: a press fills nothing at the next power-up', {
  timeout: 240_000,
}, async () => {
  const level = await fresh({ [FILE_SETTINGS]: encodeSettings(OWN) });
  const left = watchWrites(level);
  const bench = benchOf(level, new Builder(level));
  await over(bench.prepare(true));
  await over(bench.stop());
  await over(bench.finish(NOT_PASSED));
  expect(left.size).toBeGreaterThan(5);
  let armed = 0;
  for (const bytes of left.values()) {
    const flash = new Flash(bytes.length / 4096);
    flash.bytes.set(bytes);
    const plant = onBottle(REFERENCE_THIGH, 500);
    const rig = new Rig({ plant, limb: dummyLimb(), sensor: 'MPRLS' }, 4);
    rig.setActivity('rest');
    const again = new ImageLevel(rig, {
      files: {},
      flash,
      // the worst: the image runs, and no lock-out keeps the press from starting
      prepare: (board) => {
        for (const name of [SERVICE_FILE, `${FILE_LOCK}.0`, `${FILE_LOCK}.1`])
          board.machine.storage.erase(name);
      },
    });
    if (decodeProtocol(again.stored(protocolFile(3)))?.id === 'commissioning') armed++;
    again.board.advanceTo(10_000);
    expect([pressed(again) < EMPTY_MMHG, again.view.inhibits & INHIBIT_COMMISSION]).toEqual([
      true,
      INHIBIT_COMMISSION,
    ]);
    again.close();
  }
  // the run itself stood there in some of them
  expect(armed).toBeGreaterThan(0);
});

describe('what a broken commissioning has left behind', () => {
  const planned = plannedFor(OWN);
  it('is planned for nobody, and the wearer’s own comes back', () => {
    expect(decodeSettings(encodeSettings(planned)).settings).toMatchObject({
      lopMmHg: 190,
      lopSource: LOP_BENCH,
    });
    expect(ownOf(planned, OWN)).toEqual(OWN);
  });
  it('what was written since is the wearer’s, but for the pressure of nobody’s', () => {
    expect(ownOf({ ...planned, maxMmHg: 120 }, OWN)).toEqual({ ...OWN, maxMmHg: 120 });
    expect(ownOf({ ...OWN, lopMmHg: 140 }, OWN)).toEqual({ ...OWN, lopMmHg: 140 });
  });
  it('with nothing put aside no occlusion pressure is known', () => {
    expect(ownOf(planned, undefined)).toMatchObject({ lopMmHg: 0, lopSource: 0 });
    expect(ownOf(undefined, OWN)).toEqual(OWN);
    expect(ownOf(undefined, undefined)).toEqual(defaultSettings());
  });
});
