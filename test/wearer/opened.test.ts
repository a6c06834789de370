/** After a trip in which the reading could not see the cuff empty: the cuff counts as full until the wearer says that it is open. */
import { describe, expect, it } from 'vitest';
import { RELEASE_MS, VENT_LIMIT_MS } from '../../src/limits.ts';
import { distrustEmptyReading } from '../../src/safety/fullness.ts';
import { trip } from '../../src/safety/latch.ts';
import { TRIP_PRESSURE_VANISHED } from '../../src/safety/rows/air.ts';
import { PATTERN_HAZARD } from '../../src/wearer/patterns.ts';
import { press, release } from '../../src/wearer/press.ts';
import { Device } from '../loop/device.ts';

const TRAINING = 1;
const STOP = 2;

/** The reading has vanished in a set; the valve is open and the reading at zero. */
function vanished(): Device {
  const d = new Device().settle().tap().until('work').run(2000);
  distrustEmptyReading(d.core.supervisor);
  trip(d.core.supervisor, d.core.tick, TRIP_PRESSURE_VANISHED, 5, 100);
  return d.until('tripped').run(5000);
}

function hold(d: Device, button: number, ms: number): Device {
  press(d.core, button, d.now);
  d.run(ms);
  release(d.core, button, d.now);
  return d.run(500);
}

describe('a cuff that nobody saw empty', () => {
  it('stays full, shows the hazard and gives nothing back, however long it takes', () => {
    const d = vanished().run(VENT_LIMIT_MS + RELEASE_MS);
    expect([d.core.supervisor.pressurised, d.phase]).toEqual([true, 'tripped']);
    expect(d.core.supervisor.usedMs).toBeGreaterThan(VENT_LIMIT_MS + RELEASE_MS);
    expect([d.core.lamps.shown, d.files['cuff.lock']]).toEqual([PATTERN_HAZARD, '3']);
  });
  it('is not acknowledged by presses, nor by a short hold, nor by another button', () => {
    const d = vanished().tap().tap(2).tap(3);
    hold(d, TRAINING, 1500);
    hold(d, STOP, 2500);
    expect([d.core.supervisor.pressurised, d.phase]).toEqual([true, 'tripped']);
  });
  it('is not open by the hold of a hand that was startled: one in the first 5 s says nothing', () => {
    const d = new Device().settle().tap().until('work').run(2000);
    distrustEmptyReading(d.core.supervisor);
    trip(d.core.supervisor, d.core.tick, TRIP_PRESSURE_VANISHED, 5, 100);
    hold(d.until('tripped').run(500), TRAINING, 2500).run(10_000);
    expect(d.core.supervisor.pressurised).toBe(true);
    hold(d, TRAINING, 2500);
    expect(d.core.supervisor.pressurised).toBe(false);
  });
  it('is open once the wearer has held the button for 2 s; then a press acknowledges, and the release begins', () => {
    const d = hold(vanished(), TRAINING, 2500);
    expect([d.core.supervisor.pressurised, d.phase]).toEqual([false, 'tripped']);
    d.run(3000).tap();
    expect(d.phase).toBe('idle');
    d.run(RELEASE_MS - 10_000);
    expect(d.files['cuff.lock']).not.toBe('0');
    d.run(20_000);
    expect(d.files['cuff.lock']).toBe('0');
  });
  it('its record is written all the same', () => {
    const writes = vanished().told(() => undefined);
    expect(writes).toEqual([]);
    const d = vanished();
    const late = d.told(() => d.run(60_000)).filter((call) => call.startsWith('write cuff.r'));
    expect(late).toEqual(['write cuff.r3 ...']);
  });
});

describe('a power-up after a hazard', () => {
  it('does not believe any zero before the wearer has held the button: alarm, no release, no start', () => {
    for (const kept of ['3', '4']) {
      const d = new Device({ files: { 'cuff.lock': kept } }).run(RELEASE_MS + 20_000).tap();
      expect([d.core.lamps.shown, d.phase, d.files['cuff.lock']]).toEqual([PATTERN_HAZARD, 'idle', kept]);
      hold(d, TRAINING, 2500).run(6000);
      expect(d.core.lamps.shown).not.toBe(PATTERN_HAZARD);
      d.run(RELEASE_MS - 12_000);
      expect(d.files['cuff.lock']).toBe(kept);
      d.run(20_000);
      expect(d.files['cuff.lock']).toBe('0');
      expect(d.files['cuff.r3'] !== undefined).toBe(kept === '3');
    }
  });
  it('an alarm is given after a session that was cut off too, until there is a good zero', () => {
    const d = new Device({ files: { 'cuff.lock': '1' } }).run(2000);
    expect(d.core.lamps.shown).toBe(PATTERN_HAZARD);
    d.run(6000);
    expect(d.core.lamps.shown).not.toBe(PATTERN_HAZARD);
    expect(new Device({ files: { 'cuff.lock': '2' } }).run(2000).core.lamps.shown).not.toBe(PATTERN_HAZARD);
  });
  it('the lock knows of a hazard once the valve has been open for 5 s, and still when all is noted', () => {
    const d = new Device().settle().tap().until('work').run(2000);
    distrustEmptyReading(d.core.supervisor);
    trip(d.core.supervisor, d.core.tick, TRIP_PRESSURE_VANISHED, 5, 100);
    d.until('tripped').run(4800);
    expect(d.files['cuff.lock']).toBe('1');
    d.run(600);
    expect(d.files['cuff.lock']).toBe('3');
    hold(d, TRAINING, 2500).run(10_000);
    expect(d.files['cuff.lock']).toBe('4');
    d.tap().run(RELEASE_MS + 10_000);
    expect([d.files['cuff.lock'], d.core.lock.hazard]).toEqual(['0', false]);
  });
});
