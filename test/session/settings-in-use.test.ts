/** The settings as the device lives by them: they only tighten, and damaged ones are never written over. */
import { describe, expect, it } from 'vitest';
import { MAX_ARM_MS, MAX_LEG_MS } from '../../src/limits.ts';
import { applyLop, applySettings, capOf, saveSettings } from '../../src/session/settings-in-use.ts';
import { decodeSettings, encodeSettings, LIMB_ARM } from '../../src/settings.ts';
import { Device, LOP } from '../loop/device.ts';

describe('the occlusion pressure that a session is planned with', () => {
  it.each<[string, number, number]>([
    ['a lower one is taken', 150, 150],
    ['the same stays', LOP, LOP],
    ['a higher one is not: what was measured is never passed', 260, LOP],
    ['one that is no number is not', Number.NaN, LOP],
  ])('%s', (_name, asked, used) => {
    const { core } = new Device();
    applyLop(core, asked);
    const { limits } = core.supervisor;
    expect([limits.lopMmHg, limits.ceilingMmHg]).toEqual([used, (used * 80) / 100]);
    expect(core.tick.capMmHg).toBeCloseTo((used * 97) / 100, 9);
  });
  it('goes back to that of the settings', () => {
    const { core } = new Device();
    applyLop(core, 100);
    applySettings(core);
    expect([core.supervisor.limits.lopMmHg, core.tick.capMmHg]).toEqual([LOP, capOf(LOP)]);
  });
  it('no peak above 97 % of it', () => {
    expect(capOf(200)).toBe(194);
    expect(capOf(0)).toBe(0);
  });
});

describe('the settings', () => {
  it('are in force from the first tick: maximum, share, time, supply', () => {
    const settings = { maxMmHg: 120, maxLopPermille: 700, maxPressureS: 600, minRailMv: 3111 };
    const { limits } = new Device({ settings }).core.supervisor;
    expect(limits).toMatchObject({ ceilingMmHg: 120, pressureMs: 600_000, minRailMv: 3111 });
    const share = new Device({ settings: { maxLopPermille: 450 } }).core.supervisor.limits;
    expect(share.ceilingMmHg).toBe(90);
  });
  it('an arm has an arm’s time', () => {
    const longest = { maxPressureS: MAX_LEG_MS / 1000 };
    expect(new Device({ settings: longest }).core.supervisor.limits.pressureMs).toBe(MAX_LEG_MS);
    const arm = new Device({ settings: { ...longest, limb: LIMB_ARM } });
    expect(arm.core.supervisor.limits.pressureMs).toBe(MAX_ARM_MS);
  });
  it('are kept whole, and told when the store refuses', () => {
    const d = new Device();
    d.core.settings.maxMmHg = 133;
    expect(saveSettings(d.core)).toBe(true);
    expect(decodeSettings(d.files['cuff.set'] ?? '').settings?.maxMmHg).toBe(133);
    d.stores = false;
    expect(saveSettings(d.core)).toBe(false);
  });
  it('damaged ones stay as they are: defaults must not take their place', () => {
    const damaged = encodeSettings(new Device().core.settings).replace('200', '201');
    const d = new Device({ files: { 'cuff.set': damaged } });
    expect(d.core.settingsProblems.length).toBeGreaterThan(0);
    expect(d.told(() => saveSettings(d.core))).toEqual([]);
    expect([saveSettings(d.core), d.files['cuff.set']]).toEqual([false, damaged]);
    expect(d.core.supervisor.limits.ceilingMmHg).toBe(0);
  });
});
