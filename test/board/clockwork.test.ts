import { describe, expect, it } from 'vitest';
import { on } from './support.ts';

/** As in hal/button.ts, written down a second time. */
const SETTLE_MS = 30;

describe('a button of a bouncing, forgetful chip', () => {
  const source = (activeLow: boolean): string => `
import { Button, levelOf, pollButton } from '../../hal/button.ts';
const log = [];
const button = new Button({ input: { pin: ${activeLow ? 'D1' : 'BTN1'}, activeLow: ${activeLow} },
  onPress: () => { log.push('down'); }, onRelease: () => { log.push('up'); } });
export default { log, button, poll: () => pollButton(button), level: () => levelOf(button) };`;
  const button = (activeLow = true, held = false) => {
    const name = activeLow ? 'D1' : 'BTN1';
    const b = on(source(activeLow));
    if (held) {
      b.board.powerOff();
      b.board.press(name);
      b.board.powerOn();
    }
    const at = (ms: number, edge: 'press' | 'release'): void =>
      b.board.schedule(ms, () => b.board[edge](name));
    return { ...b, at, log: (): unknown => b.run('cuff.log.join()') };
  };
  it.each([[true], [false]])('level and edges, active low %s', (activeLow) => {
    const b = button(activeLow);
    const idle = b.run('cuff.level()');
    b.at(100, 'press');
    b.board.advanceTo(100);
    expect([b.log(), b.run('cuff.level()'), b.run('cuff.button.read()')]).toEqual([
      'down',
      activeLow ? 0 : 1,
      true,
    ]);
    expect(idle).toBe(activeLow ? 1 : 0);
    b.at(300, 'release');
    b.board.advanceTo(300 + SETTLE_MS - 1);
    expect(b.log()).toBe('down');
    b.board.advanceTo(300 + SETTLE_MS);
    expect(b.log()).toBe('down,up');
    expect(b.run('cuff.level()')).toBe(idle);
  });
  it('pushed again sooner than 30 ms after the last edge it bounces, later it is a press', () => {
    for (const [gap, log] of [
      [SETTLE_MS - 1, 'down'],
      [SETTLE_MS + 1, 'down,up,down'],
    ] as const) {
      const b = button();
      b.at(100, 'press');
      b.at(400, 'release');
      b.at(400 + gap, 'press');
      b.board.advanceTo(600);
      expect(b.log(), String(gap)).toBe(log);
    }
  });
  it('a press whose release was lost is a second press, not nothing', () => {
    const b = button();
    b.board.machine.faults = [{ kind: 'lose-edges', atMs: 300, untilMs: 310, told: false }];
    b.at(100, 'press');
    b.at(305, 'release');
    b.at(500, 'press');
    b.board.advanceTo(500);
    expect(b.log()).toBe('down,down');
  });
  it('held since before the start it is no press; its release is one', () => {
    const b = button(true, true);
    const at = b.board.nowMs;
    expect(b.log()).toBe('');
    b.board.schedule(at + 100, () => b.board.release('D1'));
    b.board.advanceTo(at + 200);
    expect(b.log()).toBe('up');
  });
  it('what no edge has told is found by its level: a lost press at once, a lost release after it has settled', () => {
    const b = button();
    b.board.machine.faults = [{ kind: 'lose-edges', atMs: 100, untilMs: 10_000, told: false }];
    b.at(100, 'press');
    b.board.advanceTo(150);
    b.run('cuff.poll();cuff.poll()');
    expect(b.log()).toBe('down');
    b.at(200, 'release');
    b.board.advanceTo(250);
    b.run('cuff.poll();cuff.poll()');
    expect(b.log()).toBe('down');
    b.board.advanceTo(250 + SETTLE_MS);
    expect(b.log()).toBe('down,up');
    b.run('cuff.poll()');
    b.board.advanceTo(400);
    expect(b.log()).toBe('down,up');
  });
  it('a release that is found not to be one when it has settled is none', () => {
    const b = button();
    b.at(100, 'press');
    b.at(200, 'release');
    b.board.advanceTo(210);
    b.board.machine.faults = [{ kind: 'lose-edges', atMs: 215, untilMs: 225, told: false }];
    b.at(220, 'press');
    b.board.advanceTo(300);
    expect(b.log()).toBe('down');
    b.at(400, 'release');
    b.board.advanceTo(500);
    expect(b.log()).toBe('down,up');
  });
  it('after bounces and after a release a lost edge is still found', () => {
    const b = button();
    b.at(100, 'press');
    b.at(200, 'release');
    b.at(210, 'press');
    b.board.advanceTo(300);
    b.board.machine.faults = [{ kind: 'lose-edges', atMs: 300, untilMs: 10_000, told: false }];
    b.at(310, 'release');
    b.board.advanceTo(350);
    b.run('cuff.poll()');
    b.board.advanceTo(400);
    expect(b.log()).toBe('down,up');
    b.at(500, 'press');
    b.board.advanceTo(500);
    b.run('cuff.poll()');
    expect(b.log()).toBe('down,up,down');
  });
  it('a release whose press was lost is none', () => {
    const b = button();
    b.board.machine.faults = [{ kind: 'lose-edges', atMs: 100, untilMs: 150, told: false }];
    b.at(100, 'press');
    b.at(200, 'release');
    b.board.advanceTo(400);
    expect(b.log()).toBe('');
  });
  it('closed, pushed and let go, it says nothing', () => {
    const b = button();
    b.run('cuff.button.close();cuff.button.close()');
    b.at(100, 'press');
    b.at(200, 'release');
    b.board.advanceTo(400);
    expect(b.log()).toBe('');
  });
  it('closed in the middle of a release it says nothing more, pushed on or not', () => {
    const held = button();
    held.at(100, 'press');
    held.at(200, 'release');
    held.board.advanceTo(210);
    const before = held.run('cuff.button.settle') !== undefined;
    held.run('cuff.button.close()');
    expect([before, held.run('cuff.button.settle')]).toEqual([true, undefined]);
    const b = button();
    b.at(100, 'press');
    b.at(200, 'release');
    b.board.advanceTo(210);
    b.run('cuff.button.close()');
    b.board.advanceTo(400);
    expect(b.log()).toBe('down');
  });
});

