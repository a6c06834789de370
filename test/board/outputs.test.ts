import { describe, expect, it } from 'vitest';
import { on } from './support.ts';

describe('what options may be', () => {
  const OPEN = `
import { Lease } from '../../hal/lease.ts';
import { Pump } from '../../hal/pump.ts';
import { Watchdog } from '../../hal/watchdog.ts';
import { ElectricalMonitor } from '../../hal/monitor.ts';
const part = { output: { pin: D17, hz: 20000 }, enable: D21 };
export default {
  lease: (ms) => new Lease({ enable: { pump: D21, valve: D23 }, ms }),
  pump: (hz) => new Pump({ output: { pin: D17, hz }, enable: D21 }),
  watchdog: (seconds) => new Watchdog({ seconds }),
  monitor: (denominator) => new ElectricalMonitor({ pump: new Pump(part), sense: { pump: D4, valve: D30, rail: D5 },
    divider: { numerator: 259, denominator }, railOutput: D13, faults: { pump: D19, valve: D20 } }),
};`;
  it.each<[string, readonly string[], readonly string[]]>([
    ['lease', ['20', '1000'], ['19', '1001', 'NaN', '-5']],
    ['pump', ['1000', '30000'], ['999', '30001', 'NaN']],
    ['watchdog', ['1/10', '30'], ['9/100', '30.1', 'NaN']],
    ['monitor', ['1'], ['0', '-1', 'NaN']],
  ])('%s: the ends are taken, beyond them an error', (what, good, bad) => {
    const { run } = on(OPEN);
    for (const value of good) expect(() => run(`cuff.${what}(${value})`), value).not.toThrow();
    for (const value of bad) expect(() => run(`cuff.${what}(${value})`), value).toThrow(/outside|above/);
  });
});

const OUTPUTS = `
import { Lease } from '../../hal/lease.ts';
import { Pump } from '../../hal/pump.ts';
import { Valve } from '../../hal/valve.ts';
export default {
  lease: new Lease({ enable: { pump: D21, valve: D23 }, ms: 250 }),
  pump: new Pump({ output: { pin: D17, hz: 20000 }, enable: D21 }),
  valve: new Valve({ output: { pin: D22 }, enable: D23 }),
};`;

