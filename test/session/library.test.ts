/** The built-in protocols and the names of phases, written down a second time where a slip would be worn. */
import { describe, expect, it } from 'vitest';
import { isPressurePhase, phaseName } from '../../src/phases.ts';
import { builtInProtocol, PROTOCOL_COUNT } from '../../src/session/library.ts';
import { isStepOn, lengthMs, sessionPressureMs } from '../../src/session/protocol.ts';
import { viewOf } from '../../src/view.ts';
import { Device } from '../loop/device.ts';

describe('the built-in protocols', () => {
  it('have the shares, times and steps that docs/protocols.md names', () => {
    const rows = Array.from({ length: PROTOCOL_COUNT }, (_x, i) => {
      const p = builtInProtocol(i);
      const shares = [...new Set(p.steps.filter(isStepOn).map((s) => s.permille / 10))].join('/');
      return `${i} ${p.id} ${p.activity} ${p.stage} ${shares} % ${p.steps.length} steps ${lengthMs(p) / 1000} s ${sessionPressureMs(p, 0) / 1000} s`;
    });
    expect(rows).toEqual([
      '0 run-5x3 0 1 50 % 9 steps 1140 s 900 s',
      '1 intro 0 0 40 % 5 steps 480 s 360 s',
      '2 run-6x3 0 2 50 % 11 steps 1560 s 1080 s',
      '3 fast-3x5 0 3 50 % 32 steps 1200 s 900 s',
      '4 easy-10 1 0 40 % 1 steps 600 s 600 s',
      '5 easy-15 0 1 40 % 1 steps 900 s 900 s',
      '6 walk-5x2 1 0 50 % 9 steps 840 s 600 s',
      '7 cycle-5x2 2 1 60 % 9 steps 840 s 600 s',
      '8 sprint-recovery 0 3 60 % 18 steps 1800 s 720 s',
      '9 lift-30-15 3 1 60 % 7 steps 240 s 240 s',
      '10 cycle-20-5 4 0 30/40/50 % 47 steps 705 s 480 s',
      '11 passive-4x5 4 1 70 % 7 steps 1920 s 1200 s',
      '12 run-5x3-on 0 2 50 % 9 steps 1140 s 1140 s',
      '13 arm-30-15 3 0 40 % 7 steps 240 s 240 s',
    ]);
  });
});

describe('phases', () => {
  it('under pressure are fill, work, rest and measurement, and no other', () => {
    const under = Array.from({ length: 14 }, (_x, i) => i).filter(isPressurePhase);
    expect(under.map(phaseName)).toEqual(['fill', 'work', 'rest', 'lop']);
    expect(phaseName(99)).toBe('unknown');
  });
});

describe('what tools see', () => {
  it('is the state after the latest tick; no setpoint is -1', () => {
    const d = new Device().work();
    expect(viewOf(d.core)).toEqual({
      tick: d.core.tick.count,
      now: d.now,
      phase: 3,
      step: 0,
      leftMs: d.core.session.leftMs,
      setpoint: 100,
      measuredMmHg: d.core.tick.measuredMmHg,
      filteredMmHg: d.core.tick.filteredMmHg,
      pump: d.core.tick.outPump,
      bleedMs: d.core.tick.outBleedMs,
      vent: 0,
      trip: 0,
      inhibits: 0,
      lamps: d.core.lamps.lit,
    });
    const idle = new Device().settle();
    expect([viewOf(idle.core).setpoint, viewOf(idle.core).vent]).toEqual([-1, 1]);
  });
});
