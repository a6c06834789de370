import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { VALVE_VENT } from '../../src/ports.ts';
import { INHIBIT_DRIVER, INHIBIT_ZERO, INHIBIT_ZERO_RANGE } from '../../src/safety/inhibits.ts';
import { ZERO_OUT_OF_RANGE, ZERO_SHIFTED } from '../../src/sensing/zero.ts';
import { type Protocol, STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import { encodeProtocol } from '../../src/session/stored.ts';
import { LAMP_RED } from '../../src/wearer/patterns.ts';
import { type Bench, bench } from '../core/bench.ts';

const WORK = { kind: STEP_WORK, ms: 20000, permille: 500, mmHg: 0, rampMmHgPerS: 0 };
const RELEASED = { kind: STEP_REST, ms: 30000, permille: 0, mmHg: 0, rampMmHgPerS: 0 };

/** In the released rest between two sets of work. */
function released(): Bench {
  const mine: Protocol = { id: 'mine', activity: 0, stage: 0, steps: [WORK, RELEASED, WORK] };
  const b = bench({ settings: { protocol: 25 }, files: { 'cuff.p0': encodeProtocol(mine) } });
  b.start();
  b.until('released', 60);
  return b;
}

/** The reading of the open cuff moves by `mmHg` once the rest has begun; it has time to be seen. */
function shifted(mmHg: number): Bench {
  const b = released();
  b.level.rig.sensor.trouble.added = mmHg;
  return b;
}

describe('the refill after a released rest', () => {
  it('begins by itself when all is well', () => {
    const b = released();
    b.until('work', 60);
    expect(b.level.view.trip).toBe(0);
  });

  it.each([8, -8])('does not begin on a zero that has moved by %d mmHg: a pause that says why', (mmHg) => {
    const b = shifted(mmHg);
    b.until('paused', 60);
    expect(b.level.core.sensing.zero.refusal).toBe(ZERO_SHIFTED);
    expect(b.level.view.inhibits).toBe(INHIBIT_ZERO);
    let red = false;
    for (let i = 0; i < 200; i++) {
      b.level.nextTick();
      red = red || b.level.view.lamps === LAMP_RED;
    }
    expect(red).toBe(true);
    expect(b.level.core.session.pauses).toBe(0);
    b.tap(1);
    b.run(3);
    expect([b.phase, b.level.rig.valve]).toEqual(['paused', 0]);
  });

  it('nor on one outside the ambient range', () => {
    const b = released();
    b.run(15);
    b.level.core.sensing.zero.refusal = ZERO_OUT_OF_RANGE;
    b.level.core.sensing.zero.count = -1_000_000;
    b.until('paused', 60);
    expect(b.level.view.inhibits).toBe(INHIBIT_ZERO_RANGE);
  });

  it('nor with a driver that reports a fault; it goes on by a press once that is over', () => {
    const b = released();
    const t = b.level.core.tick;
    b.run(15);
    t.driverFaults = 1;
    b.until('paused', 60);
    expect(b.level.view.inhibits).toBe(INHIBIT_DRIVER);
    t.driverFaults = 0;
    b.run(1);
    b.tap(1);
    b.until('work', 60);
  });

  it('waits out one bad moment at the time it is due', () => {
    const b = released();
    const t = b.level.core.tick;
    b.run(18);
    t.driverFaults = 1;
    while (b.level.core.session.leftMs > b.level.core.session.fillMs - 1000) {
      expect(b.phase).toBe('released');
      b.level.nextTick();
    }
    t.driverFaults = 0;
    b.until('fill', 2);
  });
});

it('at no time are outputs on without a lease', () => {
  const b = bench();
  const { lease, valve, pump } = b.level.core.ports;
  let live = false;
  let writes = 0;
  let renewals = 0;
  let renewedAt = 0;
  const renew = lease.renew.bind(lease);
  const drop = lease.drop.bind(lease);
  const writeValve = valve.write.bind(valve);
  const writePump = pump.write.bind(pump);
  Object.assign(lease, {
    renew: () => {
      live = true;
      renewals++;
      renewedAt = b.level.core.tick.now;
      return renew();
    },
    drop: () => {
      live = false;
      drop();
    },
  });
  Object.assign(valve, {
    write: (ms: number) => {
      if (ms !== VALVE_VENT && !live) throw new Error('valve shut without a lease');
      writes += ms === VALVE_VENT ? 0 : 1;
      writeValve(ms);
    },
  });
  Object.assign(pump, {
    write: (duty: number) => {
      if (duty > 0 && !live) throw new Error('pump on without a lease');
      writePump(duty);
    },
  });
  b.start();
  expect(writes).toBeGreaterThan(0);
  renewals = 0;
  for (let i = 0; i < 500; i++) {
    b.level.nextTick();
    expect(b.level.core.tick.now - renewedAt).toBeLessThanOrEqual(TICK_MS);
  }
  expect(renewals).toBe(500);
  expect([b.phase, b.level.view.trip]).toEqual(['work', 0]);
});
