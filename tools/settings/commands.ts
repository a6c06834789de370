/** What `npm run settings` does, apart from how its words are parsed. */
import { FILE_LOP } from '../../src/files.ts';
import {
  checkSettings,
  defaultSettings,
  encodeSettings,
  type Settings,
  settingRows,
} from '../../src/settings.ts';
import { type BadInput, placeText } from '../input/bad-input.ts';
import { type Json, readJson } from '../input/json.ts';
import { rangeText } from './document.ts';
import { understand } from './migrate.ts';
import { type Place, SETTINGS_NAME } from './place.ts';
import type { Earlier } from './questions.ts';

/** Bad input; every line names a field and its range. */
export class SettingsProblems extends Error {
  readonly problems: readonly string[];

  constructor(what: string, problems: readonly string[]) {
    super(`${what}\n  ${problems.join('\n  ')}\n  Nothing was written; the last good set stays.`);
    this.problems = problems;
  }
}

/** One line a setting: name, value, unit. */
export function settingsText(s: Settings): string {
  const width = Math.max(...settingRows().map((row) => row[0].length));
  return settingRows()
    .map((row) => `${row[0].padEnd(width)}  ${String(s[row[0]]).padStart(5)} ${row[4]}`.trimEnd())
    .join('\n');
}

/** The set at `place`: the defaults where there is none. Throws when what is there cannot be used. */
export async function readSettings(place: Place): Promise<{ settings: Settings; note: string }> {
  const stored = understand(await place.read(SETTINGS_NAME));
  if (stored.state === 'none')
    return { settings: defaultSettings(), note: `${place.name} has no settings yet: these are the defaults` };
  if (stored.state === 'good') return { settings: stored.settings, note: `settings of ${place.name}` };
  if (stored.state === 'migrated')
    return {
      settings: stored.settings,
      note: `settings of ${place.name}, taken over from version ${stored.from}`,
    };
  const problems =
    stored.state === 'bad'
      ? stored.problems
      : [`version ${stored.version} is not known here; no migration leads to this one`];
  throw new SettingsProblems(
    `the settings of ${place.name} cannot be used; put fresh ones there with write FILE --replace`,
    problems,
  );
}

/** What a setting may be, '' for a name that is none. */
function allowedFor(name: string): string {
  const row = settingRows().find((one) => one[0] === name);
  return row === undefined ? '' : `${rangeText(row)} ${row[4]}`.trim();
}

/** Settings are whole numbers and are written as such: 1e2 and 150.0 would be read, but not by everybody alike. */
function oddlyWritten(json: Json): string[] {
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value)) return [];
  return Object.entries(json.value).flatMap(([name, value]) => {
    const written = json.written([name]);
    if (!Number.isInteger(value) || /^-?\d+$/.test(written)) return [];
    return [`${name}: ${written} is not written as a whole number; allowed are ${allowedFor(name)}`];
  });
}

/** A problem that begins with a field's name, with the place of that field. */
function withPlace(json: Json, problem: string): string {
  const place = json.placeOf([problem.slice(0, problem.indexOf(':'))]);
  return place === undefined ? problem : `${placeText(place)}: ${problem}`;
}

/** A text's settings on top of `base`; `name` is named in what is thrown. Throws SettingsProblems with all problems. */
export function parseSettings(name: string, text: string, base: Settings): Settings {
  let json: Json;
  try {
    json = readJson(text, { allowed: allowedFor });
  } catch (error) {
    throw new SettingsProblems(`${name} is refused`, (error as BadInput).problems);
  }
  const { settings, problems } = checkSettings(base, json.value);
  const all = [...problems, ...oddlyWritten(json)];
  if (settings === undefined || all.length > 0)
    throw new SettingsProblems(
      `${name} is refused`,
      all.map((problem) => withPlace(json, problem)),
    );
  return settings;
}

/** Occlusion pressures of this limb that are known at `place`: of its settings `old`, and of the last measurement. */
export async function earlierAt(place: Place, old: Settings, next: Settings): Promise<Earlier[]> {
  const found: Earlier[] = [];
  if (old.lopMmHg > 0 && old.limb === next.limb)
    found.push({ mmHg: old.lopMmHg, posture: old.lopPosture, source: `the settings of ${place.name}` });
  const kept = lopRecordOf(await place.read(FILE_LOP));
  if (kept !== undefined && kept.limb === next.limb && kept.mmHg !== old.lopMmHg)
    found.push({ mmHg: kept.mmHg, posture: kept.posture - 1, source: 'the last measurement of this cuff' });
  return found;
}

interface KeptLop {
  readonly mmHg: number;
  readonly limb: number;
  /** 1..3. */
  readonly posture: number;
}

/** What a device writes down of a measurement (src/occlusion/record.ts), as far as it is needed here; undefined = none that is whole. */
function lopRecordOf(text: string | undefined): KeptLop | undefined {
  if (text === undefined) return undefined;
  try {
    const { mmHg, limb, posture } = Object(readJson(text).value) as Record<string, unknown>;
    const good = [mmHg, limb, posture].every((n) => typeof n === 'number' && Number.isInteger(n));
    return good ? { mmHg: Number(mmHg), limb: Number(limb), posture: Number(posture) } : undefined;
  } catch {
    return undefined;
  }
}

/** One line a difference, '' for none. */
export function diffText(old: Settings, next: Settings): string {
  return settingRows()
    .filter((row) => old[row[0]] !== next[row[0]])
    .map((row) => `${row[0]}: ${old[row[0]]} -> ${next[row[0]]} ${row[4]}`.trimEnd())
    .join('\n');
}

/** Write a whole checked set and read it back; true when it stands there. */
export async function writeSettings(place: Place, settings: Settings): Promise<void> {
  const text = encodeSettings(settings);
  await place.write(SETTINGS_NAME, text);
  if ((await place.read(SETTINGS_NAME)) !== text)
    throw new Error(`what ${place.name} gives back is not what was written; its last good set stays in use`);
}