describe('pump and valve', () => {
  it('a duty that stands is not written to the pin again', () => {
    const { run } = on(OUTPUTS);
    run('var writes=0;var native=analogWrite;analogWrite=function(p,v,o){writes++;native(p,v,o)}');
    run(
      'cuff.pump.write(500);cuff.pump.write(500);cuff.pump.write(600);cuff.pump.write(0);cuff.pump.write(600)',
    );
    expect(run('writes')).toBe(3);
  });
  it('the pump is driven at the frequency of its options', () => {
    const { run } = on(OUTPUTS);
    run('var hz=0;var native=analogWrite;analogWrite=function(p,v,o){hz=o.freq;native(p,v,o)}');
    run('cuff.pump.write(500)');
    expect(run('hz')).toBe(20_000);
  });
  it('a lease never removes the end of a bleed that got its id', () => {
    const { board, rig, run } = on(OUTPUTS);
    run('cuff.valve.write(0);cuff.lease.renew()');
    board.advanceTo(250);
    run('cuff.valve.write(-1);cuff.valve.write(0);cuff.valve.write(20);cuff.lease.renew()');
    board.advanceTo(300);
    expect(rig.valve).toBe(1);
  });
  it('a lease that has cut and is renewed cuts again', () => {
    const { board, rig, run } = on(OUTPUTS);
    run('cuff.lease.renew();cuff.valve.write(0)');
    board.advanceTo(250);
    run('cuff.valve.write(-1);cuff.valve.write(0);cuff.lease.renew()');
    expect(rig.valve).toBe(1);
    board.advanceTo(499);
    expect(rig.valve).toBe(1);
    board.advanceTo(500);
    expect(rig.valve).toBe(0);
  });
  it('a driver that the lease has put to sleep stays asleep until the pump has been written 0 once', () => {
    const { board, rig, run } = on(OUTPUTS);
    run('cuff.pump.write(500);cuff.lease.renew()');
    board.advanceTo(250);
    run('cuff.pump.write(700);cuff.lease.renew()');
    expect(rig.pump).toBe(0);
    run('cuff.pump.write(0);cuff.pump.write(700)');
    expect(rig.pump).toBe(0.7);
  });
  it('a valve that the lease has opened is shut again only by way of a vent, a bleed included', () => {
    const { board, rig, run } = on(OUTPUTS);
    run('cuff.valve.write(0);cuff.lease.renew()');
    board.advanceTo(250);
    run('cuff.valve.write(0);cuff.valve.write(10)');
    board.advanceTo(300);
    expect(rig.valve).toBe(0);
    run('cuff.valve.write(-1);cuff.valve.write(10)');
    expect(rig.valve).toBe(0);
    board.advanceTo(310);
    expect(rig.valve).toBe(1);
  });
  it('a bleed with no slot left for its end throws, with the valve open', () => {
    const { rig, run } = on(OUTPUTS);
    run(
      'cuff.valve.write(0);for(var i=0;i<16;i++){var id=require("timer").add({type:"SET",pin:D9,value:0,time:1e6});require("timer").remove(id)}',
    );
    expect(() => run('cuff.valve.write(10)')).toThrow(/slots/);
    expect(rig.valve).toBe(0);
  });
  it('closed, they are off and have no task left', () => {
    const { board, rig, run } = on(OUTPUTS);
    run('cuff.lease.renew();cuff.valve.write(0);cuff.valve.write(20);cuff.pump.write(500)');
    run('cuff.valve.close();cuff.pump.close();cuff.lease.close();cuff.lease.close()');
    expect(board.machine.utilityTimer.list()).toEqual([]);
    expect([rig.pump, rig.valve]).toEqual([0, 0]);
    expect(board.machine.bridges.map((b) => b.awake)).toEqual([false, false]);
    for (const call of [
      'pump.write(1)',
      'pump.followProbe()',
      'valve.write(0)',
      'lease.renew()',
      'lease.drop()',
    ])
      expect(() => run(`cuff.${call}`), call).toThrow(/closed/);
  });
  describe('a renewal that comes too late', () => {
    const DEVICE = `
import { openDevice } from '../../hal/device.ts';
export default openDevice().ports;`;
    const late = (ms: number) => {
      const b = on(DEVICE);
      b.run('cuff.lease.renew();cuff.valve.write(0);cuff.pump.write(500)');
      b.board.advanceTo(ms);
      return b;
    };

    it('is told, and the outputs are vented', () => {
      for (const ms of [250, 251, 400]) {
        const { board, rig, run } = late(ms);
        expect([run('cuff.lease.renew()'), rig.pump, rig.valve]).toEqual([false, 0, 0]);
        expect(run('cuff.pump.state.duty+","+cuff.valve.vented')).toBe('0,true');
        board.advanceTo(ms + 100);
        expect([rig.pump, rig.valve]).toEqual([0, 0]);
      }
    });
    it('in time it is none', () => {
      const { rig, run } = late(249);
      expect([run('cuff.lease.renew()'), rig.pump, rig.valve]).toEqual([true, 0.5, 1]);
    });
    it('is found whatever has become of the old task’s slot', () => {
      const { board, rig, run } = late(250);
      run('cuff.valve.write(20)');
      expect([run('cuff.lease.renew()'), rig.valve]).toEqual([false, 0]);
      board.advanceTo(400);
      expect(rig.valve).toBe(0);
    });
    it('of outputs that were vented meanwhile loses nothing, and neither does the first after a drop', () => {
      const { board, rig, run } = late(100);
      run('cuff.valve.write(-1);cuff.pump.write(0)');
      board.advanceTo(400);
      expect(run('cuff.lease.renew()')).toBe(true);
      run('cuff.valve.write(0)');
      expect(rig.valve).toBe(1);
      run('cuff.lease.drop();cuff.valve.write(-1)');
      board.advanceTo(1000);
      expect(run('cuff.lease.renew()')).toBe(true);
    });
  });
  it('a lease cuts 250 ms after its last renewal, and not at all once it was dropped', () => {
    const { board, rig, run } = on(OUTPUTS);
    run('cuff.valve.write(0);cuff.lease.renew()');
    board.advanceTo(200);
    run('cuff.lease.renew()');
    board.advanceTo(449);
    expect(rig.valve).toBe(1);
    board.advanceTo(450);
    expect(rig.valve).toBe(0);
    run('cuff.valve.write(-1);cuff.valve.write(0);cuff.lease.renew();cuff.lease.drop()');
    board.advanceTo(2000);
    expect(rig.valve).toBe(1);
  });
});

