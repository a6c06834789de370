/** What becomes of a measurement: its result waits for the vent, and goes into the settings only when it is believed. */
import { describe, expect, it } from 'vitest';
import { MAX_CUFF_MMHG, TICK_MS } from '../../src/limits.ts';
import { LOP_DONE, LOP_FILL, LOP_IDLE } from '../../src/occlusion/lop-state.ts';
import {
  beginMeasurement,
  endMeasurement,
  measure,
  orderMeasurement,
} from '../../src/session/measurement.ts';
import { capOf } from '../../src/session/settings-in-use.ts';
import { decodeSettings, LOP_ENTERED, LOP_MEASURED } from '../../src/settings.ts';
import { Device, LOP } from '../loop/device.ts';

/** Not the one that the settings begin with. */
const SEATED = 1;

/** In a measurement that has just come to its end with this result, the cuff vented. */
function over(mmHg: number, refusal = 0): Device {
  const d = new Device({ settings: { lopSource: LOP_ENTERED } }).settle();
  orderMeasurement(d.core.measurement, SEATED);
  beginMeasurement(d.core);
  measure(d.core);
  const { lop } = d.core.measurement;
  lop.state = LOP_DONE;
  lop.asked = 0;
  Object.assign(lop.result, { mmHg, refusal, spreadMmHg: 3, heartRate: 60 });
  return d;
}

function pressurised(d: Device, is: boolean): void {
  Object.assign(d.core.supervisor, { pressurised: is });
}

const kept = (d: Device): number | undefined => decodeSettings(d.files['cuff.set'] ?? '').settings?.lopMmHg;

describe('a result', () => {
  it('waits until the cuff is vented: nothing is written, no limit comes back, before the air is out', () => {
    const d = over(151);
    pressurised(d, true);
    const calls = d.told(() => {
      for (let i = 0; i < 10; i++) expect(measure(d.core)).toBe(0);
    });
    expect([calls, kept(d), d.core.settings.lopMmHg]).toEqual([[], LOP, LOP]);
    expect([d.core.measurement.ordered, d.phase, d.core.tick.setpoint]).toEqual([true, 'lop', null]);
    expect(d.core.tick.capMmHg).toBe(MAX_CUFF_MMHG);
    pressurised(d, false);
    expect(measure(d.core)).toBe(0);
    expect([kept(d), d.core.measurement.ordered, d.phase]).toEqual([151, false, 'deflate']);
  });
  it('a refusal waits too, and its number is told once', () => {
    const d = over(151, 4);
    pressurised(d, true);
    expect(measure(d.core)).toBe(0);
    pressurised(d, false);
    expect([measure(d.core), kept(d), d.core.settings.lopMmHg]).toEqual([4, LOP, LOP]);
    expect([d.core.measurement.ordered, d.phase]).toEqual([false, 'deflate']);
  });
  it('is kept with source, posture and what it was measured with, the latter first', () => {
    const d = over(150.6);
    const calls = d.told(() => measure(d.core)).map((call) => call.split(' ').slice(0, 2).join(' '));
    expect(calls).toEqual(['write cuff.lop', 'write cuff.set']);
    expect(d.core.settings).toMatchObject({ lopMmHg: 151, lopSource: LOP_MEASURED, lopPosture: SEATED });
    expect(JSON.parse(d.files['cuff.lop'] ?? '')).toMatchObject({ mmHg: 151, posture: SEATED + 1 });
  });
  it.each<[string, number, boolean]>([
    ['the lowest that is believed', 80, true],
    ['less', 79.4, false],
    ['the highest', 300, true],
    ['more', 300.6, false],
    ['no number', Number.NaN, false],
  ])('%s', (_name, mmHg, taken) => {
    const d = over(mmHg);
    expect(measure(d.core)).toBe(0);
    expect(d.core.settings.lopMmHg).toBe(taken ? Math.round(mmHg) : LOP);
    expect([d.core.measurement.ordered, d.phase]).toEqual([false, 'deflate']);
  });
});

describe('a measurement', () => {
  it('has limits of its own while it lasts, and training’s after it', () => {
    const d = new Device().settle();
    const before = { ...d.core.supervisor.limits };
    orderMeasurement(d.core.measurement, 0);
    d.core.recorder.peak = 77;
    beginMeasurement(d.core);
    expect([d.phase, d.core.tick.capMmHg, d.core.supervisor.limits.lopMmHg]).toEqual([
      'lop',
      MAX_CUFF_MMHG,
      MAX_CUFF_MMHG,
    ]);
    expect(d.core.recorder.peak).toBe(0);
    Object.assign(d.core.tick, { setpoint: 90, quiet: true });
    endMeasurement(d.core);
    expect([d.core.supervisor.limits, d.core.tick.capMmHg]).toEqual([before, capOf(LOP)]);
    expect([d.core.measurement.ordered, d.core.measurement.lop.state, d.core.tick.setpoint]).toEqual([
      false,
      LOP_IDLE,
      null,
    ]);
    expect([d.phase, d.core.session.exit]).toEqual(['deflate', 4]);
  });
  it('is begun in one tick and asks for pressure from the next on: the first one is long', () => {
    const d = new Device().settle();
    orderMeasurement(d.core.measurement, 0);
    beginMeasurement(d.core);
    const { lop } = d.core.measurement;
    expect([measure(d.core), lop.totalMs, d.core.tick.setpoint, d.core.session.phaseMs]).toEqual([
      0,
      0,
      null,
      0,
    ]);
    measure(d.core);
    expect([lop.state, lop.totalMs, d.core.session.phaseMs]).toEqual([LOP_FILL, TICK_MS, TICK_MS]);
    expect(d.core.tick.setpoint).toBe(lop.asked);
    expect(lop.asked).toBeGreaterThan(0);
  });
  it('is careful where the settings say so, for the limb of the settings', () => {
    for (const [lopCareful, limb] of [
      [1, 0],
      [0, 1],
    ] as const) {
      const d = new Device({ settings: { lopCareful, limb } }).settle();
      beginMeasurement(d.core);
      expect([d.core.measurement.lop.careful, d.core.measurement.lop.limb]).toEqual([lopCareful === 1, limb]);
    }
  });
  it('listens in quiet: what it asks for is handed on whole', () => {
    const d = over(150);
    const { lop } = d.core.measurement;
    lop.state = 2;
    lop.asked = 90;
    measure(d.core);
    expect([d.core.tick.setpoint, d.core.tick.quiet]).toEqual([90, true]);
  });
});
