/**
 * What a wearer or builder may set about the regulator. Whole numbers only: they cross the link and the flash
 * as such. The one settings table of the firmware takes these rows over as they are. Must never hold a row that can loosen a limit.
 */
export interface ControlSettings {
  /** Highest speed of a fill, mmHg/s; 0 = as fast as the pump can. */
  fillMmHgPerS: number;
  /** Energy mode: 0 = hold the band as well as possible, 100 = spare pump and valve as far as allowed. */
  savePercent: number;
}

/** One row of a settings table: default, allowed range, unit and a line of help. */
export interface ControlSettingRow {
  readonly key: keyof ControlSettings;
  readonly standard: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly help: string;
}

export const CONTROL_SETTINGS: readonly ControlSettingRow[] = [
  {
    key: 'fillMmHgPerS',
    standard: 0,
    min: 0,
    max: 60,
    unit: 'mmHg/s',
    help: 'Comfortable fill: highest speed at which the cuff is filled; 0 fills as fast as the pump can. 5 to 15 is gentle.',
  },
  {
    key: 'savePercent',
    standard: 0,
    min: 0,
    max: 100,
    unit: '%',
    help: 'Energy mode: 0 holds the band as well as possible; higher values let the pressure wander further before pump or valve act.',
  },
];
