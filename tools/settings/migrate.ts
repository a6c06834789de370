/**
 * Stored settings of an older version to those of this one, step by step. A step takes the values of version n and gives those
 * of n + 1; what no chain of steps reaches is refused whole. Every step in the table needs a test in test/flash/settings-files.test.ts.
 */
import {
  checksum,
  decodeSettings,
  encodeSettings,
  SETTINGS_VERSION,
  type Settings,
} from '../../src/settings.ts';
import { BadInput } from '../input/bad-input.ts';
import { readJson } from '../input/json.ts';

export type Values = Record<string, number>;
export type Steps = Readonly<Record<number, (old: Values) => Values>>;

/** Version 1 is the first: there is nothing older to come from. */
export const STEPS: Steps = {};

export type Stored =
  | { state: 'none' }
  | { state: 'good'; settings: Settings }
  /** The text to store instead. */
  | { state: 'migrated'; from: number; settings: Settings; text: string }
  /** Of a version from which no step leads here. */
  | { state: 'other-version'; version: string }
  /** Damaged or out of range: the device refuses them, no session starts. */
  | { state: 'bad'; problems: string[] };

/** What the firmware of this checkout makes of a stored text. */
export function understand(
  text: string | undefined,
  steps: Steps = STEPS,
  version = SETTINGS_VERSION,
): Stored {
  if (text === undefined) return { state: 'none' };
  const found = versionOf(text);
  if (found instanceof BadInput)
    return { state: 'bad', problems: found.problems.map((problem) => `settings: ${problem}`) };
  if (found === undefined || found.version === version) {
    const { settings, problems } = decodeSettings(text);
    return settings === undefined ? { state: 'bad', problems } : { state: 'good', settings };
  }
  return typeof found.version === 'number'
    ? migrate(found.version, found.values, steps, version)
    : { state: 'other-version', version: String(found.version) };
}

function migrate(from: number, values: Values, steps: Steps, version: number): Stored {
  let now = values;
  for (let at = from; at !== version; at++) {
    const step = steps[at];
    if (step === undefined) return { state: 'other-version', version: String(from) };
    now = step(now);
  }
  const body = JSON.stringify({ version: SETTINGS_VERSION, settings: now });
  const { settings, problems } = decodeSettings(`${body}\n${checksum(body)}`);
  if (settings === undefined) return { state: 'bad', problems };
  return { state: 'migrated', from, settings, text: encodeSettings(settings) };
}

/** Version and values of an undamaged text; undefined = damaged, BadInput = whole by its sum, and yet not to be read in one way only. */
function versionOf(text: string): { version: unknown; values: Values } | BadInput | undefined {
  const cut = text.lastIndexOf('\n');
  const body = text.slice(0, Math.max(cut, 0));
  if (cut < 0 || text.slice(cut + 1) !== String(checksum(body))) return undefined;
  try {
    const parsed = readJson(body).value as { version?: unknown; settings?: Values } | null;
    return { version: parsed?.version, values: parsed?.settings ?? {} };
  } catch (error) {
    return error as BadInput;
  }
}
