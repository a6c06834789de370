import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { InterpreterBoard } from '../../../sim/interpreter/interpreter-board.ts';
import { InterpreterLevel } from '../../../sim/interpreter/interpreter-level.ts';
import { Wearer } from '../../../sim/level/wearer.ts';
import { Rig } from '../../../sim/plant/rig.ts';
import { LEASE_MS, TICK_MS, WATCHDOG_S } from '../../../src/limits.ts';
import { PHASE_WORK } from '../../../src/phases.ts';
import { flashOf, needInterpreter, specOf } from './setup.ts';

const spec = specOf('run', 1);
let open: { close(): void } | undefined;

afterEach(() => {
  open?.close();
  open = undefined;
});

/** A board that runs `program` from its `.bootcde`; `seen` is what the harness looks at. */
function toy(program: string, answerMs = 3000): InterpreterBoard {
  const board = new InterpreterBoard({
    interpreter: needInterpreter(),
    rig: new Rig(spec.rig, spec.seed),
    files: { '.bootcde': program },
    ram: false,
    answerMs,
  });
  open = board;
  return board;
}

describe('the stand-in for the hardware', () => {
  it('fires timers by due time, and by age when they are due together', () => {
    const board = toy(
      'var seen=[];setInterval(function(){seen.push("a"+getTime()*1000);},20);setTimeout(function(){seen.push("b"+getTime()*1000);},20);setTimeout(function(){seen.push("c"+getTime()*1000);},7);',
    );
    board.powerOn();
    board.advanceTo(40);
    expect(board.evaluate('seen')).toEqual(['c7', 'a20', 'b20', 'a40']);
  });

  it('fires an interval that was held up once for every time it missed', () => {
    const board = toy('var seen=[];setInterval(function(){seen.push(getTime()*1000);},20);');
    board.schedule(25, () => board.machine.stall(100));
    board.powerOn();
    board.advanceTo(160);
    expect(board.evaluate('seen')).toEqual([20, 125, 125, 125, 125, 125, 140, 160]);
  });

  it('hands button edges to setWatch at their time', () => {
    const board = toy(
      'var seen=[];pinMode(D1,"input_pullup");setWatch(function(e){seen.push([e.state,e.time*1000]);},D1,{repeat:true,edge:"both",debounce:0});',
    );
    board.powerOn();
    board.schedule(33, () => board.press('D1'));
    board.schedule(60, () => board.release('D1'));
    board.advanceTo(100);
    expect(board.evaluate('seen')).toEqual([
      [false, 33],
      [true, 60],
    ]);
  });

  it('lets the utility timer move pins while JS stands still for ever', () => {
    const board = toy(
      'digitalWrite(D21,1);analogWrite(D17,0.5,{freq:20000});require("timer").add({type:"SET",pin:D21,value:0,time:50});',
    );
    board.schedule(10, () => board.machine.stall(Number.POSITIVE_INFINITY));
    board.powerOn();
    board.advanceTo(49);
    expect(board.rig.pump).toBe(0.5);
    board.advanceTo(51);
    expect(board.rig.pump).toBe(0);
  });

  it('reports an exception that nobody caught, and goes on', () => {
    const board = toy('var n=0;setInterval(function(){n++;if(n===2)throw new Error("third wheel");},20);');
    board.powerOn();
    board.advanceTo(100);
    expect(board.evaluate('n')).toBe(5);
    expect(board.mishaps.map((m) => [m.atMs, m.what.includes('third wheel')])).toEqual([[40, true]]);
  });

  it('takes an interval away when its callback dies of too deep recursion', () => {
    const board = toy(
      'var n=0,m=0;function deep(){deep();}setInterval(function(){n++;if(n===3)deep();},20);setInterval(function(){m++;},20);',
      20_000,
    );
    board.powerOn();
    board.advanceTo(200);
    expect(board.evaluate('[n,m]')).toEqual([3, 10]);
    expect(board.mishaps.map((x) => x.what)).toEqual(['timer 1 died uncatchably and is gone for ever']);
  });
});

describe('an interpreter that fails', () => {
  it('is killed when it does not answer, and the error says so', () => {
    const board = toy('setTimeout(function(){while(1);},10);', 500);
    board.powerOn();
    expect(() => board.advanceTo(100)).toThrow(/did not answer within 500 ms/);
  });

  it('names what it printed when the image does not load', async () => {
    const files = { ...(await flashOf(spec)), '.bootcde': 'nothingHere();' };
    const rig = new Rig(spec.rig, spec.seed);
    const options = { interpreter: needInterpreter(), files, ram: true };
    expect(() => new InterpreterLevel(rig, options)).toThrow(/nothingHere/);
  });

  it('leaves no folder behind', () => {
    const board = toy('var n=1;');
    board.powerOn();
    expect(existsSync(board.folder)).toBe(true);
    board.close();
    expect(existsSync(board.folder)).toBe(false);
  });
});

describe('the shipped image', () => {
  async function underPressure(): Promise<InterpreterLevel> {
    const level = new InterpreterLevel(new Rig(spec.rig, spec.seed), {
      interpreter: needInterpreter(),
      files: await flashOf(spec),
      ram: true,
    });
    open = level;
    const wearer = new Wearer(level, spec.plan);
    for (let i = 0; i < 1500 && level.view.phase !== PHASE_WORK; i++) {
      level.nextTick();
      wearer.look();
    }
    expect(level.view.phase).toBe(PHASE_WORK);
    expect(level.rig.valve).toBe(1);
    return level;
  }

  it('that hangs under pressure loses its outputs to the lease, is reset, and stays vented', async () => {
    const level = await underPressure();
    const board = level.board;
    board.machine.stall(Number.POSITIVE_INFINITY);
    const hungAt = board.nowMs;
    board.advanceTo(hungAt + LEASE_MS);
    expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
    board.advanceTo(hungAt + WATCHDOG_S * 1000 + 20 * TICK_MS);
    expect(board.machine.resets.map((r) => r.cause)).toEqual(['power', 'watchdog']);
    expect(level.view.tick).toBeGreaterThan(5);
    board.advanceTo(hungAt + 20_000);
    expect([level.rig.pump, level.rig.valve, level.view.vent]).toEqual([0, 0, 1]);
  });

  it('vents in the same millisecond when any button goes down', async () => {
    const level = await underPressure();
    const at = level.board.nowMs + 3;
    level.button(2, true, at);
    level.board.advanceTo(at);
    expect([level.rig.pump, level.rig.valve]).toEqual([0, 0]);
  });
});
