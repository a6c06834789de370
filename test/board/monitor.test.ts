import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import type { Ports } from '../../src/ports.ts';
import type { Tick } from '../../src/tick.ts';
import { createTick } from '../../src/tick.ts';
import { bench } from './support.ts';

const OPEN = `import { openDevice } from '../../hal/device.ts'; export default { device: openDevice() };`;

/** Time between two looks. */
const LOOK_MS = 4 * TICK_MS;

function open() {
  const b = bench(OPEN);
  const ports = b.board.evaluate('cuff.device.ports') as Ports;
  const look = (): Tick => {
    const t = createTick(TICK_MS);
    ports.monitor.look(t, true);
    return t;
  };
  return { ...b, ports, look };
}

describe('the electrical read-back', () => {
  it('never drives the pump while it measures the rail of a resting driver', () => {
    const { board, rig, look } = open();
    for (let k = 1; k <= 40; k++) {
      board.machine.watchdog.kick(board.nowMs);
      look();
      for (let i = 0; i < LOOK_MS / 10; i++) {
        board.advanceTo(board.nowMs + 10);
        expect(rig.pump).toBe(0);
      }
    }
  });

  it('lets the driver sleep again after each reading, and pump 0 puts it to sleep at once, whatever it is awake for', () => {
    const { board, ports, look } = open();
    const awake = () => board.machine.bridges[0]?.awake;
    look();
    expect(awake()).toBe(true);
    board.advanceTo(LOOK_MS);
    look();
    expect(awake()).toBe(false);
    ports.pump.write(500);
    ports.pump.write(0);
    expect(awake()).toBe(false);
    look();
    expect(awake()).toBe(true);
    ports.pump.write(0);
    expect(awake()).toBe(false);
  });

  it('bit 0 is the pump driver, bit 1 the valve driver', () => {
    const { board, look } = open();
    expect(look().driverFaults).toBe(0);
    board.driverFault(0, true);
    expect(look().driverFaults).toBe(1);
    board.driverFault(1, true);
    expect(look().driverFaults).toBe(3);
    board.driverFault(0, false);
    expect(look().driverFaults).toBe(2);
  });

  it('bit 2 says that fewer than a twentieth of the variables are free, within 16 samples', () => {
    const { board, look } = open();
    board.machine.freeVariables = 601;
    for (let i = 0; i < 16; i++) expect(look().driverFaults).toBe(0);
    board.machine.freeVariables = 599;
    for (let i = 0; i < 16; i++) look();
    expect(look().driverFaults).toBe(4);
  });

  it('closed, it leaves the output that is measured off', () => {
    const { board } = open();
    board.evaluate('var log=[];var native=digitalWrite;digitalWrite=(p,v)=>{log.push(p+v);native(p,v)}');
    board.evaluate('cuff.device.ports.monitor.close()');
    expect(board.evaluate('log.join()===D13+"0"')).toBe(true);
  });

  it('a pump output that is stuck high shows at its terminal', () => {
    const { board, look } = open();
    board.evaluate('digitalWrite(D21,1);digitalWrite(D17,1)');
    board.advanceTo(100);
    expect(Math.abs(look().pumpMv - 3550)).toBeLessThan(5);
  });

  it('one that is stuck behind a resting driver shows in every other look: it runs while the look keeps the driver awake', () => {
    const { board, look } = open();
    board.evaluate('digitalWrite(D17,1)');
    const live: boolean[] = [];
    for (let k = 1; k <= 8; k++) {
      live.push(look().pumpMv > 600);
      board.machine.watchdog.kick(board.nowMs);
      board.advanceTo(k * LOOK_MS);
    }
    expect(live).toEqual([false, true, false, true, false, true, false, true]);
  });
});

