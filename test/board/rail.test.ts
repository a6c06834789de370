import { describe, expect, it } from 'vitest';
import {
  believedRail,
  createRailProbe,
  probeDriven,
  probeSampled,
  probeStopped,
} from '../../hal/rail-probe.ts';
import type { MonitorPort } from '../../src/ports.ts';
import type { Tick } from '../../src/tick.ts';
import { createTick } from '../../src/tick.ts';
import { bench } from './support.ts';

describe('when the rail can be read', () => {
  /** s = a sample, d = the pump is driven, 0 = it is stopped; what the samples said. */
  it.each<[string, string, readonly boolean[]]>([
    ['every other sample of a resting driver', 'ssss', [false, true, false, true]],
    ['from the second sample of a driving one', 'dsss', [false, true, true]],
    ['at once where it was awake for a sample', 'sds', [false, true]],
    ['another duty changes nothing', 'dsdsds', [false, true, true]],
    ['stopped, it sleeps: what was woken for a sample as well', 's0ss', [false, false, true]],
    ['stopped and driven again between two samples', 'dss0dss', [false, true, false, true]],
    ['stopped after it was driven', 'dss0sss', [false, true, false, true, false]],
    ['driven out of a sample, stopped, driven', 'sd0dss', [false, false, true]],
  ])('%s', (_name, steps, said) => {
    const probe = createRailProbe();
    const told: boolean[] = [];
    for (const step of steps) {
      if (step === 's') told.push(probeSampled(probe));
      else if (step === 'd') probeDriven(probe, 500 + told.length);
      else probeStopped(probe);
    }
    expect(told).toEqual(said);
  });
  it('only a resting driver is awake for it', () => {
    const probe = createRailProbe();
    expect([probe.probing, probeSampled(probe), probe.probing]).toEqual([false, false, true]);
    probeStopped(probe);
    expect(probe.probing).toBe(false);
  });
  it('less than 500 mV is no supply', () => {
    expect([499.9, 500, 3550.4, 0].map(believedRail)).toEqual([0, 500, 3550, 0]);
  });
});

describe('the monitor', () => {
  const MONITOR = `
import { openDevice } from '../../hal/device.ts';
const device = openDevice();
const asked = [];
const native = process.memory;
process.memory = (gc) => { asked.push(gc); return native(gc); };
export default { device, asked };`;
  const open = () => {
    const b = bench(MONITOR);
    const run = (code: string): unknown => b.board.evaluate(code);
    const monitor = run('cuff.device.ports.monitor') as MonitorPort & { close(): void };
    const look = (outVent: boolean): Tick => {
      const t = createTick(50);
      monitor.look(t, outVent);
      return t;
    };
    return { ...b, run, monitor, look };
  };
  it('leaves a driving pump alone', () => {
    const { run, rig, look } = open();
    run('cuff.device.ports.pump.write(600)');
    for (let i = 0; i < 4; i++) {
      look(false);
      expect(rig.pump).toBe(0.6);
    }
  });
  it('reads terminals, pulls the fault pins up, and lets the rail output go when it is closed', () => {
    const { board, run, monitor } = open();
    expect(monitor.readsTerminals).toBe(true);
    expect([run('getPinMode(D19)'), run('getPinMode(D20)')]).toEqual(['input_pullup', 'input_pullup']);
    expect(board.machine.pin(13).out).toBe(1);
    monitor.close();
    board.machine.pin(13).write(1);
    monitor.close();
    expect(board.machine.pin(13).out, 'closed once').toBe(1);
    board.machine.pin(13).write(0);
    expect(board.machine.pin(13).out).toBe(0);
    expect(() => run('cuff.device.ports.monitor.look({})')).toThrow(/closed/);
    expect(board.machine.complaints).toEqual([]);
  });
  it('counts the memory in every 16th look at a vented cuff, from the first one, without collecting; never under pressure', () => {
    const { run, look } = open();
    expect(look(false).driverFaults).toBe(0);
    for (let i = 0; i < 40; i++) look(false);
    expect(run('cuff.asked.length')).toBe(0);
    look(true);
    expect(run('cuff.asked.join()')).toBe('false');
    for (let i = 0; i < 15; i++) look(true);
    expect(run('cuff.asked.length')).toBe(1);
    look(true);
    expect(run('cuff.asked.length')).toBe(2);
  });
  it('a twentieth of the variables free is enough, one less is not, and is told until the next count', () => {
    const { board, look } = open();
    board.machine.freeVariables = 600;
    expect(look(true).driverFaults).toBe(0);
    const low = open();
    low.board.machine.freeVariables = 599;
    expect([low.look(true).driverFaults, low.look(false).driverFaults]).toEqual([4, 4]);
  });
});
