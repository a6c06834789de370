/** The texts of a board in service mode. */
import { type OpenBoard, openBoard } from '../flash/open-board.ts';
import type { OpenWire } from '../flash/wire.ts';
import { readPair, writeStored } from './board-store.ts';
import type { Place } from './place.ts';
import { storedText } from './store-file.ts';

/** A board in service mode (asked for as by flash.sh). */
export async function boardPlace(options: {
  open: OpenWire;
  port: string;
  board: string;
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
