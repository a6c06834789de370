import { expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { type MonitorPort, NO_RAIL } from '../../src/ports.ts';
import { INHIBIT_BATTERY } from '../../src/safety/inhibits.ts';
import type { Tick } from '../../src/tick.ts';
import { createTick } from '../../src/tick.ts';
import { bench as wearer } from '../core/bench.ts';
import { bench } from './support.ts';

const OPEN = `
import { openBlindMonitor } from '../../hal/open-monitor.ts';
export default { monitor: openBlindMonitor() };`;

it('the monitor of a board without sense pins says that it reads nothing', () => {
  const monitor = bench(OPEN).board.evaluate('cuff.monitor') as MonitorPort;
  expect(monitor.readsTerminals).toBe(false);
  const t = createTick(TICK_MS);
  monitor.look(t, true);
  expect(t.railMv).toBe(NO_RAIL);
});

/** A wearer whose board always reads this. */
function reading(railMv: number) {
  const b = wearer();
  const look = (t: Tick): void => {
    t.railMv = railMv;
  };
  Object.assign(b.level.core.ports.monitor, { look });
  return b;
}

it('such a board starts and goes on without a battery check', () => {
  const b = reading(NO_RAIL);
  b.start();
  b.run(10);
  expect([b.phase, b.level.view.trip]).toEqual(['work', 0]);
});

it('one that reads nothing although it could does not start', () => {
  const b = reading(0);
  b.settle();
  expect(b.level.view.inhibits & INHIBIT_BATTERY).toBe(INHIBIT_BATTERY);
});
