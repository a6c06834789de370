import { expect, it } from 'vitest';
import { bench } from '../core/bench.ts';

it('pump time, pump starts and bleeds of the record are those that were sent', () => {
  const b = bench({ settings: { protocol: 2 } });
  b.settle();
  b.tap(1);
  b.until('work', 60);
  b.level.rig.setActivity('run');
  const { outputs } = b.level.core;
  const before = {
    starts: outputs.pumpStarts,
    bleeds: outputs.bleeds,
    pumpMs: b.level.core.supervisor.pumpMs,
  };
  const sent = { starts: 0, bleeds: 0, pumpMs: 0 };
  let was = b.level.view.pump;
  for (let i = 0; i < 1200; i++) {
    b.level.nextTick();
    const { pump, bleedMs } = b.level.view;
    if (pump > 0 && was === 0) sent.starts++;
    if (bleedMs > 0) sent.bleeds++;
    // a start counts when it is made, not when it ends
    expect(outputs.pumpStarts - before.starts).toBe(sent.starts);
    // what is sent in this tick is counted in the next one
    if (was > 0) sent.pumpMs += b.level.core.tick.dt;
    was = pump;
  }
  expect(sent.starts).toBeGreaterThan(5);
  expect(sent.bleeds).toBeGreaterThan(20);
  expect(outputs.bleeds - before.bleeds).toBe(sent.bleeds);
  expect(b.level.core.supervisor.pumpMs - before.pumpMs).toBe(sent.pumpMs);
});
