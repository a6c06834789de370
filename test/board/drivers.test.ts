import { describe, expect, it } from 'vitest';
import { bench } from './support.ts';

const OPEN = `
import { openDevice } from '../../hal/device.ts';
export default { device: openDevice() };
`;

/** A board on which hal's device is open; `run` evaluates with `p` = its ports. */
function open() {
  const b = bench(OPEN);
  const run = (code: string): unknown =>
    b.board.evaluate(`(function(p,d){return ${code}})(cuff.device.ports,cuff.device)`);
  return { ...b, run };
}

describe('outputs of the reference board', () => {
  it('are vented with both drivers asleep after opening', () => {
    const { board, rig } = open();
    expect(board.machine.complaints).toEqual([]);
    expect([rig.pump, rig.valve]).toEqual([0, 0]);
    expect(board.machine.bridges.map((b) => b.awake)).toEqual([false, false]);
  });

  it('pump at 350 permille drives its terminal at 0.35 and 0 puts the driver to sleep', () => {
    const { board, rig, run } = open();
    run('p.pump.write(350)');
    expect(rig.pump).toBe(0.35);
    run('p.pump.write(0)');
    expect(rig.pump).toBe(0);
    expect(board.machine.bridges[0]?.awake).toBe(false);
  });

  it('valve shuts, bleeds for 12 ms and shuts again by itself', () => {
    const { board, rig, run } = open();
    run('p.valve.write(0)');
    expect(rig.valve).toBe(1);
    run('p.valve.write(12)');
    expect(rig.valve).toBe(0);
    board.advanceTo(11);
    expect(rig.valve).toBe(0);
    board.advanceTo(12);
    expect(rig.valve).toBe(1);
  });
});