describe('the clockwork', () => {
  const CLOCK = `
import { openDevice, startTicking } from '../../hal/device.ts';
const device = openDevice();
const log = [];
let work = () => undefined;
device.onPress = (button, at) => { log.push('down ' + button + ' ' + at); };
device.onRelease = (button, at) => { log.push('up ' + button + ' ' + at); };
device.link.onReceive = (bytes) => { log.push('heard ' + bytes); };
const runs = [];
const took = [];
startTicking(device, 'core', (core, at) => { device.ports.watchdog.kick(); runs.push(core + ' ' + at); work(); device.ports.buttons.look(); }, (core, ms) => { took.push(ms); });
export default { device, log, runs, took, slow: (f) => { work = f; } };`;
  it('times one tick in seven', () => {
    const { board, run } = on(CLOCK);
    board.advanceTo(501);
    expect(run('cuff.took.join()')).toBe('0');
    board.advanceTo(851);
    expect(run('cuff.took.join()')).toBe('0,0');
  });
  it('converts every 50 ms and runs 7 ms later, with the time of that moment', () => {
    const { board, rig, run } = on(CLOCK);
    board.advanceTo(49);
    expect(rig.conversions).toBe(0);
    board.advanceTo(50);
    expect([rig.conversions, run('cuff.runs.length')]).toEqual([1, 0]);
    board.advanceTo(56);
    expect(run('cuff.runs.length')).toBe(0);
    board.advanceTo(157);
    expect([rig.conversions, run('cuff.runs.join()')]).toEqual([3, 'core 57,core 107,core 157']);
  });
  it('an interval that was held up does not run as often as it was missed', () => {
    const { board, rig, run } = on(CLOCK, { faults: [{ kind: 'stall', atMs: 100, ms: 400 }] });
    board.advanceTo(600);
    expect(run('cuff.runs.length') as number).toBeLessThanOrEqual(6);
    expect(rig.conversions).toBeLessThanOrEqual(7);
    expect(run('cuff.runs.length') as number).toBeGreaterThanOrEqual(3);
  });
  it('a tick reads all contacts at once, and single ones only where a level is not as told', () => {
    for (const name of ['BTN1', 'D1', 'D26'] as const) {
      const { board, run } = on(CLOCK);
      run(
        'var single=0;var native=digitalRead;digitalRead=(p)=>{if(!Array.isArray(p))single++;return native(p)}',
      );
      board.advanceTo(160);
      expect(run('single'), name).toBe(0);
      board.schedule(210, () => board.press(name));
      board.schedule(400, () => board.release(name));
      board.advanceTo(390);
      expect(run('single'), name).toBe(0);
      board.advanceTo(500);
      const settled = run('single');
      board.advanceTo(900);
      expect(run('single'), name).toBe(settled);
    }
  });
  it('each button is known by its number, edge by edge, and by its level where edges are lost', () => {
    for (const [index, name] of [
      [0, 'BTN1'],
      [1, 'D1'],
      [2, 'D26'],
    ] as const) {
      const { board, run } = on(CLOCK);
      board.schedule(120, () => board.press(name));
      board.schedule(300, () => board.release(name));
      board.advanceTo(400);
      expect(run('cuff.log.join()'), name).toBe(`down ${index} 120,up ${index} 330`);
      const lost = on(CLOCK, { faults: [{ kind: 'lose-edges', atMs: 100, untilMs: 10_000, told: false }] });
      lost.board.schedule(120, () => lost.board.press(name));
      lost.board.schedule(300, () => lost.board.release(name));
      lost.board.advanceTo(500);
      expect(lost.run('cuff.log.join()'), name).toBe(`down ${index} 157,up ${index} 337`);
    }
  });
  /** From these buttons told to be down, to those, with all edges lost. */
  const NAMES = ['BTN1', 'D1', 'D26'] as const;
  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'whatever is down (%s), any change that no edge has told is found',
    (before) => {
      for (let after = 0; after < 8; after++) {
        const { board, run } = on(CLOCK);
        const change = (from: number, to: number): void => {
          NAMES.forEach((name, i) => {
            const bit = 1 << i;
            if ((from & bit) !== (to & bit)) board[(to & bit) === 0 ? 'release' : 'press'](name);
          });
        };
        board.advanceTo(110);
        change(0, before);
        board.advanceTo(200);
        run('cuff.log.splice(0)');
        board.machine.faults = [{ kind: 'lose-edges', atMs: 200, untilMs: 10_000, told: false }];
        change(before, after);
        board.advanceTo(300);
        const found = NAMES.map((_n, i) => i).filter((i) => ((before ^ after) & (1 << i)) !== 0);
        const log = (run('cuff.log.join()') as string).split(',').filter((line) => line !== '');
        expect(log.map((line) => Number(line.split(' ')[1])).sort()).toEqual(found);
        expect(board.machine.complaints).toEqual([]);
      }
    },
  );
  it('pressed and let go as told, a lost press is found', () => {
    for (const [index, name] of NAMES.entries()) {
      const { board, run } = on(CLOCK);
      board.schedule(120, () => board.press(name));
      board.schedule(200, () => board.release(name));
      board.advanceTo(300);
      board.machine.faults = [{ kind: 'lose-edges', atMs: 300, untilMs: 10_000, told: false }];
      board.schedule(310, () => board.press(name));
      board.advanceTo(400);
      expect(run('cuff.log.length'), name).toBe(3);
      expect(run('cuff.log[2]')).toBe(`down ${index} 357`);
    }
  });
  it('time begins with the program, not with the chip', () => {
    const { board, run } = on(CLOCK);
    board.advanceTo(500);
    run('load()');
    board.advanceTo(600);
    expect(run('cuff.runs[0]')).toBe('core 57');
  });
  it('two buttons at once, one of them held: the other is still heard', () => {
    const { board, run } = on(CLOCK, {
      faults: [{ kind: 'lose-edges', atMs: 200, untilMs: 10_000, told: false }],
    });
    board.schedule(120, () => board.press('D1'));
    board.schedule(220, () => board.press('D26'));
    board.advanceTo(300);
    expect(run('cuff.log.join()')).toBe('down 1 120,down 2 257');
  });
  it('bytes of a link are handed on', () => {
    const { board, run } = on(CLOCK);
    run('E.setConsole(null,{force:true});cuff.device.link.onReceive("~S")');
    board.machine.receive(board.machine.bluetooth, 'ab');
    board.advanceTo(10);
    expect(run('cuff.log.join()')).toBe('heard ~S,heard ab');
  });
  it('service mode is asked for in flash, and no kick puts the reset off', () => {
    const { board, run } = on(CLOCK);
    board.advanceTo(200);
    run('cuff.device.ports.service.request()');
    expect(run('require("Storage").read("cuff.svc")')).toBeDefined();
    board.advanceTo(1500);
    expect(board.machine.resets.length).toBe(2);
  });
  it('an open board is vented, asleep, and has its watchdog running', () => {
    const { board, rig } = on(CLOCK);
    expect([rig.pump, rig.valve, board.machine.watchdog.running]).toEqual([0, 0, true]);
    expect(board.machine.bridges.map((b) => b.awake)).toEqual([false, false]);
    expect(board.machine.complaints).toEqual([]);
  });
});