describe('the watchdog', () => {
  const DOG = `
import { Watchdog } from '../../hal/watchdog.ts';
const dog = new Watchdog({ seconds: 1 });
export default { dog };`;
  const resets = (code: string, everyMs: number, forMs: number): number => {
    const { board, run } = on(DOG);
    for (let ms = everyMs; ms <= forMs; ms += everyMs) {
      board.advanceTo(ms);
      if (board.machine.resets.length === 1) run(code);
    }
    return board.machine.resets.length - 1;
  };
  it('bites a second after the last kick, by hand only', () => {
    expect(resets('cuff.dog.kick()', 900, 9000)).toBe(0);
    expect(resets('0', 900, 2000)).toBe(1);
    const { board } = on(DOG);
    expect([board.machine.watchdog.running, board.machine.watchdog.auto]).toEqual([true, false]);
    board.advanceTo(999);
    expect(board.machine.resets.length).toBe(1);
  });
  it('found running by a program that was loaded anew, it is kicked first', () => {
    const { board, run } = on(DOG);
    board.advanceTo(900);
    run('load()');
    board.machine.idle();
    board.advanceTo(1800);
    expect(board.machine.resets.map((r) => r.cause)).toEqual(['power', 'load']);
  });
  it('starved, no kick helps', () => {
    expect(resets('cuff.dog.starve();cuff.dog.kick()', 500, 1500)).toBe(1);
  });
});

describe('failures that no try can catch', () => {
  const WATCH = `
import { closeConsole } from '../../hal/boot/console.ts';
import { watchFailures } from '../../hal/failure.ts';
const log = [];
watchFailures(() => { log.push('cut'); }, () => { log.push('stop'); });
export default { log, closeConsole };`;
  it.each<[readonly string[], string]>([
    [['MEMORY'], 'cut'],
    [['LOW_MEMORY', 'CALLBACK'], 'cut,cut'],
    [['FIFO_FULL'], 'stop'],
    [['BUFFER_FULL'], ''],
    [['UART_OVERFLOW'], ''],
    [['BUFFER_FULL', 'FIFO_FULL', 'MEMORY'], 'stop,cut'],
  ])('%s: %s', (flags, log) => {
    const { board, run } = on(WATCH);
    board.machine.events.raise(flags);
    board.machine.idle();
    expect(run('cuff.log.join()')).toBe(log);
  });
  it('an event that was lost is told again the next time', () => {
    const { board, run } = on(WATCH);
    for (let i = 0; i < 3; i++) {
      board.machine.events.raise(['FIFO_FULL']);
      board.machine.idle();
    }
    expect(run('cuff.log.join()')).toBe('stop,stop,stop');
  });
  it('an exception outside of the loop cuts, and the console can be closed', () => {
    const { board, run } = on(WATCH);
    run('setTimeout(function(){throw new Error("x")},5)');
    board.advanceTo(10);
    expect(run('cuff.log.join()')).toBe('cut');
    run('var forced;var native=E.setConsole;E.setConsole=function(d,o){forced=o.force;native(d,o)}');
    run('cuff.closeConsole()');
    expect([board.machine.console, run('forced')]).toEqual([null, true]);
  });
});
