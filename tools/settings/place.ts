/** Where settings live: on a board in service mode, or in a file (storage-place.ts). Both keep the last good set beside the new one. */
import { FILE_SETTINGS } from '../../src/files.ts';
import { type OpenBoard, openBoard, type WantedBoard } from '../flash/open-board.ts';
import type { OpenWire } from '../flash/wire.ts';
import { readPair, writeStored } from './board-store.ts';
import { storedText } from './store-file.ts';

export interface Place {
  name: string;
  /** Stored text of `name` (a name of src/files.ts), undefined when there is none. */
  read: (name: string) => Promise<string | undefined>;
  write: (name: string, text: string) => Promise<void>;
  close: () => Promise<void>;
}

/** A board in service mode (asked for as by flash.sh). */
export async function boardPlace(options: {
  open: OpenWire;
  port: string;
  board: WantedBoard;
  waitS: number;
  say: (text: string) => void;
}): Promise<Place> {
  const opened: OpenBoard = await openBoard(options);
  const { conversation } = opened;
  return {
    name: `the board on ${options.port}`,
    read: async (name) => storedText(await readPair(conversation, name)),
    write: async (name, text) => {
      await writeStored(conversation, name, text);
    },
    close: () => conversation.close(),
  };
}

export const SETTINGS_NAME = FILE_SETTINGS;
