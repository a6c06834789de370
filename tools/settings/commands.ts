/** What `npm run settings` does, apart from how its words are parsed. */
import {
  checkSettings,
  defaultSettings,
  encodeSettings,
  type Settings,
  settingRows,
} from '../../src/settings.ts';
import { understand } from './migrate.ts';
import { type Place, SETTINGS_NAME } from './place.ts';

/** Bad input; every line names a field and its range. */
export class SettingsProblems extends Error {
  constructor(what: string, problems: readonly string[]) {
    super(`${what}\n  ${problems.join('\n  ')}\n  Nothing was written; the last good set stays.`);
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

/** A file's settings on top of `base`. */
export function parseSettings(name: string, text: string, base: Settings): Settings {
  let changes: unknown;
  try {
    changes = JSON.parse(text);
  } catch (error) {
    throw new SettingsProblems(`${name} is refused`, [`not JSON: ${(error as Error).message}`]);
  }
  const { settings, problems } = checkSettings(base, changes);
  if (settings === undefined) throw new SettingsProblems(`${name} is refused`, problems);
  return settings;
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
