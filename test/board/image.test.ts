import { beforeAll, describe, expect, it } from 'vitest';
import type { BoardFault } from '../../sim/board/faults.ts';
import { ImageLevel } from '../../sim/board/image-level.ts';
import type { ButtonName } from '../../sim/board/layout.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig, type RigSpec } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { CONVERT_MS, LEASE_MS, TICK_MS, WATCHDOG_S } from '../../src/limits.ts';
import { isPressurePhase, phaseName } from '../../src/phases.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';

/** The shipped image, under pressure, with things going wrong. */
let files: Record<string, string>;

beforeAll(async () => {
  const settings = encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 });
  files = await flashed('mprls', {
    [FILE_SETTINGS]: settings,
    [FILE_PROGRESS]: '1,2,2,1,0,0,0',
  });
}, 60_000);

function power(options: { rig?: Partial<RigSpec>; faults?: readonly BoardFault[] } = {}): ImageLevel {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS', ...options.rig }, 1);
  rig.setActivity('rest');
  return new ImageLevel(rig, { files, ...(options.faults === undefined ? {} : { faults: options.faults }) });
}

/** Start a session and run until the cuff truly holds 80 mmHg. */
function underPressure(level: ImageLevel): ImageLevel {
  level.board.advanceTo(9000);
  level.button(1, true, 9001);
  level.button(1, false, 9151);
  while (level.rig.p2 < 80) {
    if (level.board.nowMs > 60_000) throw new Error(`no pressure after 60 s: ${phaseName(level.view.phase)}`);
    level.nextTick();
  }
  return level;
}

function expectCut(level: ImageLevel): void {
  expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
}

/** Outputs stay off from now on, and the cuff empties. */
function expectStaysVented(level: ImageLevel, seconds = 20): void {
  const fine = level.board.nowMs + 400;
  const until = level.board.nowMs + seconds * 1000;
  while (level.board.nowMs < until) {
    level.board.advanceTo(level.board.nowMs + (level.board.nowMs < fine ? 1 : 10));
    if (level.rig.pump !== 0 || level.rig.valve !== 0)
      throw new Error(`pump ${level.rig.pump} valve ${level.rig.valve} at ${level.board.nowMs} ms`);
  }
  expect(level.rig.p2).toBeLessThan(15);
}

describe('the image at boot', () => {
  it('is vented with both drivers asleep, watchdog running, console closed', () => {
    const { board } = power();
    expectCut(power());
    expect(board.machine.bridges.map((b) => b.awake)).toEqual([false, false]);
    expect(board.machine.watchdog.running).toBe(true);
    expect(board.machine.watchdog.auto).toBe(false);
    expect(board.machine.console).toBeNull();
    expect(board.machine.complaints).toEqual([]);
  });

  it('kicks its watchdog for ten idle minutes', () => {
    const { board } = power();
    board.advanceTo(600_000);
    expect(board.machine.resets.length).toBe(1);
    expect(board.machine.complaints).toEqual([]);
  });
});

describe('a press under pressure', () => {
  for (const button of ['BTN1', 'D1', 'D26'] as ButtonName[]) {
    it(`of ${button} vents in the same millisecond and for good`, () => {
      const level = underPressure(power());
      level.board.press(button);
      expectCut(level);
      level.board.schedule(level.board.nowMs + 120, () => level.board.release(button));
      expectStaysVented(level);
    });
  }

  it('1 ms into a bleed vents, and the bleed does not shut the valve again', () => {
    const level = underPressure(power());
    const until = level.board.nowMs + 120_000;
    while (!(level.view.bleedMs >= 3)) {
      if (level.board.nowMs > until) throw new Error('no bleed in 120 s');
      level.nextTick();
      level.rig.setActivity('run');
    }
    level.board.advanceTo(level.board.nowMs + 1);
    expect(level.rig.valve).toBe(0);
    expect(level.board.machine.bridges[1]?.awake).toBe(true);
    level.board.press('D1');
    expectCut(level);
    expect(level.board.machine.bridges[1]?.awake).toBe(false);
    expectStaysVented(level);
  });
});

