/** A JSON file that an option names, read by the one reader; what is wrong is told as a wrong option, with every place. */
import { BadInput, placeText } from '../../tools/input/bad-input.ts';
import { HAND_WRITTEN_BYTES } from '../../tools/input/bytes-text.ts';
import { textOfFile } from '../../tools/input/file-text.ts';
import { type Json, readJson } from '../../tools/input/json.ts';
import { BadOption } from '../setup/bad-option.ts';

export interface ObjectFile {
  readonly entries: readonly (readonly [string, unknown])[];
  /** A problem of the field `name`, with its place in front. */
  readonly at: (name: string, problem: string) => string;
}

function readFile(option: string, path: string): Json {
  try {
    return readJson(textOfFile(path, HAND_WRITTEN_BYTES));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    throw new BadOption(option, path, `not readable as JSON: ${error.message}`);
  }
}

/** The one object that the file holds. Throws BadOption. `example` is shown when it holds something else. */
export function objectFile(option: string, path: string, example: string): ObjectFile {
  const json = readFile(option, path);
  const { value } = json;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadOption(option, path, `the file must hold one object: ${example}`);
  return {
    entries: Object.entries(value),
    at: (name, problem) => {
      const place = json.placeOf([name]);
      return place === undefined ? problem : `${placeText(place)}: ${problem}`;
    },
  };
}
