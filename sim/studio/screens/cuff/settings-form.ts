/** What the reader has typed into the settings, checked as the device checks it. Pure. */
import { checkSettings, type SettingRow, type Settings, settingRows } from '../../../../src/settings.ts';
import { questionsAbout } from '../../../../tools/settings/questions.ts';

export interface Change {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly unit: string;
}

export interface Draft {
  /** Undefined while anything is wrong. */
  readonly next: Settings | undefined;
  readonly changes: readonly Change[];
  readonly problems: readonly string[];
  /** Allowed, and yet hardly right. */
  readonly questions: readonly string[];
}

/** `typed`: what stands in the fields, as text. */
export function draftOf(old: Settings, typed: Readonly<Record<string, string>>): Draft {
  const values: Record<string, number> = {};
  const notWhole: string[] = [];
  for (const [name, text] of Object.entries(typed)) {
    if (/^\d+$/.test(text.trim())) values[name] = Number(text);
    else notWhole.push(`${name}: "${text}" is not a whole number`);
  }
  const { settings, problems } = checkSettings(old, values);
  const all = [...notWhole, ...problems];
  if (settings === undefined || all.length > 0)
    return { next: undefined, changes: [], problems: all, questions: [] };
  const changes = settingRows()
    .filter((row) => old[row[0]] !== settings[row[0]])
    .map((row) => ({ name: row[0], from: old[row[0]], to: settings[row[0]], unit: row[4] }));
  return { next: settings, changes, problems: [], questions: questionsAbout(old, settings) };
}

/** What a setting may be, in words. */
export function rangeWords(row: SettingRow): string {
  const [, , min, max, unit, off] = row;
  return `${off === true ? '0, or ' : ''}${min} to ${max} ${unit}`.trim();
}