describe('edges of a button that the chip loses', () => {
  /** How soon a level is looked at: one of three buttons a tick. */
  const POLLED_MS = 3 * TICK_MS;

  function losing(level: ImageLevel, forMs: number, told: boolean): void {
    const atMs = level.board.nowMs;
    level.board.machine.faults = [{ kind: 'lose-edges', atMs, untilMs: atMs + forMs, told }];
  }

  for (const button of ['BTN1', 'D1', 'D26'] as ButtonName[]) {
    it(`a lost press of ${button} is found by its level within three ticks`, () => {
      const level = underPressure(power());
      losing(level, 10, false);
      level.board.press(button);
      expect(level.rig.valve).not.toBe(0);
      level.board.advanceTo(level.board.nowMs + POLLED_MS + TICK_MS);
      expectCut(level);
      level.board.release(button);
      expectStaysVented(level);
    });
  }

  it('a lost release leaves the button neither deaf nor held', () => {
    const level = power();
    level.board.advanceTo(9000);
    level.button(1, true, 9001);
    level.board.advanceTo(9150);
    losing(level, 10, false);
    level.board.release('D1');
    while (level.rig.p2 < 80) {
      if (level.board.nowMs > 60_000) throw new Error(`no pressure: ${phaseName(level.view.phase)}`);
      level.nextTick();
    }
    level.board.press('D1');
    expectCut(level);
  });

  it('a release lost and a press at once after it, before anything could look: still a press', () => {
    const level = underPressure(power());
    level.board.machine.faults = [];
    level.board.press('D26');
    level.board.advanceTo(level.board.nowMs + 2 * TICK_MS);
    const before = level.view.tick;
    losing(level, 1, false);
    level.board.release('D26');
    level.board.advanceTo(level.board.nowMs + 1);
    // what a stop undoes, to be seen undone again
    level.board.evaluate('digitalWrite(D21, 1); digitalWrite(D23, 1)');
    level.board.press('D26');
    expect(level.view.tick - before).toBeLessThanOrEqual(1);
    expect(level.board.machine.bridges.map((b) => b.awake)).toEqual([false, false]);
  });

  it('both edges of a short push, with the flag that events were lost, vent at once: it may have been a stop', () => {
    const level = underPressure(power());
    losing(level, 50, true);
    level.board.press('D26');
    level.board.machine.idle();
    expectCut(level);
    level.board.release('D26');
    expectStaysVented(level);
    expect(level.board.machine.resets.length).toBe(1);
    expect(phaseName(level.view.phase)).toBe('paused');
  });

  it('the flag is taken back, or the interpreter would not tell it a second time', () => {
    const level = underPressure(power());
    level.board.machine.events.raise(['FIFO_FULL']);
    level.board.advanceTo(level.board.nowMs + TICK_MS);
    expectCut(level);
    expect(level.board.machine.events.takeFlags()).toEqual([]);
  });
});

describe('a program that fails under pressure', () => {
  function failing(fault: (atMs: number) => BoardFault): { level: ImageLevel; at: number } {
    const level = underPressure(power());
    const at = level.board.nowMs + 10;
    level.board.machine.faults = [fault(at)];
    return { level, at };
  }

  it('that hangs loses pump and valve within 5 ticks, then resets, and resumes nothing', () => {
    const { level, at } = failing((atMs) => ({ kind: 'hang', atMs }));
    level.board.advanceTo(at + LEASE_MS);
    expectCut(level);
    expect(level.board.machine.resets.length).toBe(1);
    expectStaysVented(level);
    expect(level.board.machine.resets.map((r) => r.cause)).toEqual(['power', 'watchdog']);
    expect(level.board.machine.resets[1]?.atMs).toBeLessThanOrEqual(at + WATCHDOG_S * 1000);
    expect(isPressurePhase(level.board.view?.phase ?? -1)).toBe(false);
  });

  it('that loses its interval for ever vents at once and resets', () => {
    const { level, at } = failing((atMs) => ({ kind: 'drop-interval', atMs }));
    level.board.advanceTo(at + TICK_MS);
    expectCut(level);
    expectStaysVented(level);
    expect(level.board.machine.resets.map((r) => r.cause)).toEqual(['power', 'watchdog']);
  });

  for (const call of ['analogWrite', 'readFrom', 'writeTo', 'digitalRead', 'analogRead', 'kickWatchdog']) {
    it(`whose ${call} throws from now on vents, and does not come back`, () => {
      const { level, at } = failing((atMs) => ({ kind: 'throw', call, atMs }));
      level.board.machine.faults = [{ kind: 'throw', call, atMs: at, untilMs: at + 5000 }];
      level.board.advanceTo(at + 3000);
      expectCut(level);
      expectStaysVented(level);
    });
  }

  it('whose outputs cannot be written is cut by the lease', () => {
    const { level, at } = failing((atMs) => ({ kind: 'throw', call: 'digitalWrite', atMs }));
    level.board.machine.faults = [{ kind: 'throw', call: 'digitalWrite', atMs: at, untilMs: at + 3000 }];
    level.board.advanceTo(at);
    level.board.press('D1');
    expect(level.rig.valve).toBe(1);
    level.board.advanceTo(at + TICK_MS + LEASE_MS);
    expectCut(level);
  });

  it('that stands still for longer than the lease is cut meanwhile and not taken back', () => {
    const { level, at } = failing((atMs) => ({ kind: 'stall', atMs, ms: LEASE_MS + 60 }));
    level.board.advanceTo(at + LEASE_MS);
    expectCut(level);
    expectStaysVented(level);
  });

  it('that stands still for up to two ticks, whenever in a tick, goes on, and the early tick afterwards is no trip', () => {
    for (const ms of [TICK_MS / 2, TICK_MS, (TICK_MS * 13) / 8, 2 * TICK_MS]) {
      const level = underPressure(power());
      for (let offset = 0; offset < TICK_MS; offset += 3) {
        const at = level.board.nowMs + 2 + offset;
        level.board.machine.faults = [{ kind: 'stall', atMs: at, ms: Math.round(ms) }];
        level.board.advanceTo(Math.ceil((at + 1000) / TICK_MS) * TICK_MS + CONVERT_MS);
        expect([ms, offset, level.view.trip]).toEqual([ms, offset, 0]);
        expect(level.rig.valve + level.view.bleedMs).toBeGreaterThan(0);
      }
    }
  });
});

