/** Settings out of a file on this computer. */
import type { Settings } from '../../src/settings.ts';
import type { BadInput } from '../input/bad-input.ts';
import { HAND_WRITTEN_BYTES } from '../input/bytes-text.ts';
import { textOfFile } from '../input/file-text.ts';
import { parseSettings, SettingsProblems } from './commands.ts';

/** Its settings on top of `base`. Throws SettingsProblems with all problems. */
export function parseSettingsFile(path: string, base: Settings): Settings {
  let text: string;
  try {
    text = textOfFile(path, HAND_WRITTEN_BYTES);
  } catch (error) {
    throw new SettingsProblems(`${path} is refused`, (error as BadInput).problems);
  }
  return parseSettings(path, text, base);
}
