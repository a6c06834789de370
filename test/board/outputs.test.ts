import { describe, expect, it } from 'vitest';
import type { Packet } from '../../sim/board/radio.ts';
import { foundOf } from '../../sim/board/radio.ts';
import { bench } from './support.ts';

/** Times of the drivers, written down a second time. */
const SETTLE_MS = 30;
const BURST_MS = 3000;
const SAME_MS = 500;
const PAIR = 4711;

/** `evaluate` on a board whose `cuff` is what `source` exports. */
function on(source: string, options?: Parameters<typeof bench>[1]) {
  const b = bench(source, options);
  return { ...b, run: (code: string): unknown => b.board.evaluate(code) };
}

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
  it('starved, no kick helps', () => {
    expect(resets('cuff.dog.starve();cuff.dog.kick()', 500, 1500)).toBe(1);
  });
});

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
  it('closed in the middle of a release it says nothing more', () => {
    const b = button();
    b.at(100, 'press');
    b.at(200, 'release');
    b.board.advanceTo(210);
    b.run('cuff.button.close()');
    b.board.advanceTo(400);
    expect(b.log()).toBe('down');
  });
});

describe('failures that no try can catch', () => {
  const WATCH = `
import { closeConsole, watchFailures } from '../../hal/failure.ts';
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
    run('cuff.closeConsole()');
    expect(board.machine.console).toBeNull();
  });
});

describe('the relay', () => {
  const RELAY = `
import { Relay } from '../../hal/relay.ts';
const heard = [];
const relay = new Relay({ onStop: (number) => { heard.push(number); } });
export default { relay, heard };`;
  const relay = (pair: number | string = PAIR, options?: Parameters<typeof bench>[1]) => {
    const b = on(RELAY, options);
    b.run(`cuff.relay.pair(${pair})`);
    const radio = b.board.machine.radio;
    const sent = (): readonly number[] | undefined => radio.sending?.packet.serviceData['ffc5'];
    const hear = (data: Packet['serviceData'] | undefined): string => {
      b.board.machine.hear(data === undefined ? { id: 'x', rssi: -60 } : foundOf({ serviceData: data }, 'x'));
      return b.run('cuff.heard.join()') as string;
    };
    return { ...b, radio, sent, hear };
  };
  it('without a pair, or with an id that is none, the radio is left alone', () => {
    for (const pair of [0, -1, 65536, 'NaN']) {
      const { radio, run, sent } = relay(pair);
      run('cuff.relay.stop()');
      expect([radio.listening, sent(), radio.changes], String(pair)).toEqual([undefined, undefined, 0]);
    }
    for (const pair of [1, 65535]) expect(relay(pair).radio.listening).toBeDefined();
  });
  it('listens for its own service a fifth of the time, in a window longer than the pause between two packets', () => {
    const l = relay().radio.listening;
    expect([l?.service, l?.windowMs, l?.intervalMs]).toEqual(['ffc5', 35, 175]);
  });
  it('a stop is the pair and a number, sent every 20 ms for three seconds, then the radio is as it was', () => {
    const { board, radio, run, sent } = relay();
    board.advanceTo(10_000);
    run('cuff.relay.stop()');
    expect([sent(), radio.sending?.intervalMs]).toEqual([[83, PAIR >> 8, PAIR & 255, 1], 20]);
    board.advanceTo(10_000 + BURST_MS - 1);
    expect(sent()).toBeDefined();
    board.advanceTo(10_000 + BURST_MS + 1);
    expect([sent(), radio.sending?.intervalMs, radio.changes]).toEqual([undefined, 375, 2]);
  });
  it('the first stop may come at once after the start', () => {
    const { run, sent } = relay();
    run('cuff.relay.stop()');
    expect(sent()?.[3]).toBe(1);
  });
  it('a flood of stops is one: a second within half a second is not sent anew, a later one is', () => {
    const { board, radio, run, sent } = relay();
    board.advanceTo(10_000);
    run('for(var i=0;i<50;i++)cuff.relay.stop()');
    board.advanceTo(10_000 + SAME_MS - 1);
    run('cuff.relay.stop()');
    expect([radio.changes, sent()?.[3]]).toEqual([1, 1]);
    board.advanceTo(10_000 + SAME_MS);
    run('cuff.relay.stop()');
    expect([radio.changes, sent()?.[3]]).toEqual([2, 2]);
  });
  it('the end of a burst does not end a later one', () => {
    const { board, run, sent } = relay();
    board.advanceTo(10_000);
    run('cuff.relay.stop()');
    board.advanceTo(12_000);
    run('cuff.relay.stop()');
    board.advanceTo(12_000 + BURST_MS - 1);
    expect(sent()?.[3]).toBe(2);
    board.advanceTo(12_000 + BURST_MS + 1);
    expect(sent()).toBeUndefined();
  });
  it('numbers go round within a byte', () => {
    const { board, run, sent } = relay();
    for (let i = 1; i <= 257; i++) {
      board.advanceTo(i * 1000);
      run('cuff.relay.stop()');
      expect(sent()?.[3]).toBe(i & 255);
    }
  });
  it('hears whole stops of its own pair and nothing else', () => {
    const stop = [83, PAIR >> 8, PAIR & 255, 9];
    const { hear } = relay();
    for (const data of [
      undefined,
      {},
      { feaa: stop },
      { ffc5: [] },
      { ffc5: stop.slice(0, 3) },
      { ffc5: [...stop, 0] },
      { ffc5: [84, ...stop.slice(1)] },
      { ffc5: [83, (PAIR >> 8) + 1, PAIR & 255, 9] },
      { ffc5: [83, PAIR >> 8, (PAIR & 255) + 1, 9] },
    ])
      expect(hear(data), JSON.stringify(data)).toBe('');
    expect(hear({ ffc5: stop })).toBe('9');
  });
  it('a radio that refuses to listen is a cuff without a pair, one that refuses to send or to be quiet makes no noise', () => {
    const deaf = relay(PAIR, { faults: [{ kind: 'throw', call: 'setScan', atMs: 0 }] });
    expect(deaf.run('cuff.relay.pairId')).toBe(0);
    const dumb = relay(PAIR, { faults: [{ kind: 'throw', call: 'setAdvertising', atMs: 0 }] });
    expect(() => dumb.run('cuff.relay.stop()')).not.toThrow();
    dumb.board.advanceTo(5000);
    const late = relay(PAIR, { faults: [{ kind: 'throw', call: 'setAdvertising', atMs: 1000 }] });
    late.run('cuff.relay.stop()');
    late.board.advanceTo(5000);
    expect([dumb.board.machine.complaints, late.board.machine.complaints]).toEqual([[], []]);
  });
  it('closed, it is deaf, and a burst under way ends', () => {
    const { board, radio, run, sent, hear } = relay();
    run('cuff.relay.stop();cuff.relay.close();cuff.relay.close()');
    expect([radio.listening, hear({ ffc5: [83, PAIR >> 8, PAIR & 255, 9] })]).toEqual([undefined, '']);
    expect(() => run('cuff.relay.stop()')).toThrow(/closed/);
    board.advanceTo(BURST_MS + 1);
    expect(sent()).toBeUndefined();
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
device.onReceive = (bytes) => { log.push('heard ' + bytes); };
const runs = [];
startTicking(device, 'core', (core, at) => { device.ports.watchdog.kick(); runs.push(core + ' ' + at); work(); });
export default { device, log, runs, slow: (f) => { work = f; } };`;
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
    run('E.setConsole(null,{force:true});cuff.device.onReceive("~S")');
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
