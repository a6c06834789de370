/**
 * The one table of settings: default, range and unit of each. Settings are whole numbers. They can
 * tighten the hard limits of limits.ts, never loosen them. A text that breaks one rule is refused whole;
 * the last good set stays. Must never loosen a limit.
 */
import { MAX_LOP_MMHG, MAX_SETPOINT_MMHG, MIN_LOP_MMHG } from './limits.ts';

/** Version of the table; a stored set of another version is migrated by a tested function or refused whole. */
export const SETTINGS_VERSION = 1;

export const LIMB_ARM = 0;
export const LIMB_LEG = 1;

/** How the occlusion pressure was obtained. */
export const LOP_UNKNOWN = 0;
export const LOP_MEASURED = 1;
export const LOP_ESTIMATED = 2;
export const LOP_ENTERED = 3;
/** Nobody's: what the commissioning run is planned with. No session starts with it. */
export const LOP_BENCH = 4;

export interface Settings {
  limb: number;
  lopMmHg: number;
  lopSource: number;
  lopPosture: number;
  lopCareful: number;
  screening: number;
  cuffWidthMm: number;
  maxMmHg: number;
  maxLopPermille: number;
  maxPressureS: number;
  protocol: number;
  minStartMv: number;
  minRailMv: number;
  fillMmHgPerS: number;
  savePercent: number;
  pair: number;
  stop: number;
}

export type SettingName = keyof Settings;

/** name, default, min, max, unit; true at the end: 0 is allowed beside the range. What each is for stands in tools/settings/help.ts. */
export type SettingRow = readonly [SettingName, number, number, number, string, boolean?];

/** The table; a function, so that the texts need no memory outside of a check. */
export function settingRows(): SettingRow[] {
  return [
    ['limb', LIMB_LEG, 0, 1, ''],
    ['lopMmHg', 0, MIN_LOP_MMHG, MAX_LOP_MMHG, 'mmHg', true],
    ['lopSource', LOP_UNKNOWN, 0, LOP_BENCH, ''],
    ['lopPosture', 2, 0, 2, ''],
    ['lopCareful', 0, 0, 1, ''],
    ['screening', 0, 0, 255, ''],
    ['cuffWidthMm', 110, 40, 220, 'mm'],
    ['maxMmHg', 200, 50, MAX_SETPOINT_MMHG, 'mmHg'],
    ['maxLopPermille', 800, 200, 800, 'permille'],
    ['maxPressureS', 1200, 60, 1200, 's'],
    ['protocol', 0, 0, 31, ''],
    ['minStartMv', 3300, 2500, 12000, 'mV'],
    ['minRailMv', 3000, 2400, 12000, 'mV'],
    ['fillMmHgPerS', 0, 5, 60, 'mmHg/s', true],
    ['savePercent', 0, 0, 100, '%'],
    ['pair', 0, 1, 65535, '', true],
    ['stop', 0, 0, 1, ''],
  ];
}

/** A fresh set of defaults. Without an occlusion pressure no session starts with them. */
export function defaultSettings(): Settings {
  const s = {} as Settings;
  for (const row of settingRows()) s[row[0]] = row[1];
  return s;
}

export interface SettingsResult {
  /** The new whole set, or undefined when anything was wrong. */
  settings: Settings | undefined;
  /** Every problem found: name, value, allowed range. */
  problems: string[];
}

/**
 * Check `changes` (a plain object of names and whole numbers) against the table, on top of `base`.
 * All problems are returned; nothing is applied unless there are none.
 */
export function checkSettings(base: Settings, changes: unknown): SettingsResult {
  const problems: string[] = [];
  const settings = {} as Settings;
  const rows = settingRows();
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
    return { settings: undefined, problems: ['settings: not names and whole numbers'] };
  }
  const given = changes as Record<string, unknown>;
  for (const row of rows) settings[row[0]] = base[row[0]] ?? row[1];
  for (const name of Object.keys(given)) checkOne(rows, name, given[name], settings, problems);
  crossCheck(settings, problems);
  return { settings: problems.length === 0 ? settings : undefined, problems: problems };
}

function checkOne(rows: SettingRow[], name: string, value: unknown, out: Settings, problems: string[]): void {
  const row = rows.find((r) => r[0] === name);
  if (row === undefined) {
    problems.push(`${name}: no such setting; known are ${rows.map((r) => r[0]).join(', ')}`);
    return;
  }
  const off = row[5] === true;
  const range = `${off ? '0 or ' : ''}${row[2]}..${row[3]} ${row[4]}`.trim();
  if (typeof value !== 'number' || !(Math.floor(value) === value)) {
    problems.push(`${name}: ${JSON.stringify(value)} is not a whole number; allowed are ${range}`);
  } else if (!(value >= row[2] && value <= row[3]) && !(off && value === 0)) {
    problems.push(`${name}: ${value} is outside the allowed ${range}`);
  } else out[row[0]] = value;
}

function crossCheck(settings: Settings, problems: string[]): void {
  if (settings.lopMmHg > 0 && settings.lopSource === LOP_UNKNOWN) {
    problems.push('lopSource: 0 beside a lopMmHg; say how it was obtained, 1..3');
  }
  if (settings.minStartMv < settings.minRailMv) {
    problems.push(
      `minStartMv: ${settings.minStartMv} is below minRailMv ${settings.minRailMv}; allowed are ${settings.minRailMv}..12000 mV`,
    );
  }
}

/** Text for the store: JSON of the version and all values, then a checksum line. */
export function encodeSettings(settings: Settings): string {
  const body = JSON.stringify({ version: SETTINGS_VERSION, settings: settings });
  return `${body}\n${checksum(body)}`;
}

/** Read a stored text; damaged, foreign or out-of-range text gives problems and no settings. */
export function decodeSettings(text: string): SettingsResult {
  const cut = text.lastIndexOf('\n');
  const body = text.substring(0, cut < 0 ? 0 : cut);
  if (cut < 0 || text.substring(cut + 1) !== checksum(body).toString()) {
    return { settings: undefined, problems: ['settings: damaged (checksum)'] };
  }
  let parsed: { version?: unknown; settings?: unknown } | null;
  try {
    parsed = JSON.parse(body) as { version?: unknown; settings?: unknown } | null;
  } catch (_e) {
    return { settings: undefined, problems: ['settings: not JSON'] };
  }
  if (parsed === null || parsed.version !== SETTINGS_VERSION) {
    return {
      settings: undefined,
      problems: [
        `settings: version ${String(parsed === null ? parsed : parsed.version)} is not ${SETTINGS_VERSION}; no migration is known`,
      ],
    };
  }
  if (!hasEachNameOnce(body, parsed)) {
    return { settings: undefined, problems: ['settings: a name is there twice'] };
  }
  return checkSettings(defaultSettings(), parsed.settings);
}

/**
 * Of two values of one name Node takes the last and the interpreter the first: neither is right. The text has only numbers for values, so
 * that each name has one colon.
 */
function hasEachNameOnce(body: string, parsed: { settings?: unknown }): boolean {
  const names = Object.keys(parsed).length + Object.keys(parsed.settings || {}).length;
  return body.split(':').length - 1 === names;
}

/** Fletcher-style sum over the bytes; finds every single damaged byte and most cuts. */
export function checksum(text: string): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < text.length; i++) {
    a = (a + text.charCodeAt(i)) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}
