/** Read-back of a board whose motor rail has a divider of its own: Pico 2 with its terminals, XIAO without. */
import { describe, expect, it } from 'vitest';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { layoutOf } from '../../sim/board/wired-layout.ts';
import { TICK_MS } from '../../src/limits.ts';
import type { Ports } from '../../src/ports.ts';
import { createTick, type Tick } from '../../src/tick.ts';
import { deviceCode } from './on-board.ts';
import { FakeRig } from './support.ts';

const OPEN = `import { openDevice } from './hal/device.ts';
export default openDevice();`;

async function open(board: string) {
  const rig = new FakeRig();
  const made = new VirtualBoard({ rig, layout: layoutOf(board) });
  made.write({ '.bootcde': `var cuff=${await deviceCode({ board, sensor: 'mprls' }, OPEN)};` });
  made.powerOn();
  const ports = made.evaluate('cuff.ports') as Ports;
  const look = (vented = true): Tick => {
    const t = createTick(TICK_MS);
    ports.monitor.look(t, vented);
    return t;
  };
  return { board: made, rig, ports, look };
}

describe.each(['pico2', 'xiao'])('the read-back of %s', (name) => {
  it('has the rail in every look, whatever the drivers do, and never wakes one', async () => {
    const { board, rig, look } = await open(name);
    for (let k = 1; k <= 6; k++) {
      rig.railMv = 3600 + 200 * k;
      expect(Math.abs(look().railMv - rig.railMv)).toBeLessThan(5);
      expect(board.machine.bridges.map((b) => b.awake)).toEqual([false, false]);
    }
    rig.railMv = 200;
    expect(look().railMv).toBe(0);
  });

  it('bit 2 says that fewer than a twentieth of the variables are free, and is not looked for under pressure', async () => {
    const { board, look } = await open(name);
    board.machine.freeVariables = board.machine.layout.variables / 20 - 1;
    for (let k = 0; k < 40; k++) expect(look(false).driverFaults).toBe(0);
    for (let k = 0; k < 16; k++) look();
    expect(look().driverFaults).toBe(4);
    board.machine.freeVariables = board.machine.layout.variables / 20 + 1;
    for (let k = 0; k < 16; k++) look();
    expect(look().driverFaults).toBe(0);
  });
});

describe('the terminals', () => {
  it('of a Pico 2 follow the outputs, and its fault pins are bits 0 and 1', async () => {
    const { board, rig, ports, look } = await open('pico2');
    expect(ports.monitor.readsTerminals).toBe(true);
    ports.lease.renew();
    ports.valve.write(0);
    ports.pump.write(500);
    board.advanceTo(60);
    const on = look(false);
    expect(Math.abs(on.valveMv - rig.railMv)).toBeLessThan(5);
    expect(Math.abs(on.pumpMv - rig.railMv / 2)).toBeLessThan(5);
    board.driverFault(0, true);
    expect(look(false).driverFaults).toBe(1);
    board.driverFault(1, true);
    expect(look(false).driverFaults).toBe(3);
    board.driverFault(0, false);
    expect(look(false).driverFaults).toBe(2);
  });

  it('of a XIAO are not read, and said not to be', async () => {
    const { board, ports, look } = await open('xiao');
    expect(ports.monitor.readsTerminals).toBe(false);
    ports.lease.renew();
    ports.valve.write(0);
    board.advanceTo(60);
    const t = look(false);
    expect([t.pumpMv, t.valveMv, t.driverFaults]).toEqual([0, 0, 0]);
  });
});
