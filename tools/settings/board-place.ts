/** The texts of a board in service mode. */
import type { Conversation } from '../board/conversation.ts';
import { openBoard, type WantedBoard } from '../board/open-board.ts';
import type { OpenWire } from '../board/wire.ts';
import { readPair, writeStored } from './board-store.ts';
import type { Place } from './place.ts';
import { storedText } from './store-file.ts';

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
