/** A place where settings and protocols live, whatever keeps it: a board, a Storage file. It keeps the last good text beside the new one. */
import { FILE_SETTINGS } from '../../src/files.ts';

export interface Place {
  name: string;
  /** Stored text of `name` (a name of src/files.ts), undefined when there is none. */
  read: (name: string) => Promise<string | undefined>;
  write: (name: string, text: string) => Promise<void>;
  close: () => Promise<void>;
}

export const SETTINGS_NAME = FILE_SETTINGS;
