import { describe, expect, it } from 'vitest';
import { LedCore } from '../../sim/core/led-core.ts';
import { silentPorts } from '../../sim/core/silent-ports.ts';
import { FILE_SETTINGS } from '../../src/files.ts';
import { TICK_MS } from '../../src/limits.ts';
import { receive } from '../../src/link/link.ts';
import { BOOK_FULL } from '../../src/safety/book-rules.ts';
import { defaultSettings, encodeSettings, LOP_MEASURED } from '../../src/settings.ts';
import { BUTTON_STOP, BUTTON_TRAINING, press } from '../../src/wearer/press.ts';

const TRAITS = {
  ageMs: 0,
  zeroMinMmHg: -30,
  zeroMaxMmHg: 30,
  noiseMilliMmHg: 80,
  maxPeriodMs: 110,
  frozenMs: 0,
  maxMmHg: 400,
};

/** Holding 100 mmHg in a cuff of a few lines. */
function holding(): { led: LedCore; run: (ticks: number) => void } {
  let mmHg = 0;
  let n = 0;
  const sensor = { traits: TRAITS, faults: 0, sample: () => mmHg + (n++ % 7) / 100 };
  const settings = { ...defaultSettings(), lopMmHg: 190, lopSource: LOP_MEASURED };
  const led = new LedCore(
    silentPorts(sensor, { [FILE_SETTINGS]: encodeSettings(settings) }, () => 3700),
    TICK_MS,
  );
  const run = (ticks: number): void => {
    for (let i = 0; i < ticks; i++) {
      const t = led.core.tick;
      if (t.outVent) mmHg *= 0.9;
      else mmHg += (t.outPump * 25 * TICK_MS) / 1e6 - t.outBleedMs * 0.05;
      led.hold(100);
      led.tick(t.now + TICK_MS);
    }
  };
  run(200);
  return { led, run };
}

describe('a core that is led from outside', () => {
  it.each([
    ['the training button', (led: LedCore) => press(led.core, BUTTON_TRAINING, led.core.tick.now)],
    ['STOP', (led: LedCore) => press(led.core, BUTTON_STOP, led.core.tick.now)],
    ['a STOP over the link', (led: LedCore) => receive(led.core, '~S\n')],
  ])('stays vented after %s, however often the leader asks to hold', (_name, stop) => {
    const { led, run } = holding();
    expect([led.core.tick.outVent, led.core.tick.setpoint]).toEqual([false, 100]);
    stop(led);
    expect(led.core.tick.outVent).toBe(true);
    for (let i = 0; i < 40; i++) {
      run(1);
      expect([led.core.tick.outVent, led.core.tick.setpoint]).toEqual([true, null]);
    }
    led.hold(null);
    run(1);
    expect(led.core.tick.setpoint).toBe(100);
  });

  it('releases a cuff whose air book is full, and holds again once the cuff reads zero', () => {
    const { led, run } = holding();
    Object.assign(led.core.supervisor.air, { bookStage: BOOK_FULL });
    run(8);
    expect([led.core.tick.outVent, led.core.tick.setpoint]).toEqual([true, null]);
    run(5000 / TICK_MS);
    expect(led.core.tick.setpoint).toBe(null);
    run(8000 / TICK_MS);
    expect([led.core.tick.outVent, led.core.tick.setpoint]).toEqual([false, 100]);
    expect(led.core.supervisor.trip).toBe(0);
  });
});