describe('power', () => {
  it('lost and back under pressure: vented, and nothing resumes', () => {
    const level = underPressure(power());
    level.board.powerOff();
    expectCut(level);
    level.board.advanceTo(level.board.nowMs + 50);
    level.board.powerOn();
    expectStaysVented(level);
    expect(isPressurePhase(level.board.view?.phase ?? -1)).toBe(false);
  });

  it('of a battery that dies: the chip stops, everything opens', () => {
    const level = underPressure(power());
    const at = level.board.nowMs;
    const dying = power({ rig: { faults: [{ kind: 'supply-lost', atMs: at + 100 }] } });
    underPressure(dying);
    dying.board.advanceTo(Math.max(at + 400, dying.board.nowMs));
    expect(dying.board.machine.powered).toBe(false);
    expectCut(dying);
  });
});

describe('the closed console', () => {
  it('takes Ctrl-C, REPL lines and 100,000 random bytes without stalling inflated', () => {
    const level = underPressure(power());
    const { board } = level;
    board.machine.connect(board.machine.usb);
    board.machine.receive(board.machine.usb, '\x03\x03reset()\nload()\n');
    let seed = 12345;
    for (let k = 0; k < 100; k++) {
      let bytes = '';
      for (let i = 0; i < 1000; i++) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        bytes += String.fromCharCode(seed % 256);
      }
      board.machine.receive(board.machine.usb, bytes);
      board.advanceTo(board.nowMs + 20);
    }
    expect(board.machine.resets.length).toBe(1);
    expect(board.machine.hung).toBe(false);
    const before = level.view.tick;
    board.advanceTo(board.nowMs + 1000);
    expect(level.view.tick).toBeGreaterThan(before);
  });

  it('a peer that stops reading never holds the loop up', () => {
    const level = underPressure(power());
    const { usb } = level.board.machine;
    level.board.machine.connect(usb);
    usb.reads = false;
    level.board.machine.receive(usb, 'hello\n');
    level.board.advanceTo(level.board.nowMs + 5000);
    expect(level.board.machine.hung).toBe(false);
    expect(level.board.machine.complaints).toEqual([]);
  });
});

describe('service mode', () => {
  it('is reached by holding the training button from idle: reset, console open, nothing drives', () => {
    const level = power();
    const { board } = level;
    board.advanceTo(9000);
    board.press('D1');
    board.advanceTo(15_000);
    board.release('D1');
    board.advanceTo(17_000);
    expect(board.machine.resets.map((r) => r.cause)).toEqual(['power', 'watchdog']);
    expect(board.evaluate('boot.mode')).toBe('service');
    expect(board.machine.console).toBe(board.machine.usb);
    expectCut(level);
  });
});
