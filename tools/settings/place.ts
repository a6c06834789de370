/** Where settings live: on a board in service mode, or in a file (storage-place.ts). Both keep the last good set beside the new one. */
import { FILE_SETTINGS } from '../../src/files.ts';
import type { Conversation } from '../flash/conversation.ts';
import { openBoard, type WantedBoard } from '../flash/open-board.ts';
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
  const { conversation } = await openBoard(options);
  return placeOn(conversation, `the board on ${options.port}`);
}

/** The store of a board whose console is open; closes the conversation when it is closed. */
export function placeOn(conversation: Conversation, name = 'the board'): Place {
  return {
    name,
    read: async (file) => storedText(await readPair(conversation, file)),
    write: async (file, text) => {
      await writeStored(conversation, file, text);
    },
    close: () => conversation.close(),
  };
}

export const SETTINGS_NAME = FILE_SETTINGS;