describe('a button', () => {
  const BUTTON = `
import { Button } from '../../hal/button.ts';
const log = [];
const button = new Button({ input: { pin: D1, activeLow: true }, onPress: () => { log.push('press ' + Math.round(getTime() * 1000)); }, onRelease: () => { log.push('release ' + Math.round(getTime() * 1000)); } });
export default { log, button };`;

  it('reports the first edge of a bouncing press at once, and one release 30 ms after the last bounce', () => {
    const { board } = bench(BUTTON);
    const edges: [number, 'press' | 'release'][] = [
      [100, 'press'],
      [101, 'release'],
      [102, 'press'],
      [104, 'release'],
      [105, 'press'],
      [300, 'release'],
      [301, 'press'],
      [303, 'release'],
    ];
    for (const [at, edge] of edges) board.schedule(at, () => board[edge]('D1'));
    board.advanceTo(1000);
    expect(board.evaluate('cuff.log.join()')).toBe('press 100,release 333');
  });

  it('30 ms after the last edge a contact pushed is a press again, its release may have been lost', () => {
    for (const [later, log] of [
      [29, 'press 100'],
      [30, 'press 100,press 130'],
    ] as const) {
      const { board } = bench(BUTTON, {
        faults: [{ kind: 'lose-edges', atMs: 110, untilMs: 120, told: false }],
      });
      board.schedule(100, () => board.press('D1'));
      board.schedule(115, () => board.release('D1'));
      board.schedule(100 + later, () => board.press('D1'));
      board.advanceTo(150);
      expect(board.evaluate('cuff.log.join()')).toBe(log);
    }
  });

  it('a press while JS stands still is reported when it goes on', () => {
    const { board } = bench(BUTTON, { faults: [{ kind: 'stall', atMs: 100, ms: 500 }] });
    board.schedule(200, () => board.press('D1'));
    board.advanceTo(599);
    expect(board.evaluate('cuff.log.join()')).toBe('');
    board.advanceTo(600);
    expect(board.evaluate('cuff.log.join()')).toBe('press 600');
  });

  it('read() is the contact as it is now, and a closed button reports nothing', () => {
    const { board } = bench(BUTTON);
    expect(board.evaluate('cuff.button.read()')).toBe(false);
    board.press('D1');
    expect(board.evaluate('cuff.button.read()')).toBe(true);
    board.evaluate('cuff.button.close();cuff.button.close()');
    board.release('D1');
    board.press('D1');
    expect(board.evaluate('cuff.log.length')).toBe(1);
    expect(() => board.evaluate('cuff.button.read()')).toThrow(/closed/);
  });
});

describe('options that make no sense are refused before a pin moves', () => {
  const refused: [string, string, RegExp][] = [
    [
      'Pump',
      "import { Pump as X } from '../../hal/pump.ts';const o={output:{pin:D17,hz:50},enable:D21};",
      /hz 50 is outside 1000\.\.30000/,
    ],
    [
      'Lease',
      "import { Lease as X } from '../../hal/lease.ts';const o={enable:{pump:D21,valve:D23},ms:5000};",
      /ms 5000 is outside 20\.\.1000/,
    ],
    [
      'Watchdog',
      "import { Watchdog as X } from '../../hal/watchdog.ts';const o={seconds:0};",
      /seconds 0 is outside/,
    ],
    [
      'sensor',
      "import { HoneywellSensor as X } from '../../hal/sensors/honeywell.ts';const o={sensor:{io:I2C1,address:200},part:{traits:{}}};",
      /address 200 is outside 8\.\.119/,
    ],
  ];
  for (const [name, code, message] of refused) {
    it(`${name}`, () => {
      const { board } = bench(`${code}\nexport default { open: () => new X(o) };`);
      const before = board.machine.pins.map((p) => p.mode).join();
      expect(() => board.evaluate('cuff.open()')).toThrow(message);
      expect(board.machine.pins.map((p) => p.mode).join()).toBe(before);
      expect(board.machine.watchdog.running).toBe(false);
    });
  }

  it('every driver can be closed twice, leaves its output safe, and throws when used afterwards', () => {
    const { board, rig } = bench(OPEN);
    for (const port of ['pump', 'valve', 'lease', 'indicator', 'store', 'link', 'monitor', 'sensor'])
      board.evaluate(`cuff.device.ports.${port}.close();cuff.device.ports.${port}.close()`);
    expect([rig.pump, rig.valve]).toEqual([0, 0]);
    for (const call of [
      'pump.write(1)',
      'valve.write(0)',
      'lease.renew()',
      'lease.drop()',
      'indicator.write(1)',
      'store.read("a")',
      'store.write("a","b")',
      'store.erase("a")',
      'link.write("x")',
      'monitor.look({})',
      'sensor.sample()',
    ])
      expect(() => board.evaluate(`cuff.device.ports.${call}`), call).toThrow(/closed/);
  });
});
