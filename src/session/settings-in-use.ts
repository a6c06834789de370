/**
 * The settings as the device lives by them: handed to the supervisor and the demand, and kept in flash. They only tighten;
 * the hard limits hold whatever they say. Must never run while the cuff is under pressure.
 */
import { capDemand } from '../demand.ts';
import { FILE_SETTINGS } from '../files.ts';
import { CAP_LOP_PERMILLE } from '../limits.ts';
import type { StorePort } from '../ports.ts';
import type { Supervisor } from '../safety/state.ts';
import { requireSupply, tighten } from '../safety/supervisor.ts';
import { encodeSettings, LIMB_LEG, type Settings } from '../settings.ts';
import type { DemandTick } from '../tick.ts';
import type { MmHg } from '../units.ts';

/** What of the device these functions use. */
export interface SettingsParts {
  readonly ports: { readonly store: StorePort };
  readonly settings: Settings;
  /** Problems found in the stored settings; not empty = no session starts. */
  readonly settingsProblems: readonly string[];
  /** Written by functions of safety/ only. */
  readonly supervisor: Readonly<Supervisor>;
  readonly tick: DemandTick;
}

/** Hand the settings to those who live by them. */
export function applySettings(device: SettingsParts): void {
  applyLop(device, device.settings.lopMmHg);
  requireSupply(device.supervisor, device.settings.minRailMv);
}

/** Plan the next session with `lopMmHg`, which may only be lower than the one in the settings. */
export function applyLop(device: SettingsParts, lopMmHg: MmHg): void {
  const settings = device.settings;
  const lop = lopMmHg < settings.lopMmHg ? lopMmHg : settings.lopMmHg;
  tighten(
    device.supervisor,
    settings.limb === LIMB_LEG,
    lop,
    settings.maxMmHg,
    settings.maxLopPermille,
    settings.maxPressureS * 1000,
  );
  capDemand(device.tick, capOf(lop));
}

/** Pressure that no peak should pass, for a wearer of that occlusion pressure; the benchmark uses the same. */
export function capOf(lopMmHg: MmHg): MmHg {
  return (lopMmHg * CAP_LOP_PERMILLE) / 1000;
}

/**
 * Keep the settings in flash; vented only. False when the flash refused, or when those in it are damaged: defaults must not
 * take their place, new ones come from outside in service mode.
 */
export function saveSettings(device: SettingsParts): boolean {
  if (device.settingsProblems.length > 0) return false;
  return device.ports.store.write(FILE_SETTINGS, encodeSettings(device.settings));
}
