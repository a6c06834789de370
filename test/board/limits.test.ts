import { describe, expect, it } from 'vitest';
import { createCore } from '../../src/core.ts';
import { LOP_DONE } from '../../src/occlusion/lop-state.ts';
import { beginMeasurement, measure } from '../../src/session/measurement.ts';
import { protocolFits } from '../../src/session/protocol.ts';
import { Device, working } from '../loop/device.ts';
import { on } from './support.ts';

/** The numbers of src/limits.ts that no rule judges by, as they show outside. */
describe('limits as they show outside', () => {
  const OPEN = `
import { openDevice, startTicking } from '../../hal/device.ts';
const device = openDevice();
const runs = [];
export default { device, runs, start: () => startTicking(device, 0, (_core, at) => { runs.push(at); }, () => {}) };`;

  it('an unrenewed lease lasts 250 ms', () => {
    const { board, rig, run } = on(OPEN);
    run('cuff.device.ports.valve.write(0);cuff.device.ports.lease.renew()');
    board.advanceTo(249);
    expect(rig.valve).toBe(1);
    board.advanceTo(250);
    expect(rig.valve).toBe(0);
  });
  it('an unkicked watchdog lasts a second', () => {
    const { board } = on(OPEN);
    board.advanceTo(999);
    expect(board.machine.resets.length).toBe(1);
    board.advanceTo(1001);
    expect(board.machine.resets.length).toBe(2);
  });
  it('a tick comes 7 ms after its conversion, every 50 ms', () => {
    const { board, run } = on(OPEN);
    run('cuff.start()');
    board.advanceTo(160);
    expect(run('cuff.runs.join()')).toBe('57,107,157');
  });
  it('the lid on crests is 97 % of LOP', () => {
    const d = new Device({ settings: { lopMmHg: 200 } });
    expect(d.core.tick.capMmHg).toBe(194);
    expect(createCore(d.core.ports, { periodMs: 50, version: '' }).tick.capMmHg).toBe(194);
  });
  it.each([
    [79, false],
    [80, true],
    [300, true],
    [301, false],
  ])('a measured LOP of %s is taken: %s', (mmHg, taken) => {
    const d = new Device({ settings: { lopMmHg: 0, lopSource: 0 } }).settle();
    d.core.measurement.ordered = true;
    beginMeasurement(d.core);
    const { lop } = d.core.measurement;
    d.core.measurement.waits = false;
    Object.assign(lop.result, { mmHg, refusal: 0 });
    lop.state = LOP_DONE;
    Object.assign(d.core.tick, { setpoint: null });
    measure(d.core);
    expect(d.core.settings.lopMmHg).toBe(taken ? mmHg : 0);
  });
  it.each([
    [19, false],
    [20, true],
  ])('a setpoint of %s mmHg is a cuff that is on: %s', (mmHg, fits) => {
    const p = working(10);
    Object.assign(p.steps[0] as object, { permille: 0, mmHg });
    expect(protocolFits(p, 200, 160, 1_200_000)).toBe(fits);
  });
});
