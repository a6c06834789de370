/** The regulator's settings of a fresh device, from the rows that the one settings table takes over. */
import { CONTROL_SETTINGS, type ControlSettings } from '../../src/control/settings.ts';

export function standardControlSettings(): ControlSettings {
  return Object.fromEntries(
    CONTROL_SETTINGS.map(({ key, standard }) => [key, standard]),
  ) as unknown as ControlSettings;
}
